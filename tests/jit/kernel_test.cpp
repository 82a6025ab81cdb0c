#include "cpu/emit/kernel.hpp"
#include "cpu/emit/operation.hpp"
#include "random_nodes.hpp"

#include <cstdlib>
#include <limits>
#include <random>

namespace monnto {
namespace {

using support::all_dtypes;
using support::expect_same_bits;
using support::KernelsScope;
using support::leaf;
using support::recorded;
using support::Recorded;
using support::result_dtype;

[[nodiscard]] std::vector<Op> all_ops() {
    std::vector<Op> ops;
#define MONNTO_TEST_OP(name, family, inputs)                                         \
    if (is_elementwise(Op::name) && Op::name != Op::cast && Op::name != Op::where) { \
        ops.push_back(Op::name);                                                     \
    }
    MONNTO_OPS(MONNTO_TEST_OP)
#undef MONNTO_TEST_OP
    return ops;
}

TEST(S16KernelTest, EveryOperationOfEveryTypeGivesTheInterpretersBits) {
    const KernelsScope kernels(300);
    for (const Op op : all_ops()) {
        for (const DType dtype : all_dtypes) {
            const DType to = result_dtype(op, dtype);
            if (!emit::can_emit(op, dtype, to)) {
                continue;
            }
            SCOPED_TRACE(std::string(name_of(op)) + " of " + std::string(name_of(dtype)));
            expect_same_bits([&] {
                const Shape shape{1000};
                const NodeRef a = leaf(dtype, shape, 1);
                const bool is_unary =
                    family_of(op) == OpFamily::unary || family_of(op) == OpFamily::predicate;
                const NodeRef result = is_unary
                                           ? recorded(op, to, shape, {a})
                                           : recorded(op, to, shape, {a, leaf(dtype, shape, 2)});
                return Recorded{{result}, {result}};
            });
        }
    }
}

template <class T>
void expect_interpreters_bits_between(Op op, double low, double high) {
    SCOPED_TRACE(std::string(name_of(op)) + " of " + std::string(name_of(dtype_of<T>)));
    constexpr std::size_t count = 300'000;
    std::vector<T> numbers(count);
    for (std::size_t i = 0; i < count; ++i) {
        numbers[i] = static_cast<T>(low + static_cast<double>(i) * (high - low) / count);
    }
    expect_same_bits([&] {
        const Shape shape{count};
        const NodeRef result = recorded(op, dtype_of<T>, shape, {support::settled(numbers, shape)});
        return Recorded{{result}, {result}};
    });
}

/// AVX-512 scales by powers of two with an instruction of its own.
TEST(S16KernelTest, ExponentialsGiveTheInterpretersBitsAlsoWhereTheyAreSubnormal) {
    const KernelsScope kernels(4);
    expect_interpreters_bits_between<float>(Op::exp, -105, 90);
    expect_interpreters_bits_between<float>(Op::exp2, -152, 130);
    expect_interpreters_bits_between<double>(Op::exp, -750, 715);
    expect_interpreters_bits_between<double>(Op::exp2, -1080, 1030);
}

TEST(S16KernelTest, EveryCastGivesTheInterpretersBits) {
    const KernelsScope kernels(all_dtypes.size() * (all_dtypes.size() - 1));
    for (const DType from : all_dtypes) {
        for (const DType to : all_dtypes) {
            if (from == to) {
                continue;
            }
            SCOPED_TRACE(std::string(name_of(from)) + " to " + std::string(name_of(to)));
            expect_same_bits([&] {
                const Shape shape{500};
                const NodeRef result = recorded(Op::cast, to, shape, {leaf(from, shape, 3)});
                return Recorded{{result}, {result}};
            });
        }
    }
}

/// A draw, alone and in the middle of other work.
[[nodiscard]] Recorded record_draw(Distribution distribution, DType dtype, std::ptrdiff_t count,
                                   std::vector<double> parameters) {
    const Shape shape{count};
    RandomAttr attribute;
    attribute.distribution = distribution;
    attribute.position = {0x123456789ABCDEFU, (std::uint64_t{1} << 33U) + 7, 3};
    Recorded result;
    std::vector<NodeRef> inputs;
    for (const double each : parameters) {
        inputs.push_back(recorded(Op::constant, DType::f64, {}, {},
                                  ConstantAttr{Number::strong(DType::f64, each)}));
    }
    result.nodes = inputs;
    const NodeRef draw = recorded(Op::random, dtype, shape, NodeInputs(inputs), attribute);
    const NodeRef cast = dtype == DType::f32 ? draw : recorded(Op::cast, DType::f32, shape, {draw});
    const NodeRef sum = recorded(Op::add, DType::f32, shape, {cast, leaf(DType::f32, shape, 5)});
    for (const NodeRef& each : {draw, cast, sum}) {
        if (result.nodes.empty() || result.nodes.back() != each) {
            result.nodes.push_back(each);
        }
    }
    result.wanted = {draw, sum};
    return result;
}

TEST(S18KernelTest, DrawsAreTheInterpreters) {
    const KernelsScope kernels(6 * (6 + 5 + 6));  // all but the rates that have no table
    for (const std::ptrdiff_t count : {2, 16, 63, 64, 1000, 20000}) {
        for (const DType dtype : {DType::f32, DType::f64}) {
            for (const Distribution distribution :
                 {Distribution::uniform, Distribution::normal, Distribution::exponential}) {
                SCOPED_TRACE(std::to_string(count) + " " +
                             std::to_string(static_cast<int>(distribution)));
                expect_same_bits([&] { return record_draw(distribution, dtype, count, {}); });
            }
        }
        for (const double rate : {0.0, 0.1, 2.0, 30.0, 64.0, 1000.0}) {
            SCOPED_TRACE(rate);
            expect_same_bits(
                [&] { return record_draw(Distribution::poisson, DType::i64, count, {rate}); });
        }
        for (const double probability : {0.0, 0.01, 0.5, 1.0, 2.0, -1.0}) {
            SCOPED_TRACE(probability);
            expect_same_bits([&] {
                return record_draw(Distribution::bernoulli, DType::boolean, count, {probability});
            });
        }
    }
}

/// Programs over one space, with operands that broadcast into it and windows on others.
class RandomGraph {
public:
    RandomGraph(unsigned seed, const Shape& shape) : random_(seed), shape_(shape) {}

