#pragma once

#include "combination.hpp"
#include "program/program.hpp"

#include <memory>
#include <string>

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

/// `columns` is the register with the count of columns, `more` with the second word of the fold;
/// both only where it is along rows.
[[nodiscard]] std::unique_ptr<Fold> make_fold(const kernel::Fold& fold, std::string address,
                                              std::string more, std::string columns);

}  // namespace monnto::emit
