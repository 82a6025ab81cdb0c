#pragma once

#include <monnto/base/error.hpp>

namespace monnto {

/// Writing to an array that refuses it: what broadcast_to gives, memory of a host that is
/// read-only.
class ReadOnly final : public BadState {
public:
    ReadOnly() : BadState("assignment destination is read-only; copy the array first") {}
};

}  // namespace monnto
