#pragma once

#include <monnto/array/array.hpp>
#include <monnto/core/fwd.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

namespace monnto {

/// What a synapse group connects: a neuron group, or a selection of one.
class Population {
public:
    virtual ~Population() = default;
    [[nodiscard]] virtual std::ptrdiff_t size() const noexcept = 0;
    /// The group itself, or the one that was selected from.
    [[nodiscard]] virtual NeuronGroup& base_group() const = 0;
    [[nodiscard]] virtual bool is_subgroup() const noexcept = 0;
    /// The value of a variable for these neurons: the array itself for a group, a copy for a
    /// selection.
    [[nodiscard]] virtual Array get(std::string_view name) const = 0;
    /// Keeps this population alive (selections are owned by those who use them).
    [[nodiscard]] virtual std::shared_ptr<Population> population_holder() = 0;
};

}  // namespace monnto
