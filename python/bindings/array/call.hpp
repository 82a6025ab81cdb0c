#pragma once

#include "operand.hpp"

#include <monnto/array/functions/reduce.hpp>

#include <Python.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace monnto::python {

class Call;

/// A function of NumPy's that we do ourselves: its NumPy name, its parameters in NumPy's order,
/// what it does.
struct Native {
    static constexpr int max_parameters = 10;
    const char* name;
    PyObject* (*run)(const Call&);
    std::array<const char*, max_parameters> parameters;
};

/// The arguments of one call, in the order of `Native::parameters`. Whatever a getter cannot read
/// makes it throw UseHost, and NumPy does the call instead.
class Call {
public:
    Call() = default;
    /// Python's vectorcall convention; `self` (may be null) is the first argument.
    void bind(const Native& native, PyObject* self, PyObject* const* args, Py_ssize_t count,
              PyObject* names);
    /// As tuple and dict.
    void bind(const Native& native, PyObject* args, PyObject* kwargs);

    [[nodiscard]] PyObject* get(int i) const noexcept {
        return values_[static_cast<std::size_t>(i)];
    }
    /// Whether it was given, and not as None.
    [[nodiscard]] bool has(int i) const noexcept { return get(i) != nullptr && get(i) != Py_None; }
    /// Refuses arguments that only NumPy knows what to do with.
    void refuse(std::initializer_list<int> arguments) const;

    [[nodiscard]] Array array(int i) const { return array_argument(required(i)); }
    [[nodiscard]] Operand operand(int i) const { return operand_of(required(i)); }
    /// The first argument of a reduction: an Array, or a Scalar's number as one.
    [[nodiscard]] bool flag(int i, bool fallback = false) const;
    [[nodiscard]] std::ptrdiff_t integer(int i, std::ptrdiff_t fallback) const;
    [[nodiscard]] double real(int i, double fallback) const;
    [[nodiscard]] std::optional<std::ptrdiff_t> axis(int i) const;  // None or int
    [[nodiscard]] std::optional<std::ptrdiff_t> axis(int i, std::ptrdiff_t fallback) const;
    [[nodiscard]] std::optional<std::vector<std::ptrdiff_t>> axes(
        int i) const;  // None, int or tuple
    [[nodiscard]] Over over(int axes_at, int keepdims_at) const {
        return {axes(axes_at), flag(keepdims_at)};
    }
    [[nodiscard]] std::optional<DType> dtype(int i) const;
    [[nodiscard]] std::vector<std::ptrdiff_t> integers(int i) const;  // int or sequence of ints
    [[nodiscard]] Shape shape(int i) const;
    [[nodiscard]] std::vector<Array> arrays(int i) const;  // a sequence of arrays
    [[nodiscard]] std::string text(int i, const char* fallback) const;

    /// `result`, or `out` after `result` was written to it. New reference.
    [[nodiscard]] PyObject* deliver(Array result, int out_at) const;

private:
    [[nodiscard]] PyObject* required(int i) const;
    void bind_keyword(const Native& native, PyObject* name, PyObject* value);

    std::array<PyObject*, Native::max_parameters> values_{};
};

/// Writes `result` to the array `out` as a ufunc does: same_kind casts, and the shape must fit.
void write_out(const Array& out, const Array& result);

/// Runs `native`; where it throws UseHost, NumPy's function of that name does.
PyObject* call_native(const Native& native, PyObject* const* args, Py_ssize_t count,
                      PyObject* names) noexcept;
/// The same as method of `self`.
PyObject* call_method(const Native& native, PyObject* self, PyObject* const* args, Py_ssize_t count,
                      PyObject* names) noexcept;

}  // namespace monnto::python