    Recorded record() {
        for (unsigned i = 0; i < 4; ++i) {
            const DType dtype = i == 3 ? DType::boolean : (i == 2 ? DType::f64 : DType::f32);
            pool_.push_back(leaf(dtype, operand_shape(), pick(1000)));
        }
        const unsigned steps = 4 + pick(16);
        for (unsigned i = 0; i < steps; ++i) {
            add_step();
        }
        Recorded result;
        result.nodes = nodes_;
        for (const NodeRef& node : nodes_) {
            if (pick(4) == 0 || node == nodes_.back()) {
                result.wanted.push_back(node);
            }
        }
        // Nodes that nobody wants and nobody uses would not have been asked for.
        std::erase_if(result.nodes, [&](const NodeRef& node) { return !is_needed(node, result); });
        pool_.clear();
        nodes_.clear();
        return result;
    }

private:
    [[nodiscard]] unsigned pick(std::size_t count) {
        return static_cast<unsigned>(random_() % count);
    }
    [[nodiscard]] Shape operand_shape() {
        Shape shape = shape_;
        for (std::ptrdiff_t& extent : shape) {
            if (pick(4) == 0) {
                extent = 1;
            }
        }
        return shape;
    }

    NodeRef add(Op op, DType dtype, const Shape& shape, NodeInputs inputs,
                Attributes attributes = {}) {
        nodes_.push_back(recorded(op, dtype, shape, std::move(inputs), std::move(attributes)));
        pool_.push_back(nodes_.back());
        return nodes_.back();
    }
    [[nodiscard]] NodeRef any() { return pool_[pick(pool_.size())]; }
    [[nodiscard]] NodeRef cast_to(DType dtype, const NodeRef& node) {
        return node->dtype == dtype ? node : add(Op::cast, dtype, node->shape, {node});
    }

    void add_step() {
        constexpr std::array ops = {Op::add,     Op::subtract, Op::multiply, Op::maximum,
                                    Op::greater, Op::less,     Op::divide};
        switch (pick(9)) {
            case 0: {
                const NodeRef x = cast_to(DType::f32, any());
                add(pick(2) == 0 ? Op::exp : Op::negative, DType::f32, x->shape, {x});
                break;
            }
            case 1: {
                const NodeRef condition = cast_to(DType::boolean, any());
                const NodeRef yes = cast_to(DType::f32, any());
                const NodeRef no = cast_to(DType::f32, any());
                const Shape shape =
                    broadcast(broadcast(condition->shape, yes->shape, ""), no->shape, "");
                add(Op::where, DType::f32, shape, {condition, yes, no});
                break;
            }
            case 2:
                add(Op::constant, DType::f32, {}, {},
                    ConstantAttr{Number::strong(DType::f32, 0.25 * pick(9))});
                break;
            case 3:
                reduce(any());
                break;
            case 4:
                view(any());
                break;
            default: {
                const DType dtype = pick(3) == 0 ? DType::f64 : DType::f32;
                const NodeRef a = cast_to(dtype, any());
                const NodeRef b = cast_to(dtype, any());
                const Op op = ops[pick(ops.size())];
                add(op, result_dtype(op, dtype), broadcast(a->shape, b->shape, ""), {a, b});
                break;
            }
        }
    }

