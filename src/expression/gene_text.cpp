#include <monnto/expression/gene_text.hpp>

#include "characters.hpp"

#include <monnto/base/error.hpp>

#include <algorithm>

namespace monnto::expression {
namespace {

bool is_name(std::string_view text) {
    return !text.empty() && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), is_word);
}

// Behind one of these an opening bracket begins a subscript.
bool ends_a_value(std::string_view before) {
    const std::string_view last = trimmed(before);
    return !last.empty() && (is_word(last.back()) || last.back() == ')' || last.back() == ']' ||
                             static_cast<unsigned char>(last.back()) >= 0x80U);
}

struct Bracket {
    std::size_t hash = std::string_view::npos;  // the last '#' directly inside
    std::size_t end = std::string_view::npos;   // of the closing bracket
};

Bracket find_close(std::string_view text, std::size_t open) {
    Bracket bracket;
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        depth += text[i] == '[' ? 1 : 0;
        depth -= text[i] == ']' ? 1 : 0;
        if (depth == 0) {
            bracket.end = i;
            return bracket;
        }
        if (text[i] == '#' && depth == 1) {
            bracket.hash = i;
        }
    }
    return bracket;
}

GeneText with_default(std::string_view text, std::size_t open, const Bracket& bracket) {
    const std::string_view key =
        trimmed(text.substr(bracket.hash + 1, bracket.end - bracket.hash - 1));
    const std::string_view value = trimmed(text.substr(open + 1, bracket.hash - open - 1));
    if (value.empty()) {
        throw ParseError(std::string(text), open + 1,
                         "the default of this gene is missing; write [0.5#key] or [key]");
    }
    if (key.empty()) {
        throw ParseError(std::string(text), bracket.hash + 1, "the key of this gene is missing");
    }
    return {open, bracket.end + 1, std::string(key), std::string(value)};
}

}  // namespace

std::vector<GeneText> find_genes(std::string_view text) {
    std::vector<GeneText> genes;
    std::size_t at = 0;
    while ((at = text.find('[', at)) != std::string_view::npos) {
        const Bracket bracket = find_close(text, at);
        if (bracket.end == std::string_view::npos) {
            if (bracket.hash != std::string_view::npos) {
                throw ParseError(std::string(text), at, "the bracket of this gene is not closed");
            }
            break;
        }
        const std::string_view inside = trimmed(text.substr(at + 1, bracket.end - at - 1));
        if (bracket.hash != std::string_view::npos) {
            genes.push_back(with_default(text, at, bracket));
            at = bracket.end + 1;
        } else if (is_name(inside) && !ends_a_value(text.substr(0, at))) {
            genes.push_back({at, bracket.end + 1, std::string(inside), std::nullopt});
            at = bracket.end + 1;
        } else {
            ++at;  // a list or a subscript, which may hold genes
        }
    }
    return genes;
}

}  // namespace monnto::expression
