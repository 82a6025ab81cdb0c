#pragma once

#include <monnto/expression/ast.hpp>

#include <string>
#include <string_view>

namespace monnto::expression {

/// The expression without blanks and with no more parentheses than needed; parses to the same tree.
[[nodiscard]] std::string to_text(const Expression& expression);

/// The key under which a recording is kept (S24): as to_text, with the prefixes n., s., neurons.,
/// synapse. and synapses. dropped, so that `voltage`, `n.voltage` and `neurons.voltage` are one.
/// A prefix stays before a call (`n.vector('uniform')`), which is the object's and not a
/// variable's.
[[nodiscard]] std::string normalized(const Expression& expression);

/// The same for any text: where it does not parse, the text without blanks.
[[nodiscard]] std::string normalized(std::string_view source);

}  // namespace monnto::expression
