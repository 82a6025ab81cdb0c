#pragma once

#include <monnto/array/cell.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/fwd.hpp>
#include <monnto/array/index.hpp>
#include <monnto/base/error.hpp>

#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace monnto {

class Operand;

/// Marks the types that stand for an array in an expression: Array, Selection, and core's Slot.
struct ArrayExpression {};

template <class T>
concept ArrayLike = std::is_base_of_v<ArrayExpression, std::remove_cvref_t<T>>;
template <class T>
concept NumberLike =
    std::is_arithmetic_v<std::remove_cvref_t<T>> || std::is_same_v<std::remove_cvref_t<T>, Number>;
template <class T>
concept OperandLike = ArrayLike<T> || NumberLike<T>;

/// A handle on an n-dimensional array with NumPy's meaning, evaluated lazily.
///
/// Copying the handle shares the array (S1): in-place operators, `fill` and assignment through an
/// index change it for every holder. Operations record what is to be done; nothing is computed
/// until a value is needed (`host`, `item`, the end of an iteration). Results are those of NumPy,
/// bit for bit where S13 says so.
///
/// Errors are thrown by the statement that is wrong, before anything is written (S11).
/// Threads: one array may be used by one thread at a time, different arrays by different threads.
class Array : public ArrayExpression {
public:
    /// An empty handle. Only assignment and `is_empty_handle` are allowed on it.
    Array() = default;
    /// A zero-dimensional array. A weak number becomes int64, float64 or bool, as np.array(number)
    /// would.
    Array(Number value);
    template <NumberLike T>
        requires(!std::is_same_v<T, Number>)
    Array(T value) : Array(Number(value)) {}
    explicit Array(Ref<Cell> cell) : cell_(std::move(cell)) {}
    explicit Array(NodeRef content);

    /// Copies host data, in C order. Throws ShapeMismatch when the count does not fit.
    template <class T>
    [[nodiscard]] static Array from(std::span<const T> data, const Shape& shape) {
        return from_bytes(dtype_of<T>, data.data(), data.size(), shape);
    }
    template <class T>
    [[nodiscard]] static Array from(const std::vector<T>& data) {
        return from(std::span<const T>(data), {static_cast<std::ptrdiff_t>(data.size())});
    }
    template <class T>
    [[nodiscard]] static Array from(std::initializer_list<T> data) {
        return from(std::span<const T>(data.begin(), data.size()),
                    {static_cast<std::ptrdiff_t>(data.size())});
    }
    [[nodiscard]] static Array from_bytes(DType dtype, const void* data, std::size_t count,
                                          const Shape& shape);
    /// An array on memory of somebody else, without copying (S7); `strides` in elements, of either
    /// sign.
    [[nodiscard]] static Array adopt(DType dtype, void* data, const Shape& shape,
                                     const Strides& strides, bool writable,
                                     std::unique_ptr<ForeignMemory> owner);

    [[nodiscard]] bool is_empty_handle() const noexcept { return !cell_; }
    /// Whether it is what a mask picks, and nobody has asked yet how many elements that are; more
    /// than the dtype is an answer that counts them.
    [[nodiscard]] bool is_picked() const noexcept { return cell_ && cell_->is_picked(); }
    [[nodiscard]] bool same_as(const Array& other) const noexcept { return cell_ == other.cell_; }
    [[nodiscard]] const Array& array() const noexcept { return *this; }

    [[nodiscard]] DType dtype() const { return cell().dtype(); }
    [[nodiscard]] const Shape& shape() const { return cell().shape(); }
    [[nodiscard]] int rank() const { return shape().size(); }
    [[nodiscard]] std::ptrdiff_t size() const { return shape().product(); }

    /// Evaluates and copies the elements out, in C order. Throws TypeMismatch for another dtype.
    template <class T>
    [[nodiscard]] std::vector<T> host() const;
    /// The single element of an array of size 1, converted. Throws ShapeMismatch otherwise.
    template <class T>
    [[nodiscard]] T item() const {
        return static_cast<T>(number());
    }
    [[nodiscard]] Number element() const;
    /// Python's truth value: of the single element; throws for other sizes.
    [[nodiscard]] bool truth() const;
    /// Evaluates and copies to `out`, which has room for size() elements.
    void copy_to(void* out) const;

    /// Writes through to every holder, cast to this array's dtype as assignment casts in NumPy.
    void fill(const Number& value);
    void assign(const Array& value);  ///< a[...] = value
    Array& operator+=(const Operand& other) { return in_place(Op::add, other); }
    Array& operator-=(const Operand& other) { return in_place(Op::subtract, other); }
    Array& operator*=(const Operand& other) { return in_place(Op::multiply, other); }
    Array& operator/=(const Operand& other) { return in_place(Op::divide, other); }
    Array& operator%=(const Operand& other) { return in_place(Op::remainder, other); }
    Array& operator&=(const Operand& other) { return in_place(Op::bitwise_and, other); }
    Array& operator|=(const Operand& other) { return in_place(Op::bitwise_or, other); }
    Array& operator^=(const Operand& other) { return in_place(Op::bitwise_xor, other); }
    /// `a op= b` for any binary operation; throws TypeMismatch where the result cannot be cast back
    /// (same_kind).
    Array& in_place(Op op, const Operand& other);

    /// v(3), v(all, 2), v(slice(1, {})), v(mask), v(rows, columns): readable, and writable through
    /// `=`.
    template <class... Items>
    [[nodiscard]] Selection operator()(Items&&... items) const;

