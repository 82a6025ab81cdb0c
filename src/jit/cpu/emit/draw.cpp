#include "draw.hpp"

namespace monnto::emit {

bool can_draw(Distribution /*distribution*/, DType /*dtype*/) noexcept {
    return false;
}

Draw::Draw(const kernel::Instruction& instruction, std::string key, std::string step,
           std::string ordinal)
    : instruction_(instruction),
      key_(std::move(key)),
      step_(std::move(step)),
      ordinal_(std::move(ordinal)) {}

std::string Draw::write(const std::string& /*column*/) {
    return "";
}

}  // namespace monnto::emit
