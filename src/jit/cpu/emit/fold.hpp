#pragma once

#include "combination.hpp"
#include "program/program.hpp"

#include <memory>
#include <string>
#include <utility>

namespace monnto::emit {

/// Writes the part of a kernel that reduces a value.
class Fold {
public:
    explicit Fold(const kernel::Fold& fold) : fold_(fold) {}
    Fold(const Fold&) = delete;
    Fold& operator=(const Fold&) = delete;
    virtual ~Fold() = default;

    [[nodiscard]] std::size_t value() const noexcept { return fold_.value; }
    /// Before the first column, in each row where there are rows.
    virtual void start() = 0;
    virtual void take(const std::string& value, const std::string& column,
                      const std::string& mask) = 0;
    /// Behind the last column, whose number follows `end` - 1.
    virtual void finish(const std::string& end) = 0;

protected:
    [[nodiscard]] const kernel::Fold& fold() const noexcept { return fold_; }

private:
    kernel::Fold fold_;
};

/// One block of a fold of everything, for kernels that go through two of them at a time: the
/// additions of one hide how long those of the other take.
class WholeBlock {
public:
    WholeBlock(const kernel::Fold& fold, std::string address)
        : value_(fold.value), lanes_(fold), address_(std::move(address)) {}

    [[nodiscard]] std::size_t value() const noexcept { return value_; }
    void start() { lanes_.reset(); }
    void take(const std::string& value, const std::string& column) {
        lanes_.take(value, column, "");
    }
    /// The lanes of the block that holds that column, of min and max lane 0 alone.
    void leave(const std::string& column) const;

private:
    std::size_t value_;
    FoldLanes lanes_;
    std::string address_;
};

/// `columns` is the register with the count of columns, `more` with the second word of the fold;
/// both only where it is along rows.
[[nodiscard]] std::unique_ptr<Fold> make_fold(const kernel::Fold& fold, std::string address,
                                              std::string more, std::string columns);

}  // namespace monnto::emit
