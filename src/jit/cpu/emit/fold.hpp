#pragma once

#include "program/program.hpp"

#include <string>

namespace monnto::emit {

/// Writes the part of a kernel that reduces a value: 16 lanes that start at the identity, are left
/// in memory at the end of each block of 4096 elements, and start anew (S17).
class Fold {
public:
    Fold(const kernel::Fold& fold, std::string address);

    [[nodiscard]] std::size_t value() const noexcept { return fold_.value; }
    void start();
    void take(const std::string& value, const std::string& column, const std::string& mask);
    /// The last block, where it is not a whole one.
    void finish(const std::string& end);

private:
    void leave(const std::string& block);
    [[nodiscard]] std::string identity() const;
    [[nodiscard]] std::string combined(const std::string& a, const std::string& b) const;

    kernel::Fold fold_;
    std::string address_;
    std::string lanes_;  // a variable
};

}  // namespace monnto::emit
