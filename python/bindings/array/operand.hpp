#pragma once

#include <monnto/array/array.hpp>

#include <Python.h>

#include <optional>

namespace monnto::python {

enum class Parsed : unsigned char {
    ours,   // `operand` is set
    defer,  // the other object has arithmetic of its own: let it try (torch, SciPy, pandas)
    host,   // NumPy must decide (complex, strings, subclasses of ndarray, None, huge ints)
};

/// What a Python object means as operand. Numbers stay weak as NEP 50 says, ndarrays and sequences
/// become arrays as S7 says.
[[nodiscard]] Parsed parse_operand(PyObject* object, std::optional<Operand>& operand);

/// The same where nobody can be deferred to; throws UseHost for what is not ours.
[[nodiscard]] Operand operand_of(PyObject* object);
/// As `operand_of`, but numbers become zero-dimensional arrays.
[[nodiscard]] Array array_argument(PyObject* object);
/// A number (Python's, NumPy's or a Scalar), where the object is one.
[[nodiscard]] std::optional<Number> number_of(PyObject* object);

/// True while np.errstate asks for errors (S10): everything then runs at once, in NumPy.
extern bool checks_are_eager;

}  // namespace monnto::python
