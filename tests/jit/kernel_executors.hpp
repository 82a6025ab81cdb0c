#pragma once

#include "cpu/compiled_executor.hpp"
#include "cpu/llvm/library.hpp"
#include "nodes.hpp"
#include "reference/real.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>
#include <memory>

/// The same nodes through the interpreter and through compiled kernels of every vector width that
/// this machine has.
namespace monnto::support {

[[nodiscard]] inline std::vector<Processor> compiled_widths() {
    std::vector<Processor> widths;
    if (llvm::library() != nullptr) {
        for (const auto width : {Processor::avx2, Processor::avx512}) {
            if (width <= this_processor()) {
                widths.push_back(width);
            }
        }
    }
    return widths;
}

/// One executor per width for the whole process, compiling at once: kernels are shared by tests.
[[nodiscard]] inline cpu::CompiledExecutor& compiled_executor(Processor width) {
    static std::array<std::unique_ptr<cpu::CompiledExecutor>, 3> executors;
    auto& executor = executors[static_cast<std::size_t>(width)];
    if (!executor) {
        executor = std::make_unique<cpu::CompiledExecutor>(
            cpu::CompiledExecutor::Options{.width = width, .compile_after = 0, .compile_above = 0});
    }
    return *executor;
}

/// Nodes of one computation, recorded anew for each executor because they settle once.
struct Recorded {
    std::vector<NodeRef> nodes;  // in the order of recording
    std::vector<NodeRef> wanted;
};
using Record = std::function<Recorded()>;

inline void run_on(Executor& executor, Recorded& recorded) {
    std::vector<Node*> nodes;
    std::vector<Node*> wanted;
    for (const NodeRef& node : recorded.nodes) {
        nodes.push_back(node.get());
    }
    for (const NodeRef& node : recorded.wanted) {
        wanted.push_back(node.get());
    }
    recorded.nodes.clear();  // as after recording: only consumers and arrays hold nodes
    executor.run(nodes, wanted);
}

/// One number for all NaN, whose payload is not promised.
template <class T>
[[nodiscard]] std::uint64_t bits_of(T x) {
    if constexpr (std::is_same_v<T, float>) {
        return std::isnan(x) ? ~std::uint64_t{0} : std::bit_cast<std::uint32_t>(x);
    } else if constexpr (std::is_same_v<T, double>) {
        return std::isnan(x) ? ~std::uint64_t{0} : std::bit_cast<std::uint64_t>(x);
    } else if constexpr (reference::Stored16<T>) {
        return std::isnan(static_cast<float>(x)) ? ~std::uint64_t{0} : x.bits;
    } else {
        return static_cast<std::uint64_t>(x);
    }
}

/// Whether two settled nodes hold the same bits; NaN equals NaN, whatever its payload.
[[nodiscard]] inline ::testing::AssertionResult same_bits(const NodeRef& a, const NodeRef& b) {
    const auto compare = [&]<class T>() -> ::testing::AssertionResult {
        const auto left = values_of<T>(a);
        const auto right = values_of<T>(b);
        for (std::size_t i = 0; i < left.size(); ++i) {
            const T x = left[i];
            const T y = right[i];
            if (bits_of(x) != bits_of(y)) {
                return ::testing::AssertionFailure()
                       << "element " << i << ": " << +x << " and " << +y;
            }
        }
        return ::testing::AssertionSuccess();
    };
    if (a->dtype != b->dtype || !(a->shape == b->shape)) {
        return ::testing::AssertionFailure() << "other dtype or shape";
    }
    switch (a->dtype) {
        case DType::f32:
            return compare.operator()<float>();
        case DType::f64:
            return compare.operator()<double>();
        case DType::f16:
            return compare.operator()<reference::Half>();
        case DType::bf16:
            return compare.operator()<reference::BFloat>();
        case DType::i8:
            return compare.operator()<std::int8_t>();
        case DType::i16:
            return compare.operator()<std::int16_t>();
        case DType::i32:
            return compare.operator()<std::int32_t>();
        case DType::i64:
            return compare.operator()<std::int64_t>();
        case DType::u16:
            return compare.operator()<std::uint16_t>();
        case DType::u32:
            return compare.operator()<std::uint32_t>();
        case DType::u64:
            return compare.operator()<std::uint64_t>();
        default:
            return compare.operator()<std::uint8_t>();
    }
}

/// Kernels that ran in comparisons so far: a test that compared the interpreter with itself would
/// prove nothing.
[[nodiscard]] inline std::uint64_t& compared_kernels() {
    static std::uint64_t count = 0;
    return count;
}

/// Runs a computation everywhere and compares what it wanted.
inline void expect_same_bits(const Record& record) {
    Recorded expected = record();
    ReferenceExecutor reference;
    run_on(reference, expected);
    for (const Processor width : compiled_widths()) {
        SCOPED_TRACE(name_of(width));
        Recorded computed = record();
        const std::uint64_t kernels = counters().kernels;
        run_on(compiled_executor(width), computed);
        compared_kernels() += counters().kernels - kernels;
        ASSERT_EQ(computed.wanted.size(), expected.wanted.size());
        for (std::size_t i = 0; i < computed.wanted.size(); ++i) {
            ASSERT_TRUE(computed.wanted[i]->is_settled());
            EXPECT_TRUE(same_bits(expected.wanted[i], computed.wanted[i])) << "result " << i;
        }
    }
}

}  // namespace monnto::support
