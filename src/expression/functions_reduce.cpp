#include "functions.hpp"

namespace monnto::expression {
namespace {

using Reduction = Array (*)(const Array&, const Over&);
using TypedReduction = Array (*)(const Array&, const Over&, std::optional<DType>);

// NumPy's order of positional arguments, which differs between the families.
void add_typed(FunctionTable& table, const char* names, TypedReduction reduce) {
    table.add(names, "a axis dtype out keepdims", [reduce](const Bound& bound) -> Value {
        return reduce(bound.array("a"), bound.over(), bound.dtype());
    });
}

void add_plain(FunctionTable& table, const char* names, Reduction reduce) {
    table.add(names, "a axis out keepdims", [reduce](const Bound& bound) -> Value {
        return reduce(bound.array("a"), bound.over());
    });
}

void add_spread(FunctionTable& table, const char* name,
                Array (*reduce)(const Array&, const Over&, double)) {
    table.add(name, "a axis dtype out ddof keepdims", [reduce](const Bound& bound) -> Value {
        const Array a = bound.array("a");
        const Array cast = bound.dtype() ? a.astype(*bound.dtype()) : a;
        return reduce(cast, bound.over(), bound.real("ddof", 0.0));
    });
}

Value average(const Bound& bound) {
    const Array a = bound.array("a");
    if (!bound.has("weights")) {
        return monnto::mean(a, bound.over());
    }
    return monnto::average(a, bound.array("weights"), bound.over());
}

Value norm(const Bound& bound) {
    Array x = bound.array("x");
    if (!is_float(x.dtype())) {
        x = x.astype(DType::f64);
    }
    if (!bound.has("axis")) {
        const Array flat = x.ravel();
        return monnto::unary(Op::sqrt, monnto::dot(flat, flat));
    }
    return monnto::unary(Op::sqrt, monnto::sum(monnto::binary(Op::multiply, x, x), bound.over()));
}

}  // namespace

void add_reductions(FunctionTable& table) {
    add_typed(table, "sum", monnto::sum);
    add_typed(table, "prod", monnto::prod);
    add_typed(table, "mean", monnto::mean);
    add_plain(table, "min amin", monnto::min);
    add_plain(table, "max amax", monnto::max);
    add_plain(table, "any", monnto::any);
    add_plain(table, "all", monnto::all_of);
    add_plain(table, "ptp", monnto::ptp);
    add_spread(table, "std", monnto::std_deviation);
    add_spread(table, "var", monnto::var);
    add_typed(table, "nansum", monnto::nansum);
    add_typed(table, "nanprod", monnto::nanprod);
    add_plain(table, "nanmean", monnto::nanmean);
    add_plain(table, "nanmin", monnto::nanmin);
    add_plain(table, "nanmax", monnto::nanmax);
    add_plain(table, "nanmedian", monnto::nanmedian);
    add_spread(table, "nanstd", monnto::nanstd);
    add_spread(table, "nanvar", monnto::nanvar);
    table.add("median", "a axis out overwrite_input keepdims", [](const Bound& bound) -> Value {
        return monnto::median(bound.array("a"), bound.over());
    });
    table.add("count_nonzero", "a axis keepdims", [](const Bound& bound) -> Value {
        return monnto::count_nonzero(bound.array("a"), bound.over());
    });
    table.add("argmin", "a axis out keepdims", [](const Bound& bound) -> Value {
        return monnto::argmin(bound.array("a"), bound.axis(), bound.flag("keepdims"));
    });
    table.add("argmax", "a axis out keepdims", [](const Bound& bound) -> Value {
        return monnto::argmax(bound.array("a"), bound.axis(), bound.flag("keepdims"));
    });
    table.add("percentile", "a q axis keepdims", [](const Bound& bound) -> Value {
        return monnto::percentile(bound.array("a"), bound.operand("q"), bound.over());
    });
    table.add("quantile", "a q axis keepdims", [](const Bound& bound) -> Value {
        return monnto::quantile(bound.array("a"), bound.operand("q"), bound.over());
    });
    table.add("average", "a axis weights keepdims", average);
    table.add("linalg.norm norm", "x axis keepdims", norm);
}

}  // namespace monnto::expression
