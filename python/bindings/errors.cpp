#include "errors.hpp"

#include <monnto/array/read_only.hpp>
#include <monnto/array/record.hpp>
#include <monnto/base/error.hpp>
#include <monnto/storage/run_store.hpp>
#include <monnto/synapse/memory.hpp>

#include <filesystem>
#include <new>
#include <string>
#include <vector>

namespace nb = nanobind;

namespace monnto::python {

namespace {

struct Classes {
    nb::object error, internal, shape, selection, type, index, axis, items, name, parameter, parse,
        state, number, read_only, stored, memory;
};
Classes& classes() {
    static auto* made = new Classes;  // lives as long as the interpreter: no destructor at exit
    return *made;
}

nb::object make_class(nb::module_& module, const char* name, const char* doc, nb::tuple bases) {
    const std::string full = std::string("monnto.") + name;
    nb::object made =
        nb::steal(checked(PyErr_NewExceptionWithDoc(full.c_str(), doc, bases.ptr(), nullptr)));
    module.attr(name) = made;
    return made;
}

nb::tuple integers(const std::vector<std::ptrdiff_t>& values) {
    nb::list list;
    for (const std::ptrdiff_t v : values) {
        list.append(v);
    }
    return nb::tuple(list);
}

void raise_as(const nb::object& type, const char* message, const nb::dict& fields = {}) {
    nb::object instance = type(nb::str(message));
    for (auto [name, value] : fields) {
        checked(PyObject_SetAttr(instance.ptr(), name.ptr(), value.ptr()));
    }
    PyErr_SetObject(type.ptr(), instance.ptr());
}

template <class... Values>
nb::dict fields(Values&&... values) {
    nb::dict dict;
    const auto add = [&](auto&& pair) { dict[pair.first] = std::move(pair.second); };
    (add(std::forward<Values>(values)), ...);
    return dict;
}
std::pair<const char*, nb::object> field(const char* name, nb::object value) {
    return {name, std::move(value)};
}
nb::object text(const std::string& value) {
    return nb::str(value.c_str(), value.size());
}

void rethrow(const std::exception_ptr& error) {
    Classes& c = classes();
    try {
        std::rethrow_exception(error);
    } catch (nb::python_error& e) {
        e.restore();
    } catch (const ShapeMismatch& e) {
        // NumPy calls an index of the wrong shape an IndexError, operands of the wrong shape a
        // ValueError.
        const bool is_index = e.operation == "boolean index" || e.operation == "index arrays";
        raise_as(is_index ? c.selection : c.shape, e.what(),
                 fields(field("operation", text(e.operation)), field("left", integers(e.left)),
                        field("right", integers(e.right))));
    } catch (const TypeMismatch& e) {
        raise_as(c.type, e.what(),
                 fields(field("operation", text(e.operation)), field("found", text(e.found))));
    } catch (const IndexOutOfRange& e) {
        raise_as(c.index, e.what(),
                 fields(field("index", nb::int_(e.index)), field("axis", nb::int_(e.axis)),
                        field("size", nb::int_(e.size))));
    } catch (const AxisOutOfRange& e) {
        raise_as(c.axis, e.what(),
                 fields(field("axis", nb::int_(e.axis)), field("rank", nb::int_(e.rank))));
    } catch (const TooManyIndices& e) {
        raise_as(c.items, e.what(),
                 fields(field("given", nb::int_(e.given)), field("rank", nb::int_(e.rank))));
    } catch (const NumberOutOfRange& e) {
        raise_as(c.number, e.what(),
                 fields(field("number", nb::int_(e.number)),
                        field("dtype", text(std::string(name_of(e.dtype))))));
    } catch (const UnknownName& e) {
        raise_as(c.name, e.what(),
                 fields(field("kind", text(e.kind)), field("name", text(e.name)),
                        field("nearest", text(e.nearest))));
    } catch (const BadParameter& e) {
        raise_as(c.parameter, e.what(),
                 fields(field("name", text(e.name)), field("value", text(e.value))));
    } catch (const ParseError& e) {
        raise_as(c.parse, e.what(),
                 fields(field("source", text(e.source)), field("position", nb::int_(e.position))));
    } catch (const NothingStored& e) {
        raise_as(c.stored, e.what(), fields(field("name", text(e.name))));
    } catch (const NotEnoughMemory& e) {
        raise_as(c.memory, e.what(),
                 fields(field("needed", nb::float_(e.needed)),
                        field("available", nb::float_(e.available))));
    } catch (const ReadOnly& e) {
        raise_as(c.read_only, e.what());
    } catch (const BadState& e) {
        raise_as(c.state, e.what());
    } catch (const Error& e) {
        raise_as(c.error, e.what());
    } catch (const InternalError& e) {
        raise_as(c.internal, e.what());
    } catch (const std::filesystem::filesystem_error& e) {
        const nb::object made = nb::borrow(PyExc_OSError)(
            e.code().value(), e.code().message().c_str(), e.path1().string().c_str());
        PyErr_SetObject(PyExc_OSError, made.ptr());
    } catch (const nb::builtin_exception& e) {
        PyErr_SetString(PyExc_RuntimeError, e.what());
    } catch (const std::bad_alloc&) {
        PyErr_NoMemory();
    } catch (const std::exception& e) {
        PyErr_SetString(PyExc_RuntimeError, e.what());
    } catch (const UseHost&) {
        PyErr_SetString(PyExc_SystemError, "monnto: a host fallback was not caught");
    }
}

void translate(const std::exception_ptr& error, void*) {
    try {
        std::rethrow_exception(error);
    } catch (const Error&) {
        set_python_error(error);
    } catch (const InternalError&) {
        set_python_error(error);
    } catch (const std::filesystem::filesystem_error&) {
        set_python_error(error);
    }  // whatever else it is goes on to nanobind's own table
}

}  // namespace

void set_python_error(const std::exception_ptr& error) noexcept {
    try {
        rethrow(error);
    } catch (nb::python_error& e) {  // building the error failed: report that instead
        e.restore();
    } catch (const std::exception& e) {
        PyErr_SetString(PyExc_SystemError, e.what());
    }
}

void bind_errors(nb::module_& m) {
    Classes& c = classes();
    const auto derived = [&](const char* name, PyObject* builtin, const char* doc) {
        return make_class(m, name, doc, nb::make_tuple(c.error, nb::borrow(builtin)));
    };
    c.error =
        make_class(m, "Error", "A mistake that the caller can fix; base of all errors of monnto.",
                   nb::make_tuple(nb::borrow(PyExc_RuntimeError)));
    c.internal = make_class(m, "InternalError", "A defect of monnto, never the caller's fault.",
                            nb::make_tuple(nb::borrow(PyExc_RuntimeError)));
    c.shape = derived("ShapeMismatch", PyExc_ValueError,
                      "Shapes that cannot be combined: operation, left, right.");
    c.selection =
        make_class(m, "IndexMismatch", "A mask or index array of a shape that does not fit.",
                   nb::make_tuple(c.shape, nb::borrow(PyExc_IndexError)));
    c.type = derived("TypeMismatch", PyExc_TypeError,
                     "A dtype that an operation cannot take: operation, found.");
    c.index = derived("IndexOutOfRange", PyExc_IndexError,
                      "An index outside its axis: index, axis, size.");
    // As NumPy's AxisError, which is both.
    c.axis = make_class(
        m, "AxisOutOfRange", "An axis that the array does not have: axis, rank.",
        nb::make_tuple(c.error, nb::borrow(PyExc_ValueError), nb::borrow(PyExc_IndexError)));
    c.items = derived("TooManyIndices", PyExc_IndexError, "More indices than axes: given, rank.");
    c.number = derived("NumberOutOfRange", PyExc_OverflowError,
                       "An int that its dtype cannot hold: number, dtype.");
    // A missing variable of an object is an attribute, a missing tag a key: hasattr() and except
    // LookupError must both work.
    c.stored = derived("NothingStored", PyExc_FileNotFoundError,
                       "Nothing of that name was stored in a run: name.");
    c.name = make_class(
        m, "UnknownName", "A name that does not exist: kind, name, nearest.",
        nb::make_tuple(c.error, nb::borrow(PyExc_AttributeError), nb::borrow(PyExc_LookupError)));
    c.parameter = derived("BadParameter", PyExc_ValueError,
                          "A value that a parameter cannot take: name, value.");
    c.parse = derived("ParseError", PyExc_ValueError,
                      "Text that does not follow the grammar: source, position.");
    c.state = make_class(m, "BadState", "An operation that is not possible in the present state.",
                         nb::make_tuple(c.error));
    c.read_only = make_class(m, "ReadOnly", "Writing to an array that refuses it.",
                             nb::make_tuple(c.state, nb::borrow(PyExc_ValueError)));
    c.memory = derived("NotEnoughMemory", PyExc_MemoryError,
                       "A matrix that does not fit: needed, available (bytes).");
    nb::register_exception_translator(translate);
}

}  // namespace monnto::python
