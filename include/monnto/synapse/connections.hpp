#pragma once

#include <monnto/array/memory.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace monnto {

/// Memory of the engine whose elements are left as they come: what is written by several threads at
/// once should not be filled with zeros by one of them before.
template <class T>
struct UnfilledAllocator : std::allocator<T> {
    template <class U>
    struct rebind {  // NOLINT(readability-identifier-naming): the standard's name
        using other = UnfilledAllocator<U>;
    };
    UnfilledAllocator() = default;
    template <class U>
    UnfilledAllocator(const UnfilledAllocator<U>& /*other*/) noexcept {}
    [[nodiscard]] T* allocate(std::size_t count) {
        return static_cast<T*>(take_memory(count * sizeof(T)));
    }
    void deallocate(T* memory, std::size_t count) noexcept {
        give_memory(memory, count * sizeof(T));
    }
    template <class U>
    void construct(U* place) noexcept {
        ::new (static_cast<void*>(place)) U;
    }
    template <class U, class... Arguments>
    void construct(U* place, Arguments&&... arguments) {
        ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
    }
};
template <class T>
using UnfilledVector = std::vector<T, UnfilledAllocator<T>>;

/// Numbers of targets, of 16 bits where there are at most 65,536.
using TargetNumbers = std::variant<UnfilledVector<std::uint16_t>, UnfilledVector<std::uint32_t>>;

/// Who is connected to whom: the targets of source `s` are `target[starts[s]]` to
/// `target[starts[s + 1] - 1]`, ascending; a target that occurs twice is a multapse.
///
/// A plain value, to be moved into a matrix.
struct Connections {
    std::int64_t sources = 0;
    std::int64_t targets = 0;
    std::vector<std::uint64_t> starts;  // sources + 1 of them, the first 0
    TargetNumbers target;
    UnfilledVector<std::uint16_t> delay;  // steps, one per synapse in the same order, or none

    [[nodiscard]] std::uint64_t size() const noexcept { return starts.empty() ? 0 : starts.back(); }
    [[nodiscard]] bool is_narrow() const noexcept { return target.index() == 0; }
    [[nodiscard]] std::uint32_t target_at(std::uint64_t synapse) const;
    /// How many synapses arrive at each target.
    [[nodiscard]] std::vector<std::uint64_t> indegrees() const;
};

/// Without synapses, with targets of the width that their number asks for.
[[nodiscard]] Connections no_connections(std::int64_t sources, std::int64_t targets);

/// Connections from elsewhere, and which of the given synapses each of the result's is: values that
/// came with them are to be reordered alike.
struct SortedConnections {
    Connections connections;
    /// Empty where the order was right already.
    std::vector<std::uint64_t> order;
};

/// From the arrays of a compressed sparse row matrix (source, target). Throws ShapeMismatch,
/// BadParameter (starts that descend) and IndexOutOfRange.
[[nodiscard]] SortedConnections connections_from_rows(std::int64_t sources, std::int64_t targets,
                                                      std::span<const std::int64_t> starts,
                                                      std::span<const std::int64_t> target);
/// From one source and one target per synapse, in any order. Throws ShapeMismatch and
/// IndexOutOfRange.
[[nodiscard]] SortedConnections connections_from_pairs(std::int64_t sources, std::int64_t targets,
                                                       std::span<const std::int64_t> source,
                                                       std::span<const std::int64_t> target);

}  // namespace monnto
