#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace monnto {

/// Texts by section and key, in the order of their first use, as `config.ini` keeps them.
///
/// Reads and writes what Python's configparser does: lines after the first of a value are
/// indented, `%` is doubled. A key is found as it is written, or else whatever its case:
/// configparser stores all keys in lower case.
class Sections {
public:
    using Pairs = std::vector<std::pair<std::string, std::string>>;

    /// Throws ParseError for a line that is neither section, key nor continuation.
    [[nodiscard]] static Sections parse(std::string_view text);
    [[nodiscard]] std::string print() const;

    void set(std::string_view section, std::string_view key, std::string value);
    [[nodiscard]] std::optional<std::string> get(std::string_view section,
                                                 std::string_view key) const;
    bool remove(std::string_view section, std::string_view key);
    /// Empty for a section that is not there.
    [[nodiscard]] Pairs all(std::string_view section) const;
    [[nodiscard]] std::vector<std::string> names() const;

private:
    Pairs* find(std::string_view section);
    [[nodiscard]] const Pairs* find(std::string_view section) const;

    std::vector<std::pair<std::string, Pairs>> sections_;
};

}  // namespace monnto
