#pragma once

#include <monnto/array/node.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace monnto::kernel {

/// Where a value comes from: a node of the graph, or a leaf that was settled before.
class Source {
public:
    [[nodiscard]] static Source node(std::size_t index) { return Source(static_cast<int>(index)); }
    [[nodiscard]] static Source leaf(std::size_t index) { return Source(~static_cast<int>(index)); }

    [[nodiscard]] bool is_leaf() const noexcept { return code_ < 0; }
    [[nodiscard]] std::size_t index() const noexcept {
        return static_cast<std::size_t>(is_leaf() ? ~code_ : code_);
    }
    [[nodiscard]] int code() const noexcept { return code_; }
    friend bool operator==(Source, Source) = default;

private:
    explicit Source(int code) : code_(code) {}
    int code_;
};

/// What an evaluation was asked for, with indices instead of pointers. Kept by the executor and
/// filled anew each time, so that it allocates nothing once it is warm.
class Graph {
public:
    /// `nodes` and `wanted` as in Executor::run. Nodes that somebody outside holds count as wanted,
    /// because they would otherwise keep their inputs and be computed again.
    void assign(std::span<Node* const> nodes, std::span<Node* const> wanted);

    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
    [[nodiscard]] Node& node(std::size_t i) const noexcept { return *nodes_[i]; }
    [[nodiscard]] bool is_wanted(std::size_t i) const noexcept { return wanted_[i] != 0; }
    [[nodiscard]] std::span<const Source> inputs(std::size_t i) const noexcept {
        return {inputs_.data() + first_input_[i], inputs_.data() + first_input_[i + 1]};
    }
    /// Per node how many inputs of the graph's nodes refer to it.
    [[nodiscard]] std::span<const std::uint32_t> uses() const noexcept { return uses_; }
    [[nodiscard]] std::size_t leaf_count() const noexcept { return leaves_.size(); }
    [[nodiscard]] Node& leaf(std::size_t i) const noexcept { return *leaves_[i]; }
    /// Whether somebody outside of the graph holds it.
    [[nodiscard]] bool is_held(Source source) const noexcept;
    [[nodiscard]] Node& at(Source source) const noexcept {
        return source.is_leaf() ? *leaves_[source.index()] : *nodes_[source.index()];
    }

    /// Everything that decides which kernels the graph becomes, and nothing else: not addresses,
    /// numbers and positions of draws. Equal signatures mean equal recipes.
    [[nodiscard]] std::span<const std::uint64_t> signature();

private:
    void sign_leaf(const Node& leaf);
    void sign_node(std::size_t i);

    std::vector<Node*> nodes_;
    std::vector<Node*> leaves_;
    std::vector<char> wanted_;
    std::vector<std::uint32_t> uses_, leaf_uses_;
    std::vector<Source> inputs_;
    std::vector<std::uint32_t> first_input_;
    std::vector<std::uint64_t> signature_;
};

/// Whether kernels may read and write whole vectors anywhere in the value: own memory from its
/// start, in C order.
[[nodiscard]] bool is_plain(const Node& settled) noexcept;
/// The same of a matrix that lies column by column, because that is how events gather it (D6).
[[nodiscard]] bool is_turned(const Node& settled) noexcept;
[[nodiscard]] inline bool is_turned_leaf(const Graph& graph, Source source) noexcept {
    return source.is_leaf() && is_turned(graph.leaf(source.index()));
}

}  // namespace monnto::kernel
