#include "kernels.hpp"
#include "lookup.hpp"
#include "operand.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/turned_copy.hpp>

#include <string>

namespace monnto::reference {
namespace {

[[nodiscard]] Kernel unary_kernel_of(const Node& node) {
    const DType from = node.inputs()[0]->dtype;
    if (node.op == Op::cast) {
        return cast_kernel(from, node.dtype);
    }
    const Kernel kernel = unary_kernel(node.op, from);
    return kernel != nullptr ? kernel : function_kernel(node.op, from);
}

[[nodiscard]] Kernel binary_kernel_of(Op op, DType dtype) {
    for (const auto find :
         {arithmetic_kernel, bitwise_kernel, division_kernel, binary_function_kernel}) {
        if (const Kernel kernel = find(op, dtype); kernel != nullptr) {
            return kernel;
        }
    }
    return nullptr;
}

/// The buffer of an input that nobody reads after this node, or a fresh one.
[[nodiscard]] Value place_for_result(const Node& node) {
    for (const NodeRef& input : node.inputs().all()) {
        if (size_of(input->dtype) == size_of(node.dtype) && input->shape == node.shape &&
            can_donate(input)) {
            ++counters().donated;
            return {input->value().buffer, 0, contiguous_strides(node.shape)};
        }
    }
    return fresh(node.dtype, node.shape);
}

template <std::size_t N>
void run_rows(const Node& node, Kernel kernel, const Value& result) {
    std::array<const std::byte*, N> data{};
    std::array<std::size_t, N> width{};
    std::array<Strides, N + 1> strides{};
    for (std::size_t k = 0; k < N; ++k) {
        const Node& input = *node.inputs()[k];
        const Operand in = operand(input, node.shape);
        data[k] = in.data;
        width[k] = size_of(input.dtype);
        strides[k] = in.strides;
    }
    strides[N] = result.strides;
    const auto advance = [](const std::byte* from, std::ptrdiff_t elements_on, std::size_t bytes) {
        return from + elements_on * static_cast<std::ptrdiff_t>(bytes);
    };
    auto* out = elements<std::byte>(result);
    for_each_row<N + 1>(
        node.shape, strides, [&](const auto& at, std::ptrdiff_t count, const auto& step) {
            Row row{.out = out, .in = {}, .step = {}, .count = count};
            for (std::size_t k = 0; k < N; ++k) {
                row.in[k] = advance(data[k], at[k], width[k]);
                row.step[k] = step[k];
            }
            row.out = out + at[N] * static_cast<std::ptrdiff_t>(size_of(node.dtype));
            kernel(row);
        });
}

}  // namespace

Kernel elementwise_kernel(const Node& node) {
    switch (family_of(node.op)) {
        case OpFamily::unary:
        case OpFamily::predicate:
            return unary_kernel_of(node);
        case OpFamily::binary:
            return binary_kernel_of(node.op, node.dtype);
        case OpFamily::comparison:
            return comparison_kernel(node.op, node.inputs()[0]->dtype);
        case OpFamily::select:
            return where_kernel(size_of(node.dtype));
        default:
            return nullptr;
    }
}

Value run_elementwise(Node& node) {
    const Kernel kernel = elementwise_kernel(node);
    if (kernel == nullptr) {
        throw InternalError(std::string(name_of(node.op)) + ": no kernel for " +
                            std::string(name_of(node.inputs()[0]->dtype)));
    }
    const Node& first = *node.inputs()[0];
    if (node.op == Op::copy && is_large_turned(first.shape, first.value().strides)) {
        return contiguous(first);
    }
    Value result = place_for_result(node);
    switch (node.inputs().size()) {
        case 1:
            run_rows<1>(node, kernel, result);
            break;
        case 2:
            run_rows<2>(node, kernel, result);
            break;
        default:
            run_rows<3>(node, kernel, result);
            break;
    }
    return result;
}

}  // namespace monnto::reference
