#include <monnto/array/functions.hpp>

#include "../errors.hpp"
#include "host.hpp"
#include "natives.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "protocol.hpp"
#include "ufuncs.hpp"

#include <string>
#include <unordered_map>

namespace nb = nanobind;

namespace monnto::python {

namespace {

#define MONNTO_NATIVE_ENTRY(name) &native_##name,
const Native* const natives[] = {MONNTO_NATIVES(MONNTO_NATIVE_ENTRY)};
const Native* const makers[] = {MONNTO_MAKERS(MONNTO_NATIVE_ENTRY)};
#undef MONNTO_NATIVE_ENTRY

std::unordered_map<PyObject*, const Native*> make_table() {
    std::unordered_map<PyObject*, const Native*> table;
    for (const Native* native : natives) {
        PyObject* function = PyObject_GetAttrString(numpy().module, native->name);
        if (function == nullptr) {
            PyErr_Clear();  // another version of NumPy
        } else {
            table.emplace(function, native);  // keeps the reference
        }
    }
    return table;
}

const std::unordered_map<PyObject*, const Native*>& table() {
    static const auto made = make_table();
    return made;
}

PyObject* call_function(PyObject* capsule, PyObject* const* args, Py_ssize_t count,
                        PyObject* names) noexcept {
    return call_native(*static_cast<const Native*>(PyCapsule_GetPointer(capsule, nullptr)), args,
                       count, names);
}

PyObject* call_elementwise(PyObject* capsule, PyObject* const* args, Py_ssize_t count,
                           PyObject* names) noexcept {
    return guarded([&]() -> PyObject* {
        const auto op = static_cast<Op>(
            reinterpret_cast<std::uintptr_t>(PyCapsule_GetPointer(capsule, nullptr)) - 1);
        const bool is_plain =
            !checks_are_eager && (names == nullptr || PyTuple_GET_SIZE(names) == 0);
        const bool is_single =
            family_of(op) == OpFamily::unary || family_of(op) == OpFamily::predicate;
        if (is_plain && count == (is_single ? 1 : 2)) {
            try {
                return wrap_result(is_single
                                       ? unary(op, operand_of(args[0]))
                                       : binary(op, operand_of(args[0]), operand_of(args[1])));
            } catch (const UseHost&) {  // falls through to NumPy
            }
        }
        const nb::object tuple = nb::steal(args_tuple(args, count));
        const nb::object dict = nb::steal(kwargs_dict(args, count, names));
        return host_function(std::string(name_of(op)).c_str(), tuple.ptr(), dict.ptr());
    });
}

using FastCall = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t, PyObject*) noexcept;

void add_function(PyObject* module, const char* name, FastCall function, void* payload) {
    // Lives as long as the interpreter, as the function that points to it may.
    auto* definition =
        new PyMethodDef{name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function)),
                        METH_FASTCALL | METH_KEYWORDS, "As NumPy's function of that name, lazily."};
    const nb::object capsule = nb::steal(checked(PyCapsule_New(payload, nullptr, nullptr)));
    const nb::object made =
        nb::steal(checked(PyCFunction_NewEx(definition, capsule.ptr(), nullptr)));
    checked(PyObject_SetAttrString(module, name, made.ptr()));
}

void* op_payload(Op op) {
    return reinterpret_cast<void*>(static_cast<std::uintptr_t>(op) + 1);
}

}  // namespace

void add_functions(PyObject* module) {
    for (const Native* native : natives) {
        add_function(module, native->name, call_function, const_cast<Native*>(native));  // NOLINT
    }
    for (const Native* native : makers) {
        add_function(module, native->name, call_function, const_cast<Native*>(native));  // NOLINT
    }
#define MONNTO_ADD(name) add_function(module, #name, call_elementwise, op_payload(Op::name));
    MONNTO_UNARY_FUNCTIONS(MONNTO_ADD)
    MONNTO_BINARY_FUNCTIONS(MONNTO_ADD)
#undef MONNTO_ADD
}

PyObject* native_names() noexcept {
    return guarded([] {
        nb::list functions;
        for (const Native* native : natives) {
            functions.append(native->name);
        }
        nb::list ufuncs;
        for (const std::string& name : native_ufunc_names()) {
            ufuncs.append(name.c_str());
        }
        nb::dict names;
        names["functions"] = functions;
        names["ufuncs"] = ufuncs;
        return names.release().ptr();
    });
}

PyObject* array_function(PyObject*, PyObject* const* args, Py_ssize_t count) noexcept {
    return guarded([&]() -> PyObject* {
        if (count != 4) {
            PyErr_SetString(PyExc_TypeError,
                            "__array_function__ needs func, types, args and kwargs");
            return nullptr;
        }
        PyObject* function = args[0];
        if (!checks_are_eager) {
            const auto found = table().find(function);
            if (found != table().end()) {
                try {
                    Call call;
                    call.bind(*found->second, args[2], args[3]);
                    return found->second->run(call);
                } catch (const UseHost&) {  // falls through to NumPy
                }
            }
        }
        return host_call(function, args[2], args[3]);
    });
}

}  // namespace monnto::python
