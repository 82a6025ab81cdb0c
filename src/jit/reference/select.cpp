#include "lookup.hpp"
#include "operand.hpp"

namespace monnto::reference {
namespace {

template <class T>
void where_row(const Row& row) {
    auto* out = static_cast<T*>(row.out);
    const auto* condition = static_cast<const bool*>(row.in[0]);
    const auto* yes = static_cast<const T*>(row.in[1]);
    const auto* no = static_cast<const T*>(row.in[2]);
    const auto [s, s_yes, s_no] = row.step;
    const std::ptrdiff_t count = row.count;
    const auto each = [=](auto step, auto step_yes, auto step_no) {
#pragma GCC ivdep
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            const T a = yes[i * step_yes];
            const T b = no[i * step_no];
            out[i] = condition[i * step] ? a : b;
        }
    };
    constexpr std::integral_constant<std::ptrdiff_t, 0> fixed;
    constexpr std::integral_constant<std::ptrdiff_t, 1> next;
    if (s == 1 && s_yes == 1 && s_no == 1) {
        each(next, next, next);
    } else if (s == 1 && s_yes == 0 && s_no == 1) {
        each(next, fixed, next);
    } else if (s == 1 && s_yes == 1 && s_no == 0) {
        each(next, next, fixed);
    } else {
        each(s, s_yes, s_no);
    }
}

}  // namespace

Kernel where_kernel(std::size_t bytes) {
    return dispatch_by_size(bytes, []<class T>() -> Kernel { return &where_row<T>; });
}

}  // namespace monnto::reference
