#include "reduction.hpp"

namespace monnto::reference {

ReductionLoop arg_extreme_loop(DType dtype, bool greatest) {
    return dispatch(dtype, [greatest]<class T>() {
        return greatest ? loop_of<ArgExtreme<T, true>>() : loop_of<ArgExtreme<T, false>>();
    });
}

}  // namespace monnto::reference
