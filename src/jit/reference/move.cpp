#include "move.hpp"

#include <monnto/array/executor.hpp>

namespace monnto::reference {

Value copied(const Node& input) {
    Value result = fresh(input.dtype, input.shape);
    const Operand from = operand(input);
    dispatch_by_size(size_of(input.dtype), [&]<class T>() {
        move_elements(input.shape, elements<T>(result), result.strides, from.as<T>(), from.strides);
    });
    return result;
}

Value overwritable(const NodeRef& base) {
    if (can_donate(base)) {
        ++counters().donated;
        return base->value();
    }
    return copied(*base);
}

}  // namespace monnto::reference
