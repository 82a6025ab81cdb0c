#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace monnto {

/// A mistake that the caller can fix. Every kind of mistake has a type of its own that carries the
/// values at fault; `what()` says where, what was found and what would do.
///
/// The engine adds context while the exception travels outwards (`in NeuronGroup 'exc', behavior
/// Lif at key 2, iteration 17`), so a message is complete wherever it is caught.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& message);

    [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

    /// The message alone, without the context that was added on the way out.
    [[nodiscard]] const char* bare_message() const noexcept { return std::runtime_error::what(); }

    /// Appends a line of context. Only the first call has an effect: the innermost place is the one
    /// that helps.
    void add_context(std::string_view context);

private:
    std::string message_;
    bool has_context_ = false;
};

/// A defect of monnto, never the caller's fault. Has its own root so that nobody swallows it with
/// `Error`.
class InternalError : public std::logic_error {
public:
    explicit InternalError(const std::string& message);
};

/// Shapes that an operation cannot combine.
class ShapeMismatch : public Error {
public:
    ShapeMismatch(std::string operation, std::vector<std::ptrdiff_t> left,
                  std::vector<std::ptrdiff_t> right, std::string_view advice);

    std::string operation;
    std::vector<std::ptrdiff_t> left;
    std::vector<std::ptrdiff_t> right;
};

/// A dtype that an operation cannot take, or a cast that would lose what the user did not give up.
class TypeMismatch : public Error {
public:
    TypeMismatch(std::string operation, std::string found, std::string_view advice);

    std::string operation;
    std::string found;
};

/// An index outside its axis. Raised before anything is written (S11).
class IndexOutOfRange : public Error {
public:
    IndexOutOfRange(std::ptrdiff_t index, int axis, std::ptrdiff_t size);

    std::ptrdiff_t index;
    int axis;
    std::ptrdiff_t size;
};

/// A name (variable, tag, parameter, mode, function) that does not exist; names the nearest that
/// does.
class UnknownName : public Error {
public:
    /// `kind` is the noun for the message ("variable", "tag"); `where` the place that was searched.
    UnknownName(std::string kind, std::string name, std::string_view where,
                const std::vector<std::string>& known);

    std::string kind;
    std::string name;
    std::string nearest;  // empty where nothing is close
};

/// A value that a parameter, an argument or a setting cannot take.
class BadParameter : public Error {
public:
    BadParameter(std::string name, std::string value, std::string_view advice);

    std::string name;
    std::string value;
};

/// Text that does not follow the grammar; the message shows the source with a caret under
/// `position`.
class ParseError : public Error {
public:
    ParseError(std::string source, std::size_t position, std::string_view problem);

    std::string source;
    std::size_t position;  // in bytes, from 0
};

/// An operation that is not possible in the present state (reading a slot never assigned, writing
/// to a read-only array, running a network that is running).
class BadState : public Error {
public:
    using Error::Error;
};

}  // namespace monnto
