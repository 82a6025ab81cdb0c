#pragma once

#include <cstddef>
#include <cstring>

namespace monnto::reference {

/// A register of the baseline machine, for the few loops whose vectors the compiler does not find.
template <class T>
struct VectorOf;
template <>
struct VectorOf<float> {
    using type __attribute__((vector_size(16))) = float;
};
template <>
struct VectorOf<double> {
    using type __attribute__((vector_size(16))) = double;
};
template <class T>
using Vector = typename VectorOf<T>::type;
template <class T>
inline constexpr std::ptrdiff_t vector_width = 16 / sizeof(T);

template <class T>
[[nodiscard]] inline Vector<T> load(const T* from) noexcept {
    Vector<T> v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
template <class T>
inline void store(T* to, const Vector<T>& v) noexcept {
    std::memcpy(to, &v, sizeof v);
}

}  // namespace monnto::reference
