#pragma once

#include "binding.hpp"
#include "kernel_cache.hpp"
#include "program/recipe.hpp"

#include <cstdint>
#include <deque>
#include <set>
#include <span>
#include <vector>

namespace monnto::cpu {

/// Kernels of one program whose arguments stay the same but for the step of their draws, and of
/// which none reads or overwrites what another one writes: many equal groups, one launch.
class Batch {
public:
    using Step = kernel::Recipe::Step;

    Batch() = default;
    // Arguments are addresses of tables and of memory for folds, which a copy would have elsewhere.
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    Batch(Batch&&) = default;
    Batch& operator=(Batch&&) = default;
    ~Batch() = default;

    /// Whether the arguments of that step can stay as they are: all that it reads and writes has
    /// its place. `moves` tells which leaves have another place in each run.
    [[nodiscard]] static bool can_take(const kernel::Graph& graph, const Step& step,
                                       const std::set<const Node*>& moves);

    /// Contract: can_take. False where the step is of another program or meets memory of the batch;
    /// a kernel that folds has one for itself.
    [[nodiscard]] bool add(const kernel::Graph& graph, const Step& step);
    /// Has a kernel made that runs all members in one call, where there are several.
    void join(KernelCache& kernels);
    void run(std::uint64_t step);

    [[nodiscard]] const Step& first() const noexcept { return *first_; }
    /// Hash of the program that runs.
    [[nodiscard]] std::uint64_t kernel() const noexcept { return kernel_; }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::ptrdiff_t elements() const noexcept { return elements_; }
    /// Numbers of the nodes that it computes.
    [[nodiscard]] std::span<const std::uint64_t> results() const noexcept { return results_; }

private:
    [[nodiscard]] bool meets(const std::set<std::uint64_t>& reads,
                             const std::set<std::uint64_t>& writes) const;

    [[nodiscard]] bool are_alike() const;
    /// Of each member, where all have as few; else 0.
    [[nodiscard]] std::uint16_t vectors_of_each() const;
    void run(std::ptrdiff_t first, std::ptrdiff_t last) const;  // members
    /// Gives each fold its place, or memory for the lanes that it leaves.
    void place_folds(const kernel::Graph& graph, const kernel::Fusion& fusion,
                     const kernel::Layout& layout, std::uint64_t* words,
                     std::set<std::uint64_t>& writes);
    void join_folds() const;

    const Step* first_ = nullptr;          // the recipe holds it
    kernel::Function function_ = nullptr;  // of all members; null while they are called one by one
    std::uint64_t kernel_ = 0;
    std::size_t count_ = 0;
    std::size_t stride_ = 0;            // words per member
    std::vector<std::uint64_t> words_;  // arguments of all members
    std::vector<std::size_t> steps_;    // words that hold the step of a draw
    std::vector<std::ptrdiff_t> extents_;
    std::set<std::uint64_t> reads_, writes_;
    std::deque<lane::PoissonTable> tables_;
    std::vector<std::byte> partial_;       // what folds of everything leave, one after the other
    std::vector<std::byte*> fold_places_;  // of their results; empty where there are none
    std::size_t fold_bytes_ = 0;           // that each leaves
    std::uint64_t work_ = 0;
    std::size_t nodes_ = 0;
    std::size_t bytes_ = 0;
    std::ptrdiff_t elements_ = 0;
    std::vector<std::uint64_t> results_;
};

}  // namespace monnto::cpu