    void reduce(const NodeRef& x) {
        const Shape ones = Shape::filled(x->shape.size(), 1);
        if (x->dtype == DType::boolean) {
            add(pick(2) == 0 ? Op::any : Op::all, DType::boolean, ones, {x}, AxesAttr{0xFF, true});
        } else {
            add(Op::sum, x->dtype, ones, {x}, AxesAttr{0xFF, true});
        }
    }

    /// The whole array backwards along one axis: same shape, other strides.
    void view(const NodeRef& x) {
        if (x->shape.empty()) {
            return;
        }
        const int axis = static_cast<int>(pick(static_cast<std::size_t>(x->shape.size())));
        ViewAttr window{0, x->shape, contiguous_strides(x->shape)};
        window.offset = window.strides[axis] * (x->shape[axis] - 1);
        window.strides[axis] = -window.strides[axis];
        add(Op::view, x->dtype, x->shape, {x}, window);
    }

    [[nodiscard]] static bool is_needed(const NodeRef& node, const Recorded& result) {
        const auto wants = [&](const NodeRef& root, const auto& self) -> bool {
            return root == node ||
                   std::ranges::any_of(root->inputs().all(),
                                       [&](const NodeRef& input) { return self(input, self); });
        };
        return std::ranges::any_of(result.wanted,
                                   [&](const NodeRef& root) { return wants(root, wants); });
    }

    std::mt19937 random_;
    Shape shape_;
    std::vector<NodeRef> pool_;
    std::vector<NodeRef> nodes_;
};

TEST(S16KernelTest, RandomGraphsGiveTheInterpretersBits) {
    const std::array<Shape, 6> shapes = {Shape{64},    Shape{37},     Shape{5000},
                                         Shape{7, 48}, Shape{19, 21}, Shape{3, 5, 20}};
    // MONNTO_GRAPHS=20000 for a long run.
    const char* asked = std::getenv("MONNTO_GRAPHS");  // NOLINT(concurrency-mt-unsafe)
    const unsigned count = asked == nullptr ? 120 : static_cast<unsigned>(std::atoi(asked));
    const KernelsScope kernels(count);
    for (unsigned seed = 0; seed < count; ++seed) {
        SCOPED_TRACE(seed);
        expect_same_bits([&] { return RandomGraph(seed, shapes[seed % shapes.size()]).record(); });
        if (::testing::Test::HasFailure()) {
            return;
        }
    }
}

TEST(KernelTextTest, WhatIsTheSameForAllColumnsIsComputedBeforeThem) {
    using kernel::Instruction;
    using kernel::Kind;
    kernel::Program program;  // x * sqrt(trace of the row / number)
    program.has_rows = true;
    program.inputs = {{DType::f32, kernel::Step::unit, kernel::Fetch::none},
                      {DType::f32, kernel::Step::none, kernel::Fetch::none}};
    program.numbers = 1;
    program.code = {
        Instruction{.kind = Kind::load, .source = 0},
        Instruction{.kind = Kind::load, .source = 1},
        Instruction{.kind = Kind::number, .source = 0},
        Instruction{.op = Op::divide, .operands = {1, 2, 0}},
        Instruction{.op = Op::sqrt, .operands = {3, 0, 0}},
        Instruction{.op = Op::multiply, .operands = {0, 4, 0}},
    };
    program.outputs = {{5, DType::f32}};
    const std::string text = emit::emit_kernel(program, "kernel", Processor::avx512).ir;
    const std::size_t columns = text.find("body0:");
    ASSERT_NE(columns, std::string::npos) << text;
    EXPECT_LT(text.find(" = fdiv"), columns);
    EXPECT_LT(text.find("call <16 x float> @llvm.sqrt"), columns);
    EXPECT_EQ(text.find("fdiv", columns), std::string::npos);
    EXPECT_NE(text.find(" = fmul", columns), std::string::npos);
}

TEST(S16KernelTest, PowersOfTwoAreScaledByOneInstructionWhereThereIsOne) {
    using kernel::Instruction;
    using kernel::Kind;
    kernel::Program program;
    program.inputs = {{DType::f32, kernel::Step::unit, kernel::Fetch::none}};
    program.code = {Instruction{.kind = Kind::load, .source = 0},
                    Instruction{.op = Op::exp, .operands = {0, 0, 0}}};
    program.outputs = {{1, DType::f32}};
    const auto written_for = [&program](Processor width) {
        return emit::emit_kernel(program, "kernel", width).ir;
    };
    EXPECT_NE(written_for(Processor::avx512).find("avx512.mask.scalef.ps"), std::string::npos);
    EXPECT_EQ(written_for(Processor::avx2).find("avx512"), std::string::npos);
}

}  // namespace
}  // namespace monnto
