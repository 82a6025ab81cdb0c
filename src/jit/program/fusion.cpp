#include "fusion.hpp"
#include "narrowing.hpp"
#include "placed.hpp"

#include <algorithm>
#include <utility>

namespace monnto::kernel {
namespace {

/// Where the elements of a source lie, over the group's space.
struct Window {
    Source source;
    std::ptrdiff_t offset;
    Strides strides;
    friend bool operator==(const Window&, const Window&) = default;
};

class Fuser {
public:
    Fuser(const Graph& graph, const Grouping& grouping, std::size_t group)
        : graph_(graph),
          grouping_(grouping),
          group_(grouping.groups[group]),
          index_(static_cast<int>(group)) {}

    std::optional<Fusion> run() {
        for (const std::uint32_t node : group_.nodes) {
            add(node);
        }
        if (reads_across_ || !choose_space()) {
            return std::nullopt;
        }
        make_inputs();
        choose_tail();
        if (fusion_.program.draws > 0 && fusion_.program.has_tail) {
            return std::nullopt;
        }
        fetch_ahead();
        find_donors();
        count_bytes();
        return std::move(fusion_);
    }

private:
    // -- the program

    void add(std::uint32_t at) {
        const Node& node = graph_.node(at);
        Program& program = fusion_.program;
        const auto sources = graph_.inputs(at);
        if (family_of(node.op) == OpFamily::reduction) {
            const Node& input = graph_.at(sources[0]);
            program.folds.push_back(
                {value_of(sources[0], input.shape), node.op, node.dtype, Along::all});
            fusion_.folds.push_back(at);
            return;
        }
        Instruction instruction;
        instruction.dtype = node.dtype;
        if (node.op == Op::random) {
            instruction.kind = Kind::draw;
            instruction.distribution = node.attribute<RandomAttr>().distribution;
            instruction.source = program.draws++;
            fusion_.draws.push_back(at);
        } else {
            instruction.kind = Kind::operation;
            instruction.op = node.op;
            for (std::size_t k = 0; k < sources.size(); ++k) {
                instruction.operands[k] = value_of(sources[k], node.shape);
            }
        }
        const std::uint16_t value = append_narrowed(instruction);
        values_.emplace_back(at, value);
        if (grouping_.is_stored[at] != 0) {
            program.outputs.push_back({value, node.dtype});
            fusion_.results.push_back({at, {}});
        }
    }

    /// Casts of what needed no float64 vanish.
    std::uint16_t append_narrowed(const Instruction& instruction) {
        const bool rounds = instruction.kind == Kind::operation && instruction.op == Op::cast &&
                            instruction.dtype == DType::f32;
        std::optional<std::uint16_t> narrow;
        if (rounds) {
            narrow = narrowing_.rounded(instruction.operands[0]);
        }
        return narrow ? *narrow : append(instruction);
    }

    /// The instruction, or an equal one that is there already.
    std::uint16_t append(const Instruction& instruction) {
        std::vector<Instruction>& code = fusion_.program.code;
        const auto known = std::ranges::find(code, instruction);
        if (known == code.end()) {
            code.push_back(instruction);
            return static_cast<std::uint16_t>(code.size() - 1);
        }
        return static_cast<std::uint16_t>(known - code.begin());
    }

    [[nodiscard]] std::uint16_t value_of(Source source, const Shape& shape) {
        if (!source.is_leaf()) {
            for (const auto& [node, value] : values_) {
                if (node == source.index() && is_mine(node)) {
                    return value;
                }
            }
            if (graph_.node(source.index()).op == Op::constant) {
                return number_of(static_cast<std::uint32_t>(source.index()));
            }
        }
        return load_of(window_of(source, shape));
    }
    [[nodiscard]] bool is_mine(std::size_t node) const {
        return grouping_.group_of[node] == index_;
    }

    std::uint16_t number_of(std::uint32_t node) {
        const auto known = std::ranges::find(fusion_.numbers, node);
        Instruction instruction;
        instruction.kind = Kind::number;
        instruction.dtype = graph_.node(node).dtype;
        instruction.source = static_cast<std::uint16_t>(known - fusion_.numbers.begin());
        if (known == fusion_.numbers.end()) {
            fusion_.numbers.push_back(node);
            ++fusion_.program.numbers;
        }
        const std::uint16_t value = append(instruction);
        if (is_exact_in_float32(graph_.node(node).attribute<ConstantAttr>().value)) {
            narrowing_.add_exact_number(value);
        }
        return value;
    }

    std::uint16_t load_of(const Window& window) {
        const auto known = std::ranges::find(windows_, window);
        Instruction instruction;
        instruction.kind = Kind::load;
        instruction.dtype = graph_.at(window.source).dtype;
        instruction.source = static_cast<std::uint16_t>(known - windows_.begin());
        if (known == windows_.end()) {
            windows_.push_back(window);
        }
        return append(instruction);
    }

