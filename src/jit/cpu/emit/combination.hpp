#pragma once

#include "program/program.hpp"

#include <string>

namespace monnto::emit {

/// How a reduction combines vectors of its dtype. Where both operands are meant to come in the
/// order of elements, the second one is the later.
class Combination {
public:
    explicit Combination(const kernel::Fold& fold);

    [[nodiscard]] std::string identity() const;
    [[nodiscard]] std::string combined(const std::string& earlier, const std::string& later) const;
    /// A vector whose lane 0 combines all lanes, by the tree 8, 4, 2, 1 (S17). `places` are the
    /// numbers of elements where `has_places`.
    [[nodiscard]] std::string joined(std::string lanes, std::string places) const;

    /// Whether it matters which of equal elements came last: min and max of floats, for the sign of
    /// zeros.
    [[nodiscard]] bool has_places() const noexcept { return is_extreme_ && is_float(dtype_); }
    /// Whether it matters which elements are combined first.
    [[nodiscard]] bool has_lanes() const noexcept { return !is_extreme_ && is_float(dtype_); }
    /// Where the later element replaces the earlier one. Contract: has_places().
    [[nodiscard]] std::string replaces(const std::string& earlier, const std::string& later) const;

    [[nodiscard]] const std::string& type() const noexcept { return type_; }
    [[nodiscard]] const std::string& memory_type() const noexcept { return memory_type_; }
    [[nodiscard]] std::size_t width() const noexcept { return size_of(dtype_); }  // bytes
    [[nodiscard]] std::string loaded(const std::string& address) const;
    void store(const std::string& value, const std::string& address) const;
    /// Lane 0 alone.
    void store_first(const std::string& value, const std::string& address) const;

private:
    [[nodiscard]] std::string in_memory(const std::string& value) const;

    DType dtype_;
    bool multiplies_;
    bool is_extreme_;
    bool is_greatest_;
    std::string type_;         // <16 x float>
    std::string memory_type_;  // the same, with bytes for truth values
};

/// The 16 lanes of a reduction while a kernel walks along elements.
class FoldLanes {
public:
    explicit FoldLanes(const kernel::Fold& fold) : combination_(fold) {}

    void reset();
    /// Elements `column` to `column` + 15, those in `mask` where it is not empty.
    void take(const std::string& value, const std::string& column, const std::string& mask);
    [[nodiscard]] std::string value() const;
    [[nodiscard]] std::string joined() const;
    [[nodiscard]] const Combination& combination() const noexcept { return combination_; }

private:
    [[nodiscard]] std::string loaded(const std::string& type, const std::string& variable) const;

    Combination combination_;
    std::string lanes_;   // a variable
    std::string places_;  // a variable, where it has places
};

}  // namespace monnto::emit
