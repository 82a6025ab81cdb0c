#pragma once

#include <monnto/array/cell.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/tape.hpp>

#include <memory>
#include <string>
#include <vector>

namespace monnto {

/// A place where an array lives between iterations: a variable, an attribute.
struct Place {
    std::string name;
    Ref<Cell> cell;  // an owning one; empty once the list let go
    const Cell* address = nullptr;
    std::uint64_t birth = 0;
    std::uint64_t content = 0;  // id of its node when the list was made
    DType dtype = DType::f32;
    Shape shape;
    bool is_view = false;     // the cell is what the array is a window on
    bool is_of_host = false;  // held by an object of the host
};
/// An object of the host that refers to a cell. Who holds it sees the cell, so a cell that each
/// iteration replaces may be written in place only while the attribute alone holds the object.
struct HostHolder {
    Cell* cell = nullptr;
    std::shared_ptr<const void> object;
    bool (*is_held_elsewhere)(const void* object) = nullptr;
};
struct Places {
    std::vector<Place> list;
    std::vector<HostHolder> holders;

    void add(std::string name, Cell& cell);
    /// Makes constants and casts look like what iterations leave there: recorded with those, an
    /// iteration is like the ones after it.
    void make_plain();
    /// Keeps no array alive from here on: an array that somebody holds is computed for him.
    void let_go();
};
/// Ids of what lies in the same places before and after, ascending.
[[nodiscard]] std::vector<std::uint64_t> left_in_place(const Places& before, const Places& after);

/// An iteration that repeats (S21): the graph of its operations, and which array takes which result
/// on to the next one. Replaying it records nothing.
class Plan {
public:
    /// From two iterations in a row, with the places after each. Null where they are no repetition,
    /// with the reason in `refusal`; `second` and `after` are as they were then. Takes the contents
    /// of the cells over into nodes of its own.
    [[nodiscard]] static std::unique_ptr<Plan> make(Tape first, Tape& second, Places before,
                                                    Places& after, std::string& refusal);
    /// From one iteration that is known to be like those after it, with the places before and after
    /// it. Null also where a second one has to show what it did.
    [[nodiscard]] static std::unique_ptr<Plan> make(Tape& only, Places before, Places& after,
                                                    std::string& refusal);
    ~Plan();
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;

    /// Whether a replay would do what the iteration does: nobody else holds what it overwrites.
    [[nodiscard]] bool is_ready() const noexcept;
    /// Whether the next iteration has to be recorded, and a new plan made: matrices changed the way
    /// they lie in memory, in a run or because somebody evaluated something else with them.
    [[nodiscard]] bool is_worn() const noexcept;
    /// Contract: is_ready() and not is_worn(). `step` is the engine's step, for the draws.
    void run(std::uint64_t step);

    /// Tells this plan from those that were before it.
    [[nodiscard]] std::uint64_t id() const noexcept { return id_; }
    /// Whether the elements of that array lie elsewhere after each run.
    [[nodiscard]] bool moves(const Node& content) const noexcept;
    /// Takes over who reads its arrays after its runs, and counts whoever holds them now as ours.
    /// Contract: `is_ready()` held before the reader came.
    void keep_reader(std::shared_ptr<const void> reader);

private:
    friend class PlanMaker;  // plan_maker.cpp
    /// What lives from one iteration to the next.
    struct State {
        NodeRef node;  // the content of the cells
        std::vector<Ref<Cell>> cells;
        Node* leaf = nullptr;       // that stands for it in the graph; null where nobody reads it
        Node* source = nullptr;     // whose value it takes on
        Strides strides;            // of the value when the graph was prepared
        std::uint32_t holders = 0;  // of the node, where nobody else holds it
        std::uint32_t buffer_holders = 1;  // of its memory
        bool is_in_place = false;
    };
    /// A cell that each iteration makes anew, and its holders where nobody else has one.
    struct Replaced {
        Ref<Cell> cell;
        std::uint32_t holders = 0;
        std::vector<HostHolder> objects;
    };
    Plan() = default;
    [[nodiscard]] static bool is_ours(const State& state) noexcept;
    [[nodiscard]] static bool lies_elsewhere(const State& state) noexcept;

    std::vector<NodeRef> kept_;  // wanted nodes, and leaves that live on
    /// Of leaves that are always the same: who else holds their memory may not lay it out anew.
    std::vector<Value> constants_;
    std::vector<State> states_;
    std::vector<State*> moving_;  // those whose elements are elsewhere after each run
    std::vector<Replaced> replaced_;
    std::unique_ptr<PreparedRun> prepared_;
    std::vector<std::shared_ptr<const void>> readers_;
    std::uint64_t id_ = 0;
    bool is_worn_ = false;
};

}  // namespace monnto