    // -- where things lie

    /// A source read as if it had `shape`, through the windows in front of it.
    [[nodiscard]] Window window_of(Source source, const Shape& shape) {
        Shape own = graph_.at(source).shape;
        Strides strides;
        std::ptrdiff_t offset = 0;
        if (source.is_leaf()) {
            strides = graph_.leaf(source.index()).value().strides;
        } else if (is_window(graph_, source.index())) {
            const Node& node = graph_.node(source.index());
            source = graph_.inputs(source.index())[0];
            std::optional<ViewAttr> window{{0, own, contiguous_strides(own)}};
            if (node.op == Op::view) {
                window = node.attribute<ViewAttr>();
            }
            if (lies_turned(source)) {
                const Shape& whole = graph_.at(source).shape;
                window = as_it_lies(*window, whole, turned_strides(whole));
                reads_across_ = reads_across_ || !window || node.op != Op::view;
            }
            if (window) {
                own = window->shape;
                strides = window->strides;
                offset = window->offset;
            } else {
                strides = contiguous_strides(own);
            }
        } else {
            strides = lies_turned(source) ? turned_strides(own) : contiguous_strides(own);
        }
        const Shape& target = shape;
        const Strides wide = broadcast_strides(own, strides, target);
        Strides kept;
        for (int axis = 0; axis < shape.size(); ++axis) {
            if (shape[axis] != 1) {
                kept.push_back(wide[axis]);
            }
        }
        return {source, offset, kept};
    }

    [[nodiscard]] bool lies_turned(Source source) const {
        return source.is_leaf() ? is_turned(graph_.leaf(source.index()))
                                : grouping_.is_turned[source.index()] != 0;
    }

    [[nodiscard]] bool keeps_axes() const {
        return kernel::keeps_axes(group_.reduced, group_.space);
    }

    /// Matrices are walked the way they lie in memory, and results come to lie the same way.
    /// Folds of everything and draws go by the logical order (S17, S18), and copies are asked for
    /// where bytes have to lie in C order (S8).
    [[nodiscard]] bool walks_turned() const {
        const Program& program = fusion_.program;
        const bool can_turn = group_.space.size() == 2 && (program.folds.empty() || keeps_axes()) &&
                              program.draws == 0 &&
                              std::ranges::all_of(fusion_.results, [&](const Result& result) {
                                  const Node& node = graph_.node(result.node);
                                  return node.shape.size() == 2 && node.op != Op::copy;
                              });
        std::ptrdiff_t turned = 0;
        std::ptrdiff_t straight = 0;
        for (const Window& window : windows_) {
            const bool is_matrix = window.strides[0] != 0 && window.strides[1] != 0;
            // Where no result has to lie one way or the other, windows may be walked either way.
            const bool is_across = (lies_turned(window.source) && window.strides[1] != 1) ||
                                   (fusion_.results.empty() && window.strides[0] == 1);
            turned += is_matrix && is_across ? 1 : 0;
            straight += is_matrix && window.strides[1] == 1 ? 1 : 0;
        }
        return can_turn && turned > 0 && turned >= straight;
    }

    /// Joins axes that every window walks on without a jump; at most rows and columns may remain.
    bool choose_space() {
        Shape extents = group_.space;
        if (extents.empty()) {  // one element, which all operands have
            extents.push_back(1);
            for (Window& window : windows_) {
                window.strides.push_back(0);
            }
        }
        Shape reduces;  // per axis
        for (unsigned axis = 0; std::cmp_less(axis, extents.size()); ++axis) {
            reduces.push_back((group_.reduced >> axis) & 1U);
        }
        if (extents.size() == 2 && walks_turned()) {
            fusion_.is_turned = !fusion_.results.empty();
            std::swap(extents[0], extents[1]);
            std::swap(reduces[0], reduces[1]);
            for (Window& window : windows_) {
                std::swap(window.strides[0], window.strides[1]);
            }
        }
        join_axes(extents, reduces);
        Program& program = fusion_.program;
        const bool needs_flat = (!program.folds.empty() && !keeps_axes()) || program.draws > 0;
        if (extents.size() > (needs_flat ? 1 : 2)) {
            return false;
        }
        for (Fold& fold : program.folds) {
            fold.along = !keeps_axes()     ? Along::all
                         : reduces[1] != 0 ? Along::columns
                                           : Along::rows;
        }
        program.has_rows = extents.size() == 2;
        fusion_.rows = extents.size() == 2 ? extents[0] : 1;
        fusion_.columns = extents.back();
        return true;
    }

    void join_axes(Shape& extents, Shape& reduces) {
        for (int axis = extents.size() - 2; axis >= 0; --axis) {
            const std::ptrdiff_t inner = extents[axis + 1];
            const bool merges = reduces[axis] == reduces[axis + 1] &&
                                std::ranges::all_of(windows_, [&](const Window& window) {
                                    return window.strides[axis] == window.strides[axis + 1] * inner;
                                });
            if (!merges) {
                continue;
            }
            extents[axis] *= inner;
            extents.erase(axis + 1);
            reduces.erase(axis + 1);
            for (Window& window : windows_) {
                window.strides.erase(axis);
            }
        }
    }

