#include "../errors.hpp"
#include "host.hpp"
#include "index.hpp"
#include "natives.hpp"
#include "numpy.hpp"
#include "object.hpp"
#include "protocol.hpp"
#include "tensor.hpp"
#include "ufuncs.hpp"

#include <monnto/array/functions.hpp>

#include <cstring>
#include <string>
#include <unordered_map>

namespace nb = nanobind;

namespace monnto::python {

namespace {

#define MONNTO_OP_ENTRY(name, family, inputs) Op::name,
constexpr Op every_op[] = {MONNTO_OPS(MONNTO_OP_ENTRY)};
#undef MONNTO_OP_ENTRY

std::unordered_map<PyObject*, Op> make_table() {
    std::unordered_map<PyObject*, Op> table;
    const NumPy& np = numpy();
    const auto add = [&](const char* name, Op op) {
        PyObject* found = PyObject_GetAttrString(np.module, name);
        if (found == nullptr) {
            PyErr_Clear();
        } else if (Py_TYPE(found) == np.ufunc) {
            table.emplace(found, op);  // keeps the reference: ufuncs live for ever
        }
    };
    for (const Op op : every_op) {
        if (is_elementwise(op)) {
            add(std::string(name_of(op)).c_str(), op);
        }
    }
    add("matmul", Op::matmul);
    return table;
}

const std::unordered_map<PyObject*, Op>& table() {
    static const auto made = make_table();
    return made;
}

/// One call of __array_ufunc__.
struct UfuncCall {
    PyObject* ufunc;
    const char* method;
    PyObject* const* inputs;
    Py_ssize_t count;
    PyObject* names;  // of the keyword arguments, which follow the inputs; may be null

    [[nodiscard]] PyObject* keyword(const char* wanted) const {
        for (Py_ssize_t i = 0; names != nullptr && i < PyTuple_GET_SIZE(names); ++i) {
            if (PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names, i), wanted) == 0) {
                return inputs[count + i];
            }
        }
        return nullptr;
    }
    /// Only keywords of `known` may be there.
    void require_only(std::initializer_list<const char*> known) const {
        for (Py_ssize_t i = 0; names != nullptr && i < PyTuple_GET_SIZE(names); ++i) {
            bool found = false;
            for (const char* name : known) {
                found = found ||
                        PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names, i), name) == 0;
            }
            if (!found) {
                throw UseHost{};
            }
        }
    }
};

/// What the inputs mean; false where another object wants to do the call itself.
bool parse_inputs(const UfuncCall& call, std::optional<Operand> (&operands)[2]) {
    for (Py_ssize_t i = 0; i < call.count; ++i) {
        switch (parse_operand(call.inputs[i], operands[i])) {
            case Parsed::ours:
                break;
            case Parsed::defer:
                return false;
            case Parsed::host:
                throw UseHost{};
        }
    }
    return true;
}

Array apply(Op op, const Operand& a, const std::optional<Operand>& b) {
    if (op == Op::matmul) {
        if (a.is_number() || b->is_number()) {
            throw UseHost{};
        }
        return matmul(a.array(), b->array());
    }
    return b ? binary(op, a, *b) : unary(op, a);
}

PyObject* write_masked(PyObject* out, const Array& result, PyObject* mask) {
    Array& target = array_of(out);
    if (mask == nullptr || mask == Py_True) {
        write_out(target, result);
    } else {
        if (!can_cast_same_kind(result.dtype(), target.dtype())) {
            throw UseHost{};
        }
        write_out(target, where(operand_of(mask), result.astype(target.dtype()), target));
    }
    Py_INCREF(out);
    return out;
}

PyObject* not_implemented() {
    Py_INCREF(Py_NotImplemented);
    return Py_NotImplemented;
}

PyObject* operate_on_tensors(Op op, PyObject* left, PyObject* right) {
    const std::optional<TorchOperand> a = parse_torch_operand(left);
    const std::optional<TorchOperand> b = parse_torch_operand(right);
    return a && b ? wrap_tensor(torch_binary(op, *a, *b)) : not_implemented();
}

PyObject* run_call(const UfuncCall& call, Op op) {
    call.require_only({"out", "where"});
    const bool is_binary = family_of(op) == OpFamily::binary ||
                           family_of(op) == OpFamily::comparison || op == Op::matmul;
    if (call.count != (is_binary ? 2 : 1)) {
        throw UseHost{};
    }
    if (is_binary && call.names == nullptr &&
        (is_tensor(call.inputs[0]) || is_tensor(call.inputs[1]))) {
        // `ndarray * tensor` and `np.float64(2) * tensor` arrive here: torch's rules decide (S14).
        return operate_on_tensors(op, call.inputs[0], call.inputs[1]);
    }
    std::optional<Operand> operands[2];
    if (!parse_inputs(call, operands)) {
        return not_implemented();
    }
    PyObject* outs = call.keyword("out");
    PyObject* mask = call.keyword("where");
    PyObject* out = outs != nullptr && PyTuple_Check(outs) ? PyTuple_GET_ITEM(outs, 0) : nullptr;
    if (out == nullptr) {
        if (mask != nullptr && mask != Py_True) {
            throw UseHost{};  // what is masked out would be uninitialized
        }
        return wrap_result(apply(op, *operands[0], operands[1]));
    }
    if (!is_array(out)) {
        throw UseHost{};
    }
    return write_masked(out, apply(op, *operands[0], operands[1]), mask);
}

