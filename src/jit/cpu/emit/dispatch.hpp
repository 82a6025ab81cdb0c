#pragma once

#include "reference/operand.hpp"

namespace monnto::emit {

/// As the interpreter's `dispatch`, but registers hold no f16 and bf16: those give the default
/// result.
template <class F>
auto dispatch(DType dtype, const F& f) -> decltype(f.template operator()<float>()) {
    return reference::dispatch(dtype, [&f]<class T>() -> decltype(f.template operator()<float>()) {
        if constexpr (std::is_arithmetic_v<T>) {
            return f.template operator()<T>();
        } else {
            return {};
        }
    });
}

}  // namespace monnto::emit
