#pragma once

#include <monnto/array/dtype.hpp>

#include <cstdint>

namespace monnto::emit {

/// Calls `f.template operator()<T>()` with the element type; f16 and bf16 have none here and give
/// the default result.
template <class F>
auto dispatch(DType dtype, const F& f) -> decltype(f.template operator()<float>()) {
    switch (dtype) {
        case DType::boolean:
            return f.template operator()<bool>();
        case DType::u8:
            return f.template operator()<std::uint8_t>();
        case DType::u16:
            return f.template operator()<std::uint16_t>();
        case DType::u32:
            return f.template operator()<std::uint32_t>();
        case DType::u64:
            return f.template operator()<std::uint64_t>();
        case DType::i8:
            return f.template operator()<std::int8_t>();
        case DType::i16:
            return f.template operator()<std::int16_t>();
        case DType::i32:
            return f.template operator()<std::int32_t>();
        case DType::i64:
            return f.template operator()<std::int64_t>();
        case DType::f32:
            return f.template operator()<float>();
        case DType::f64:
            return f.template operator()<double>();
        case DType::f16:
        case DType::bf16:
            break;
    }
    return {};
}

}  // namespace monnto::emit