    void make_inputs() {
        for (const Window& window : windows_) {
            Operand operand;
            operand.source = window.source;
            operand.dtype = graph_.at(window.source).dtype;
            operand.offset = window.offset;
            operand.row = fusion_.program.has_rows ? window.strides[0] : 0;
            operand.column = window.strides.back();
            fusion_.operands.push_back(operand);
            const Step step = operand.column == 0   ? Step::none
                              : operand.column == 1 ? Step::unit
                                                    : Step::any;
            fusion_.program.inputs.push_back({operand.dtype, step, Fetch::none});
        }
    }

    /// Whether whole vectors may be read although the columns end inside one.
    [[nodiscard]] bool is_padded(const Operand& operand) const {
        if (operand.column == 0) {
            return true;
        }
        const Node& source = graph_.at(operand.source);
        const bool is_whole =
            operand.offset == 0 && operand.column == 1 && source.shape.product() == fusion_.columns;
        return is_whole && (!operand.source.is_leaf() || is_plain(source));
    }

    void choose_tail() {
        Program& program = fusion_.program;
        const bool all_padded = std::ranges::all_of(
            fusion_.operands, [&](const Operand& each) { return is_padded(each); });
        program.has_tail = fusion_.columns % lanes != 0 &&
                           (program.has_rows || !program.folds.empty() || !all_padded);
    }

    /// Pieces of rows lie too far apart for the processor to guess the next one.
    void fetch_ahead() {
        if (!fusion_.program.folds_rows()) {
            return;
        }
        for (std::size_t k = 0; k < fusion_.operands.size(); ++k) {
            Operand& operand = fusion_.operands[k];
            if (operand.row != 0 && operand.column == 1) {
                fusion_.program.inputs[k].fetch = Fetch::all;
                operand.ahead = rows_ahead * operand.row;
            }
        }
    }

    void find_donors() {
        const std::ptrdiff_t size = fusion_.rows * fusion_.columns;
        for (const Operand& operand : fusion_.operands) {
            fusion_.uses.push_back(uses_of(operand.source));
        }
        for (Result& result : fusion_.results) {
            for (std::uint32_t k = 0; k < fusion_.operands.size(); ++k) {
                const Operand& operand = fusion_.operands[k];
                const Node& source = graph_.at(operand.source);
                const bool fits =
                    size_of(operand.dtype) == size_of(graph_.node(result.node).dtype) &&
                    source.shape.product() == size;
                if (fits && reads_in_place(operand)) {
                    result.donors.push_back(k);
                }
            }
        }
    }
    [[nodiscard]] bool reads_in_place(const Operand& operand) const {
        const bool is_ordered = operand.offset == 0 && operand.column == 1 &&
                                (!fusion_.program.has_rows || operand.row == fusion_.columns);
        return is_ordered &&
               std::ranges::count(fusion_.operands, operand.source, &Operand::source) == 1;
    }
    [[nodiscard]] std::uint32_t uses_of(Source source) const {
        std::uint32_t uses = 0;
        for (const std::uint32_t node : group_.nodes) {
            uses += static_cast<std::uint32_t>(std::ranges::count(graph_.inputs(node), source));
        }
        return uses;
    }

    void count_bytes() {
        const auto count = static_cast<std::size_t>(fusion_.rows * fusion_.columns);
        for (const Operand& operand : fusion_.operands) {
            const std::ptrdiff_t distinct =
                (operand.row == 0 ? 1 : fusion_.rows) * (operand.column == 0 ? 1 : fusion_.columns);
            fusion_.bytes += static_cast<std::size_t>(distinct) * size_of(operand.dtype);
        }
        for (const Output& output : fusion_.program.outputs) {
            fusion_.bytes += count * size_of(output.dtype);
        }
        for (const std::uint32_t fold : fusion_.folds) {
            const Node& node = graph_.node(fold);
            fusion_.bytes += static_cast<std::size_t>(node.shape.product()) * size_of(node.dtype);
        }
    }

    const Graph& graph_;
    const Grouping& grouping_;
    const Group& group_;
    int index_;
    Fusion fusion_;
    Narrowing narrowing_{fusion_.program.code,
                         [this](const Instruction& each) { return append(each); }};
    std::vector<Window> windows_;
    bool reads_across_ = false;  // a window that crosses a matrix which lies column by column
    std::vector<std::pair<std::uint32_t, std::uint16_t>> values_;  // node, instruction
};

}  // namespace

std::optional<Fusion> fused(const Graph& graph, const Grouping& grouping, std::size_t group) {
    return Fuser(graph, grouping, group).run();
}

}  // namespace monnto::kernel
