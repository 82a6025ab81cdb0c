#pragma once

#include <monnto/core/parameter.hpp>

namespace monnto {

/// Parameters that may be left out have an empty text as default.
[[nodiscard]] inline bool is_given(const Parameter& parameter) {
    const auto* text = std::get_if<std::string>(&parameter.value());
    return text == nullptr || !text->empty();
}

}  // namespace monnto
