#include <monnto/array/op.hpp>

#include <array>
#include <cstddef>

namespace monnto {

namespace {

#define MONNTO_NAME(name, family, inputs) std::string_view(#name),
constexpr std::array op_names = {MONNTO_OPS(MONNTO_NAME)};
#undef MONNTO_NAME

#define MONNTO_FAMILY(name, family, inputs) OpFamily::family,
constexpr std::array op_families = {MONNTO_OPS(MONNTO_FAMILY)};
#undef MONNTO_FAMILY

}  // namespace

std::string_view name_of(Op op) noexcept {
    return op_names[static_cast<std::size_t>(op)];
}

OpFamily family_of(Op op) noexcept {
    return op_families[static_cast<std::size_t>(op)];
}

}  // namespace monnto
