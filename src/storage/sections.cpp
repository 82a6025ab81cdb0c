#include <monnto/storage/sections.hpp>

#include <monnto/base/error.hpp>

#include <algorithm>
#include <cctype>

namespace monnto {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

bool is_same_name(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) ==
               std::tolower(static_cast<unsigned char>(b));
    });
}

/// configparser's interpolation: a doubled percent sign is one.
std::string without_doubled_percent(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        plain += text[i];
        if (text[i] == '%' && i + 1 < text.size() && text[i + 1] == '%') {
            ++i;
        }
    }
    return plain;
}

void append_value(std::string& out, std::string_view value) {
    for (const char c : value) {
        out += c;
        if (c == '%') {
            out += '%';
        } else if (c == '\n') {
            out += '\t';
        }
    }
}

/// Reads line by line; remembers which value a continued line belongs to.
class Reader {
public:
    explicit Reader(std::string_view source) : source_(source) {}

    std::vector<std::pair<std::string, Sections::Pairs>> read() {
        while (at_ < source_.size()) {
            const std::size_t end = std::min(source_.find('\n', at_), source_.size());
            line(source_.substr(at_, end - at_));
            at_ = end + 1;
        }
        return std::move(sections_);
    }

private:
    void line(std::string_view text) {
        const std::string_view body = trimmed(text);
        const bool is_indented =
            !text.empty() && std::isspace(static_cast<unsigned char>(text[0])) != 0;
        if (body.empty()) {
            return;
        }
        if (is_indented && has_key_) {
            sections_.back().second.back().second += "\n" + without_doubled_percent(body);
        } else if (body[0] == '#' || body[0] == ';') {
            return;
        } else if (body.front() == '[' && body.back() == ']') {
            sections_.emplace_back(body.substr(1, body.size() - 2), Sections::Pairs{});
            has_key_ = false;
        } else {
            pair(body);
        }
    }

    void pair(std::string_view body) {
        const std::size_t mark = body.find_first_of("=:");
        if (mark == std::string_view::npos || sections_.empty()) {
            throw ParseError(std::string(source_), at_,
                             sections_.empty() ? "a [section] must come first"
                                               : "a line 'key = value' is needed");
        }
        sections_.back().second.emplace_back(
            trimmed(body.substr(0, mark)), without_doubled_percent(trimmed(body.substr(mark + 1))));
        has_key_ = true;
    }

    std::string_view source_;
    std::size_t at_ = 0;
    bool has_key_ = false;
    std::vector<std::pair<std::string, Sections::Pairs>> sections_;
};

/// The pair called exactly so, else one that differs in case only.
template <class Pairs>
auto find_pair(Pairs& pairs, std::string_view key) {
    auto found = std::ranges::find_if(pairs, [&](const auto& p) { return p.first == key; });
    if (found == pairs.end()) {
        found =
            std::ranges::find_if(pairs, [&](const auto& p) { return is_same_name(p.first, key); });
    }
    return found;
}

}  // namespace

Sections Sections::parse(std::string_view text) {
    Sections made;
    made.sections_ = Reader(text).read();
    return made;
}

std::string Sections::print() const {
    std::string out;
    for (const auto& [name, pairs] : sections_) {
        out += "[" + name + "]\n";
        for (const auto& [key, value] : pairs) {
            out += key + " = ";
            append_value(out, value);
            out += "\n";
        }
        out += "\n";
    }
    return out;
}

Sections::Pairs* Sections::find(std::string_view section) {
    const auto found =
        std::ranges::find_if(sections_, [&](const auto& s) { return s.first == section; });
    return found == sections_.end() ? nullptr : &found->second;
}

const Sections::Pairs* Sections::find(std::string_view section) const {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): the same search, read only
    return const_cast<Sections*>(this)->find(section);
}

void Sections::set(std::string_view section, std::string_view key, std::string value) {
    const auto is_bad = [](std::string_view name, std::string_view marks) {
        return name.empty() || name != trimmed(name) ||
               name.find_first_of(marks) != std::string_view::npos;
    };
    if (is_bad(key, "=:\n\r") || key[0] == '[' || key[0] == '#' || key[0] == ';') {
        throw BadParameter(
            "key", std::string(key),
            "a name without '=', ':' and line breaks, and no '[', '#', ';' in front");
    }
    if (is_bad(section, "]\n\r")) {
        throw BadParameter("section", std::string(section), "a name without ']' and line breaks");
    }
    Pairs* pairs = find(section);
    if (pairs == nullptr) {
        pairs = &sections_.emplace_back(section, Pairs{}).second;
    }
    const auto same = std::ranges::find_if(*pairs, [&](const auto& p) { return p.first == key; });
    if (same != pairs->end()) {
        same->second = std::move(value);
    } else {
        pairs->emplace_back(key, std::move(value));
    }
}

std::optional<std::string> Sections::get(std::string_view section, std::string_view key) const {
    const Pairs* pairs = find(section);
    if (pairs == nullptr) {
        return {};
    }
    const auto found = find_pair(*pairs, key);
    return found == pairs->end() ? std::nullopt : std::optional(found->second);
}

bool Sections::remove(std::string_view section, std::string_view key) {
    Pairs* pairs = find(section);
    return pairs != nullptr &&
           std::erase_if(*pairs, [&](const auto& p) { return p.first == key; }) > 0;
}

Sections::Pairs Sections::all(std::string_view section) const {
    const Pairs* pairs = find(section);
    return pairs == nullptr ? Pairs{} : *pairs;
}

std::vector<std::string> Sections::names() const {
    std::vector<std::string> names;
    names.reserve(sections_.size());
    for (const auto& section : sections_) {
        names.push_back(section.first);
    }
    return names;
}

}  // namespace monnto
