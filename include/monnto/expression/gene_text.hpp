#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace monnto::expression {

/// A gene in a parameter string: `[0.5#key]` with a default or `[key]` without.
struct GeneText {
    std::size_t begin = 0;  // of the opening bracket, in bytes
    std::size_t end = 0;    // behind the closing one
    std::string key;
    std::optional<std::string> default_text;  // an expression, as it stands between '[' and '#'
};

/// The genes of `text` from left to right, with their places, so that values can be put there.
/// `[key]` behind a name, a bracket or a parenthesis is a subscript (`v[i]`, `v[0]`) and no gene;
/// with '#' it always is one. Throws ParseError for `[0.5#]`, `[#key]` and a '#' never closed.
[[nodiscard]] std::vector<GeneText> find_genes(std::string_view text);

}  // namespace monnto::expression
