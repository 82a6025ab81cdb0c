#pragma once

#include <monnto/core/mode.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/population.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace monnto {

/// A selection of neurons: reads give copies of the selected elements, writes go through to the
/// group.
///
/// A variable is cut along its last axis of the group's size; one without such an axis (a number, a
/// matrix of something else) is passed on whole. vector() has the size of the *group*, as published
/// scripts expect: `sub["v"]` and `sub.vector()` do not combine without `sub.select()`.
class NeuronSubGroup final : public Findable, public Population {
public:
    /// Throws ShapeMismatch for a mask of another size, TypeMismatch for one that is not bool.
    NeuronSubGroup(std::shared_ptr<NeuronGroup> base, const Array& mask);

    /// `sub["v"] = x`, `sub["v"] += x` write through the selection; reading gives a copy.
    /// Writing a variable that the group does not have throws UnknownName: make it on the group.
    class Variable : public ArrayExpression {
    public:
        Variable(const NeuronSubGroup& group, std::string name)
            : group_(&group), name_(std::move(name)) {}
        Variable(const Variable&) = delete;
        ~Variable() = default;
        [[nodiscard]] Array array() const { return group_->get(name_); }
        operator Array() const { return array(); }
        Variable& operator=(const Operand& value);
        // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): copies the elements, not the handle
        Variable& operator=(const Variable& value) { return *this = Operand(value.array()); }
        Variable& operator+=(const Operand& value) { return in_place(Op::add, value); }
        Variable& operator-=(const Operand& value) { return in_place(Op::subtract, value); }
        Variable& operator*=(const Operand& value) { return in_place(Op::multiply, value); }
        Variable& operator/=(const Operand& value) { return in_place(Op::divide, value); }

    private:
        Variable& in_place(Op op, const Operand& value) {
            return *this = binary(op, array(), value);
        }

        const NeuronSubGroup* group_;
        std::string name_;
    };
    [[nodiscard]] Variable operator[](std::string_view name) const {
        return {*this, std::string(name)};
    }

    [[nodiscard]] Array get(std::string_view name) const override;
    void set(std::string_view name, const Operand& value) const;
    /// The selected elements of any array of the group.
    [[nodiscard]] Array select(const Array& of_group) const;

    [[nodiscard]] const Array& mask() const noexcept {
        return mask_;
    }  // bool, one per neuron of the group
    [[nodiscard]] const Array& indices() const noexcept { return indices_; }  // int64, ascending
    [[nodiscard]] Array vector(const Mode& mode = 0.0, const ModeOptions& options = {}) const;

    [[nodiscard]] std::ptrdiff_t size() const noexcept override { return size_; }
    [[nodiscard]] NeuronGroup& base_group() const override { return *base_; }
    [[nodiscard]] bool is_subgroup() const noexcept override { return true; }
    [[nodiscard]] std::shared_ptr<Population> population_holder() override;

private:
    [[nodiscard]] int selected_axis(const Array& of_group) const;  // -1: none

    std::shared_ptr<NeuronGroup> base_;
    Array mask_;
    Array indices_;
    std::ptrdiff_t size_ = 0;
};

}  // namespace monnto
