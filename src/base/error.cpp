#include <monnto/base/error.hpp>

#include <monnto/base/nearest_name.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace monnto {
namespace {

// As NumPy prints a shape, because that is what a user compares it with: (3, 4), (7,), ().
std::string shape_text(const std::vector<std::ptrdiff_t>& shape) {
    if (shape.size() == 1) {
        return fmt::format("({},)", shape[0]);
    }
    return fmt::format("({})", fmt::join(shape, ", "));
}

std::string unknown_name_text(const std::string& kind, const std::string& name,
                              std::string_view where, const std::vector<std::string>& known) {
    std::string text = fmt::format("no {} '{}'", kind, name);
    if (!where.empty()) {
        text += fmt::format(" in {}", where);
    }
    if (const std::string nearest = nearest_name(name, known); !nearest.empty()) {
        return text + fmt::format("; did you mean '{}'?", nearest);
    }
    if (known.empty()) {
        return text + "; there are none yet";
    }
    // A longer list hides the message it belongs to.
    constexpr std::size_t shown = 10;
    const auto end = known.begin() + static_cast<std::ptrdiff_t>(std::min(shown, known.size()));
    text += fmt::format("; there are: {}", fmt::join(known.begin(), end, ", "));
    return known.size() > shown ? text + fmt::format(" and {} more", known.size() - shown) : text;
}

// The line of `source` that holds `position`, cut to a window around it, and a caret below.
std::string caret_text(std::string_view source, std::size_t position) {
    constexpr std::size_t reach = 60;
    position = std::min(position, source.size());
    const std::size_t newline_before =
        position == 0 ? std::string_view::npos : source.rfind('\n', position - 1);
    std::size_t first = newline_before == std::string_view::npos ? 0 : newline_before + 1;
    std::size_t last = std::min(source.find('\n', position), source.size());
    const bool is_cut_left = position - first > reach;
    const bool is_cut_right = last - position > reach;
    first = is_cut_left ? position - reach : first;
    last = is_cut_right ? position + reach : last;
    std::string pad = is_cut_left ? "   " : "";
    for (std::size_t i = first; i < position; ++i) {
        // A tab keeps its width only as a tab; continuation bytes of UTF-8 take no column.
        if ((static_cast<unsigned char>(source[i]) & 0xC0U) != 0x80U) {
            pad += source[i] == '\t' ? '\t' : ' ';
        }
    }
    return fmt::format("    {}{}{}\n    {}^", is_cut_left ? "..." : "",
                       source.substr(first, last - first), is_cut_right ? "..." : "", pad);
}

}  // namespace

Error::Error(const std::string& message) : std::runtime_error(message), message_(message) {}

void Error::add_context(std::string_view context) {
    if (has_context_) {
        return;
    }
    has_context_ = true;
    message_ += fmt::format("\n  in {}", context);
}

InternalError::InternalError(const std::string& message)
    : std::logic_error(fmt::format("internal error (please report it): {}", message)) {}

ShapeMismatch::ShapeMismatch(std::string operation_name, std::vector<std::ptrdiff_t> left_shape,
                             std::vector<std::ptrdiff_t> right_shape, std::string_view advice)
    : Error(fmt::format("{}: shapes {} and {} differ; {}", operation_name, shape_text(left_shape),
                        shape_text(right_shape), advice)),
      operation(std::move(operation_name)),
      left(std::move(left_shape)),
      right(std::move(right_shape)) {}

TypeMismatch::TypeMismatch(std::string operation_name, std::string found_type,
                           std::string_view advice)
    : Error(fmt::format("{}: cannot take {}; {}", operation_name, found_type, advice)),
      operation(std::move(operation_name)),
      found(std::move(found_type)) {}

IndexOutOfRange::IndexOutOfRange(std::ptrdiff_t bad_index, int its_axis, std::ptrdiff_t axis_size)
    : Error(axis_size == 0
                ? fmt::format("index {} on axis {}, which is empty", bad_index, its_axis)
                : fmt::format("index {} is out of range for axis {} of size {}; {} to {} are valid",
                              bad_index, its_axis, axis_size, -axis_size, axis_size - 1)),
      index(bad_index),
      axis(its_axis),
      size(axis_size) {}

UnknownName::UnknownName(std::string kind_, std::string name_, std::string_view where,
                         const std::vector<std::string>& known)
    : Error(unknown_name_text(kind_, name_, where, known)),
      kind(std::move(kind_)),
      name(std::move(name_)),
      nearest(nearest_name(name, known)) {}

BadParameter::BadParameter(std::string name_, std::string value_, std::string_view advice)
    : Error(fmt::format("{} = {}: {}", name_, value_, advice)),
      name(std::move(name_)),
      value(std::move(value_)) {}

ParseError::ParseError(std::string source_, std::size_t position_, std::string_view problem)
    : Error(fmt::format("{}, at column {}\n{}", problem, position_ + 1,
                        caret_text(source_, position_))),
      source(std::move(source_)),
      position(position_) {}

}  // namespace monnto
