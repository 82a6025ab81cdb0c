#include <monnto/array/op.hpp>

namespace monnto {

std::string_view name_of(Op op) noexcept {
    switch (op) {
#define MONNTO_CASE(name, family, inputs) \
    case Op::name:                        \
        return #name;
        MONNTO_OPS(MONNTO_CASE)
#undef MONNTO_CASE
    }
    return "?";
}

OpFamily family_of(Op op) noexcept {
    switch (op) {
#define MONNTO_CASE(name, family, inputs) \
    case Op::name:                        \
        return OpFamily::family;
        MONNTO_OPS(MONNTO_CASE)
#undef MONNTO_CASE
    }
    return OpFamily::leaf;
}

}  // namespace monnto