    [[nodiscard]] Array T() const;  ///< axes reversed, as a view
    /// One extent may be -1; a view where NumPy gives one.
    [[nodiscard]] Array reshape(const Shape& shape) const;
    /// One axis; a view only where the elements are consecutive.
    [[nodiscard]] Array ravel() const;
    [[nodiscard]] Array astype(DType to) const;
    [[nodiscard]] Array copy() const;
    [[nodiscard]] Array dot(const Array& other) const;
    [[nodiscard]] Array sum() const;
    [[nodiscard]] Array mean() const;
    [[nodiscard]] Array max() const;
    [[nodiscard]] Array min() const;
    [[nodiscard]] bool any() const;
    [[nodiscard]] bool all() const;

    /// As NumPy prints it, shortened above 1,000 elements.
    [[nodiscard]] std::string to_string() const;

    /// For other modules: the shared cell (never null unless is_empty_handle), the present content.
    [[nodiscard]] Cell& cell() const {
        if (!cell_) {
            throw BadState("this array handle is empty: assign an array to it first");
        }
        return *cell_;
    }
    [[nodiscard]] const Ref<Cell>& cell_ref() const noexcept { return cell_; }
    [[nodiscard]] NodeRef node() const { return cell().read(); }

private:
    struct AnyNumber {  // converts to any arithmetic type
        Number value;
        template <class T>
        explicit operator T() const {
            return is_float(value.dtype) ? static_cast<T>(value.real)
                                         : static_cast<T>(value.integer);
        }
    };
    [[nodiscard]] AnyNumber number() const { return {element()}; }
    void assign_operand(const Operand& value);

    Ref<Cell> cell_;
};

/// An array or a number: what binary functions take. Numbers stay numbers, so that they stay weak.
class Operand {
public:
    template <ArrayLike T>
    Operand(const T& expression) : value_(Array(expression.array())) {}
    template <NumberLike T>
    Operand(T number) : value_(Number(number)) {}

    [[nodiscard]] bool is_number() const noexcept { return std::holds_alternative<Number>(value_); }
    [[nodiscard]] const Number& number() const { return std::get<Number>(value_); }
    [[nodiscard]] const Array& array() const { return std::get<Array>(value_); }
    [[nodiscard]] Shape shape() const { return is_number() ? Shape{} : array().shape(); }
    [[nodiscard]] DType dtype() const { return is_number() ? number().dtype : array().dtype(); }

private:
    std::variant<Number, Array> value_;
};

class IndexItem {
public:
    IndexItem(Slice s) : value(s) {}
    IndexItem(NewAxis n) : value(n) {}
    IndexItem(Ellipsis e) : value(e) {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    IndexItem(T i) : value(static_cast<std::ptrdiff_t>(i)) {}
    IndexItem(bool b) : value(Array(Number(b))) {}
    template <ArrayLike T>
    IndexItem(const T& expression) : value(Array(expression.array())) {}

    std::variant<std::ptrdiff_t, Slice, NewAxis, Ellipsis, Array> value;
};

/// Reads `source[index]`: a view for ints, slices, None and Ellipsis, a copy for masks and index
/// arrays (S6). An index array is evaluated to learn its length, a mask when its length matters;
/// everything is checked here (S11).
[[nodiscard]] Array get_items(const Array& source, const Index& index);
/// The same; a mask is counted at once.
[[nodiscard]] Array get_counted_items(const Array& source, const Index& index);
/// `target[index] = value`, writing through to every holder.
void set_items(const Array& target, const Index& index, const Operand& value);

/// `a(index)` on the way to being read or written; lives for one statement.
class Selection : public ArrayExpression {
public:
    Selection(Array source, Index index) : source_(std::move(source)), index_(std::move(index)) {}
    Selection(const Selection&) = delete;
    ~Selection() = default;

    [[nodiscard]] Array array() const { return get_items(source_, index_); }
    operator Array() const { return array(); }
    /// w(2)(3) = x: an index on a view.
    template <class... Items>
    [[nodiscard]] Selection operator()(Items&&... items) const {
        return array()(std::forward<Items>(items)...);
    }

    Selection& operator=(const Operand& value) {
        set_items(source_, index_, value);
        return *this;
    }
    Selection& operator=(const Selection& value) { return *this = Operand(value.array()); }
    Selection& operator+=(const Operand& other) { return in_place(Op::add, other); }
    Selection& operator-=(const Operand& other) { return in_place(Op::subtract, other); }
    Selection& operator*=(const Operand& other) { return in_place(Op::multiply, other); }
    Selection& operator/=(const Operand& other) { return in_place(Op::divide, other); }

private:
    Selection& in_place(Op op, const Operand& other);

    Array source_;
    Index index_;
};

template <class... Items>
Selection Array::operator()(Items&&... items) const {
    Index index;
    index.reserve(sizeof...(items));
    (index.emplace_back(std::forward<Items>(items)), ...);
    return {*this, std::move(index)};
}

template <class T>
std::vector<T> Array::host() const {
    if (dtype() != dtype_of<T>) {
        throw TypeMismatch("host", std::string(name_of(dtype())),
                           "ask for the array's own type, or cast with astype() first");
    }
    if constexpr (std::is_same_v<T, bool>) {
        std::vector<unsigned char> bytes(static_cast<std::size_t>(size()));
        copy_to(bytes.data());
        return {bytes.begin(), bytes.end()};
    } else {
        std::vector<T> out(static_cast<std::size_t>(size()));
        copy_to(out.data());
        return out;
    }
}

}  // namespace monnto
