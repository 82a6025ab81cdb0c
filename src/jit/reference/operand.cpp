#include "kernels.hpp"
#include "operand.hpp"

#include <monnto/array/turned_copy.hpp>

namespace monnto::reference {

Operand operand(const Node& input, const Shape& target) {
    const Value& value = input.value();
    const auto width = static_cast<std::ptrdiff_t>(size_of(input.dtype));
    return {value.buffer->data() + value.offset * width,
            broadcast_strides(input.shape, value.strides, target)};
}

Operand operand(const Node& input) {
    return operand(input, input.shape);
}

Value fresh(DType dtype, const Shape& shape) {
    const auto count = static_cast<std::size_t>(shape.product());
    return {Buffer::allocate(count * size_of(dtype)), 0, contiguous_strides(shape)};
}

Value place_for(const Node& node) {
    return node.is_settled() ? node.value() : fresh(node.dtype, node.shape);
}

Value contiguous(const Node& input) {
    const Value& value = input.value();
    if (is_contiguous(input.shape, value.strides)) {
        return value;
    }
    const Operand from = operand(input);
    Value result = fresh(input.dtype, input.shape);
    dispatch_by_size(size_of(input.dtype), [&]<class T>() {
        T* out = elements<T>(result);
        if (is_large_turned(input.shape, from.strides)) {
            turned_copy(from.as<T>(), out, input.shape[0], input.shape[1]);
            return;
        }
        for_each_row<1>(input.shape, {from.strides},
                        [&](const auto& at, std::ptrdiff_t count, const auto& step) {
                            const T* in = from.as<T>() + at[0];
                            for (std::ptrdiff_t i = 0; i < count; ++i) {
                                *out++ = in[i * step[0]];
                            }
                        });
    });
    return result;
}

}  // namespace monnto::reference
