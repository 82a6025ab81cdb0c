#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/plan.hpp>

#include <memory>
#include <span>
#include <vector>

namespace monnto {

/// Elements that lie somewhere until what they belong to is run again. Refers to the extents that
/// it was made of.
struct Sample {
    DType dtype{};
    const Shape* shape = nullptr;
    const Strides* strides = nullptr;  // elements
    const std::byte* data = nullptr;

    /// Copies to `out`, which has room for all elements, in C order.
    void copy_to(void* out) const;
};

/// Values that somebody reads after each run of a plan (recorders). Arrays of the plan, and windows
/// on them, are read where they lie; what is computed of them is a graph that runs again without
/// being recorded, with results that keep their places.
class Sampler {
public:
    /// Of values that were recorded a moment ago and are not evaluated yet. Null where they draw
    /// random numbers.
    [[nodiscard]] static std::unique_ptr<Sampler> make(std::span<const Array> values);
    Sampler(const Sampler&) = delete;
    Sampler& operator=(const Sampler&) = delete;
    ~Sampler();

    /// Whether `before`, made of the iteration before, did the same to the same arrays.
    [[nodiscard]] bool repeats(const Sampler& before) const;
    /// Contract: the plan is ready (Plan::is_ready) and outlives this.
    void prepare(const Plan& plan);

    /// Evaluates what has to be; contract: `prepare` was called, the plan has run. False where
    /// something lies in memory in another way than it did.
    [[nodiscard]] bool run();
    /// After `run`, until `let_go`.
    [[nodiscard]] Sample sample(std::size_t index) const;
    void let_go() noexcept;

private:
    /// One value: a window on a node of the plan, or a node of the graph.
    struct Source {
        NodeRef node;
        ViewAttr window;
        bool is_window = false;
    };
    /// Where a leaf was when the graph was prepared.
    struct Place {
        Strides strides;
        const std::byte* first = nullptr;  // null where the plan moves it
    };
    Sampler() = default;
    [[nodiscard]] bool lies_as_prepared() const noexcept;

    std::vector<Source> sources_;
    std::vector<NodeRef> nodes_;   // of the graph; empty once it is prepared
    std::vector<NodeRef> leaves_;  // what it reads, in the order in which it meets it
    std::vector<Place> places_;    // of the leaves
    std::unique_ptr<PreparedRun> prepared_;
};

}  // namespace monnto
