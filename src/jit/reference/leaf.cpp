#include "integer.hpp"
#include "kernels.hpp"
#include "operand.hpp"
#include "random.hpp"

#include <algorithm>
#include <type_traits>

namespace monnto::reference {
namespace {

template <class T>
[[nodiscard]] T element_of(const Number& number) noexcept {
    T element{};
    number.store(&element);
    return element;
}

[[nodiscard]] Value constant(const Node& node) {
    Value result = fresh(node.dtype, node.shape);
    const Number& number = node.attribute<ConstantAttr>().value;
    dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        std::fill_n(elements<T>(result), node.shape.product(), element_of<T>(number));
    });
    return result;
}

[[nodiscard]] Value arange(const Node& node) {
    Value result = fresh(node.dtype, node.shape);
    const auto& attribute = node.attribute<ArangeAttr>();
    dispatch(node.dtype, [&]<class T>() {
        using C = computed_t<T>;
        const auto start = static_cast<C>(element_of<T>(attribute.start));
        const auto step = static_cast<C>(element_of<T>(attribute.step));
        T* out = elements<T>(result);
        for (std::ptrdiff_t i = 0; i < node.shape.product(); ++i) {
            if constexpr (Integer<C>) {
                out[i] = wrapping_add(start, wrapping_multiply(static_cast<C>(i), step));
            } else if constexpr (std::is_same_v<C, bool>) {
                out[i] = start != (i % 2 != 0 && step);
            } else {
                out[i] = T(start + static_cast<C>(i) * step);
            }
        }
    });
    return result;
}

}  // namespace

Value run_leaf(const Node& node) {
    switch (node.op) {
        case Op::constant:
            return constant(node);
        case Op::arange:
            return arange(node);
        case Op::random:
            return run_random(node);
        default:
            throw InternalError("leaf: not one to evaluate: " + std::string(name_of(node.op)));
    }
}

}  // namespace monnto::reference
