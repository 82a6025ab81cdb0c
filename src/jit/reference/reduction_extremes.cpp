#include "reduction.hpp"

namespace monnto::reference {

ReductionLoop extreme_loop(DType dtype, bool greatest) {
    return dispatch(dtype, [greatest]<class T>() {
        return greatest ? loop_of<Extreme<T, true>>() : loop_of<Extreme<T, false>>();
    });
}

}  // namespace monnto::reference
