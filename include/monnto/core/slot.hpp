#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/core/fwd.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace monnto {

/// A variable of an object (S2). Its address is stable for the life of the object.
///
///     n["v"] = expr          rebinds this slot only; other holders keep the old array
///     n["v"] += expr         writes through to every holder, as n["v"].fill(0) and n["v"](mask) =
///     0 do
///
/// A number becomes a zero-dimensional array: floats of the network's dtype, integers int64.
/// Like Python numbers these are immutable (S4): in-place operators rebind the slot.
/// Reading a slot that was never assigned throws UnknownName naming the nearest variable.
class Slot : public ArrayExpression {
public:
    Slot(Object& owner, std::string name) : owner_(&owner), name_(std::move(name)) {}
    Slot(const Slot&) = delete;
    ~Slot() = default;

    // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): rebinds to the array that it holds
    Slot& operator=(const Slot& other) { return *this = other.array(); }
    Slot& operator=(const Array& value);
    Slot& operator=(const Selection& value) { return *this = value.array(); }
    template <NumberLike T>
    Slot& operator=(T value) {
        assign_number(Number(value));
        return *this;
    }

    [[nodiscard]] const Array& array() const;
    operator const Array&() const { return array(); }
    const Array* operator->() const { return &array(); }
    /// Without asking the language face, and empty where nothing was assigned.
    [[nodiscard]] const Array& peek() const noexcept { return array_; }

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] Object& owner() const noexcept { return *owner_; }
    [[nodiscard]] bool is_assigned() const;
    /// Grows with each rebinding from C++.
    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }

    [[nodiscard]] DType dtype() const { return array().dtype(); }
    [[nodiscard]] const Shape& shape() const { return array().shape(); }
    [[nodiscard]] std::ptrdiff_t size() const { return array().size(); }
    template <class T>
    [[nodiscard]] std::vector<T> host() const {
        return array().host<T>();
    }
    template <class T>
    [[nodiscard]] T item() const {
        return array().item<T>();
    }

    Slot& operator+=(const Operand& other) { return in_place(Op::add, other); }
    Slot& operator-=(const Operand& other) { return in_place(Op::subtract, other); }
    Slot& operator*=(const Operand& other) { return in_place(Op::multiply, other); }
    Slot& operator/=(const Operand& other) { return in_place(Op::divide, other); }
    Slot& operator%=(const Operand& other) { return in_place(Op::remainder, other); }
    Slot& operator&=(const Operand& other) { return in_place(Op::bitwise_and, other); }
    Slot& operator|=(const Operand& other) { return in_place(Op::bitwise_or, other); }
    Slot& operator^=(const Operand& other) { return in_place(Op::bitwise_xor, other); }
    void fill(const Number& value);
    template <class... Items>
    [[nodiscard]] Selection operator()(Items&&... items) const {
        return array()(std::forward<Items>(items)...);
    }

    /// For language faces and restore(): binds without marking the slot as rebound from C++.
    /// An empty handle makes it unassigned.
    void bind_quietly(Array value);

private:
    friend class Object;
    void assign_number(const Number& value);
    Slot& in_place(Op op, const Operand& other);

    Object* owner_;
    std::string name_;
    Array array_;
    std::uint64_t version_ = 0;
    bool is_marked_ = false;  // waits in the owner's list of rebound slots
};

}  // namespace monnto
