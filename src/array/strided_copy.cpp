#include "strided_copy.hpp"

#include <monnto/array/turned_copy.hpp>

#include <cstdint>
#include <cstring>

namespace monnto {

namespace {

template <class T>
void copy_row(std::byte* to, std::ptrdiff_t to_step, const std::byte* from,
              std::ptrdiff_t from_step, std::ptrdiff_t count) {
    auto* out = reinterpret_cast<T*>(to);
    const auto* in = reinterpret_cast<const T*>(from);
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        out[i * to_step] = in[i * from_step];
    }
}

void copy_row(std::size_t bytes, std::byte* to, std::ptrdiff_t to_step, const std::byte* from,
              std::ptrdiff_t from_step, std::ptrdiff_t count) {
    if (to_step == 1 && from_step == 1) {
        std::memcpy(to, from, bytes * static_cast<std::size_t>(count));
        return;
    }
    switch (bytes) {
        case 1:
            copy_row<std::uint8_t>(to, to_step, from, from_step, count);
            break;
        case 2:
            copy_row<std::uint16_t>(to, to_step, from, from_step, count);
            break;
        case 4:
            copy_row<std::uint32_t>(to, to_step, from, from_step, count);
            break;
        default:
            copy_row<std::uint64_t>(to, to_step, from, from_step, count);
            break;
    }
}

void copy_turned(std::size_t bytes, const Shape& shape, std::byte* to, const std::byte* from) {
    const auto copy = [&]<class T>() {
        turned_copy(reinterpret_cast<const T*>(from), reinterpret_cast<T*>(to), shape[0], shape[1]);
    };
    switch (bytes) {
        case 1:
            copy.operator()<std::uint8_t>();
            break;
        case 2:
            copy.operator()<std::uint16_t>();
            break;
        case 4:
            copy.operator()<std::uint32_t>();
            break;
        default:
            copy.operator()<std::uint64_t>();
            break;
    }
}

}  // namespace

void strided_copy(std::size_t element_bytes, const Shape& shape, std::byte* to,
                  const Strides& to_strides, const std::byte* from, const Strides& from_strides) {
    if (shape.product() == 0) {
        return;
    }
    if (is_large_turned(shape, from_strides) && is_contiguous(shape, to_strides)) {
        copy_turned(element_bytes, shape, to, from);
        return;
    }
    const int last = shape.size() - 1;
    const std::ptrdiff_t row = last >= 0 ? shape[last] : 1;
    const auto bytes = static_cast<std::ptrdiff_t>(element_bytes);
    Dims position = Dims::filled(shape.size(), 0);
    while (true) {
        copy_row(element_bytes, to, last >= 0 ? to_strides[last] : 1, from,
                 last >= 0 ? from_strides[last] : 1, row);
        int axis = last - 1;
        for (; axis >= 0; --axis) {
            to += to_strides[axis] * bytes;
            from += from_strides[axis] * bytes;
            if (++position[axis] < shape[axis]) {
                break;
            }
            to -= to_strides[axis] * bytes * shape[axis];
            from -= from_strides[axis] * bytes * shape[axis];
            position[axis] = 0;
        }
        if (axis < 0) {
            return;
        }
    }
}

}  // namespace monnto