/// `add.reduce` is `sum`, over axis 0 where none is given.
const Native* reduction_of(Op op) {
    switch (op) {
        case Op::add:
            return &native_sum;
        case Op::multiply:
            return &native_prod;
        case Op::maximum:
            return &native_max;
        case Op::minimum:
            return &native_min;
        case Op::logical_and:
            return &native_all;
        case Op::logical_or:
            return &native_any;
        default:
            return nullptr;
    }
}
const Native* accumulation_of(Op op) {
    return op == Op::add ? &native_cumsum : op == Op::multiply ? &native_cumprod : nullptr;
}

PyObject* run_along(const UfuncCall& call, const Native* native) {
    if (native == nullptr || call.count != 1) {
        throw UseHost{};
    }
    const nb::object zero = nb::steal(checked(PyLong_FromLong(0)));
    nb::object keywords = nb::steal(kwargs_dict(call.inputs, call.count, call.names));
    if (!keywords.is_valid()) {
        keywords = nb::dict();
    }
    if (call.keyword("axis") == nullptr) {
        checked(PyDict_SetItemString(keywords.ptr(), "axis", zero.ptr()));
    }
    if (PyObject* where_ = call.keyword("where"); where_ == Py_True) {
        checked(PyDict_DelItemString(keywords.ptr(), "where"));
    }
    const nb::object inputs = nb::steal(args_tuple(call.inputs, call.count));
    Call bound;
    bound.bind(*native, inputs.ptr(), keywords.ptr());
    return native->run(bound);
}

PyObject* run_outer(const UfuncCall& call, Op op) {
    call.require_only({});
    if (call.count != 2) {
        throw UseHost{};
    }
    const Array a = array_argument(call.inputs[0]);
    const Array b = array_argument(call.inputs[1]);
    Shape spread = a.shape();
    if (a.rank() + b.rank() > max_rank) {
        throw UseHost{};
    }
    for (int i = 0; i < b.rank(); ++i) {
        spread.push_back(1);
    }
    return wrap_result(binary(op, a.reshape(spread), b));
}

PyObject* run_at(const UfuncCall& call, Op op) {
    call.require_only({});
    if (op != Op::add || call.count != 3 || !is_array(call.inputs[0])) {
        throw UseHost{};
    }
    const Array& target = array_of(call.inputs[0]);
    const Operand value = operand_of(call.inputs[2]);
    const bool is_weak = value.is_number() && value.number().weak && !is_float(value.dtype());
    if (!is_weak && !can_cast_same_kind(value.dtype(), target.dtype())) {
        throw UseHost{};  // NumPy's words for the cast
    }
    add_at(target, index_of(call.inputs[1]), value);
    Py_RETURN_NONE;
}

PyObject* run(const UfuncCall& call) {
    const auto found = table().find(call.ufunc);
    if (found == table().end()) {
        throw UseHost{};
    }
    const Op op = found->second;
    if (std::strcmp(call.method, "__call__") == 0) {
        return run_call(call, op);
    }
    if (std::strcmp(call.method, "reduce") == 0) {
        return run_along(call, reduction_of(op));
    }
    if (std::strcmp(call.method, "accumulate") == 0) {
        return run_along(call, accumulation_of(op));
    }
    if (std::strcmp(call.method, "outer") == 0 && family_of(op) != OpFamily::unary) {
        return run_outer(call, op);
    }
    if (std::strcmp(call.method, "at") == 0) {
        return run_at(call, op);
    }
    throw UseHost{};
}

}  // namespace

std::vector<std::string> native_ufunc_names() {
    std::vector<std::string> names;
    for (const auto& [ufunc, op] : table()) {
        const nb::object name = nb::borrow(ufunc).attr("__name__");
        names.emplace_back(nb::cast<const char*>(name));
    }
    return names;
}

PyObject* array_ufunc(PyObject*, PyObject* const* args, Py_ssize_t count,
                      PyObject* names) noexcept {
    return guarded([&]() -> PyObject* {
        if (count < 2) {
            PyErr_SetString(PyExc_TypeError, "__array_ufunc__ needs a ufunc and a method");
            return nullptr;
        }
        const UfuncCall call{args[0], PyUnicode_AsUTF8(args[1]), args + 2, count - 2, names};
        if (!checks_are_eager) {
            try {
                return run(call);
            } catch (const UseHost&) {  // falls through to NumPy
            }
        }
        const nb::object method = nb::borrow(args[0]).attr(call.method);
        const nb::object inputs = nb::steal(args_tuple(call.inputs, call.count));
        const nb::object keywords = nb::steal(kwargs_dict(call.inputs, call.count, names));
        return host_call(method.ptr(), inputs.ptr(), keywords.ptr());
    });
}

}  // namespace monnto::python
