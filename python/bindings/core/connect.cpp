// Connection rules by name: what SynapseGroup.connect of Python is made of.
#include <monnto/core/connect.hpp>

#include "core.hpp"
#include "values.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/base/error.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/neuron_subgroup.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/synapse/procedural_matrix.hpp>

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace nb = nanobind;

namespace monnto::python {

namespace {

/// The parameters of one rule, by name. What is asked for is required unless it has a default.
class Given {
public:
    Given(std::string rule, const nb::dict& values) : rule_(std::move(rule)), values_(values) {}

    [[nodiscard]] double real(const char* name, std::optional<double> fallback = {}) {
        return taken<double>(name, fallback);
    }
    [[nodiscard]] std::int64_t whole(const char* name) {
        const double value = real(name);
        if (value != std::floor(value)) {
            throw BadParameter(name, std::to_string(value), "a whole number");
        }
        return static_cast<std::int64_t>(value);
    }
    [[nodiscard]] std::vector<std::int64_t> list(const char* name) {
        return array_from(item(name)).astype(DType::i64).ravel().host<std::int64_t>();
    }
    [[nodiscard]] nb::object item(const char* name) {
        asked_.insert(name);
        if (!values_.contains(name)) {
            throw BadParameter(name, "missing", "the rule " + rule_ + " needs it");
        }
        return nb::object(values_[name]);
    }
    /// Throws UnknownName for what no rule asked for.
    void finish() const {
        for (const auto& [key, value] : values_) {
            const auto name = nb::cast<std::string>(key);
            if (!asked_.contains(name)) {
                throw UnknownName("parameter", name, "the rule " + rule_,
                                  {asked_.begin(), asked_.end()});
            }
        }
    }

private:
    template <class T>
    [[nodiscard]] T taken(const char* name, std::optional<T> fallback) {
        asked_.insert(name);
        if (fallback && !values_.contains(name)) {
            return *fallback;
        }
        return nb::cast<T>(nb::float_(item(name)));
    }

    std::string rule_;
    nb::dict values_;
    std::set<std::string> asked_;
};

Rule distance(Given& g, rules::Profile profile, const char* scale) {
    return rules::DistanceDependent{
        .profile = profile,
        .scale = g.real(scale),
        .p = g.real("p", 1.0),
        .cutoff = g.real("cutoff", std::numeric_limits<double>::infinity())};
}

using Maker = std::function<Rule(Given&)>;

const std::map<std::string, Maker, std::less<>>& makers() {
    using rules::Profile;
    static const std::map<std::string, Maker, std::less<>> all{
        {"all_to_all", [](Given&) { return rules::AllToAll{}; }},
        {"one_to_one", [](Given&) { return rules::OneToOne{}; }},
        {"fixed_probability", [](Given& g) { return rules::FixedProbability{g.real("p")}; }},
        {"fixed_indegree", [](Given& g) { return rules::FixedIndegree{g.whole("k")}; }},
        {"fixed_outdegree", [](Given& g) { return rules::FixedOutdegree{g.whole("k")}; }},
        {"fixed_total_number", [](Given& g) { return rules::FixedTotalNumber{g.whole("n")}; }},
        {"gaussian", [](Given& g) { return distance(g, Profile::gaussian, "sigma"); }},
        {"exponential", [](Given& g) { return distance(g, Profile::exponential, "length"); }},
        {"radius", [](Given& g) { return distance(g, Profile::radius, "radius"); }},
        {"box", [](Given& g) { return distance(g, Profile::box, "half_width"); }},
        {"ring", [](Given& g) { return rules::Ring{g.whole("k")}; }},
        {"small_world",
         [](Given& g) { return rules::SmallWorld{.k = g.whole("k"), .p = g.real("p")}; }},
        {"pairs",
         [](Given& g) { return rules::Pairs{.source = g.list("i"), .target = g.list("j")}; }},
    };
    return all;
}

std::vector<std::string> rule_names() {
    std::vector<std::string> names;
    for (const auto& [name, make] : makers()) {
        names.push_back(name);
    }
    return names;
}

Rule rule_from(nb::handle rule, const nb::dict& parameters) {
    if (PyCallable_Check(rule.ptr()) != 0) {
        Given("of a function", parameters).finish();
        return rules::Callable{[rule](std::int64_t source, std::vector<std::int64_t>& targets) {
            targets = array_from(rule(source)).astype(DType::i64).ravel().host<std::int64_t>();
        }};
    }
    const auto name = nb::cast<std::string>(rule);
    const auto found = makers().find(name);
    if (found == makers().end()) {
        throw UnknownName("connection rule", name, "the rules", rule_names());
    }
    Given given(name, parameters);
    Rule made = found->second(given);
    given.finish();
    return made;
}

const Population* part_from(nb::handle part) {
    if (part.is_none()) {
        return nullptr;
    }
    NeuronGroup* neurons = nullptr;
    if (nb::try_cast(part, neurons) && neurons != nullptr) {
        return neurons;
    }
    return nb::cast<NeuronSubGroup*>(part);
}

ConnectOptions options_from(const nb::dict& given) {
    ConnectOptions options;
    options.weight = Parameter(parameter_from(given["weight"]));
    if (!given["delay"].is_none()) {
        options.delay = Parameter(parameter_from(given["delay"]));
    }
    options.autapses = nb::cast<bool>(given["autapses"]);
    options.multapses = nb::cast<bool>(given["multapses"]);
    std::size_t axis = 0;
    for (const nb::handle extent : nb::tuple(given["period"])) {
        options.period.at(axis++) = nb::cast<double>(nb::float_(extent));
    }
    return options;
}

/// (pattern, values, is_source_first) of projections (rule, parameters, options, src, dst).
nb::tuple connected_matrix(SynapseGroup& synapses, const nb::list& projections) {
    std::vector<Projection> all;
    for (const nb::handle item : projections) {
        const auto [rule, parameters, options, source, destination] =
            nb::cast<std::tuple<nb::object, nb::dict, nb::dict, nb::object, nb::object>>(item);
        all.push_back({rule_from(rule, parameters), options_from(options), part_from(source),
                       part_from(destination)});
    }
    const SparseMatrix made = connect(synapses, all);
    return nb::make_tuple(std::const_pointer_cast<Pattern>(made.pattern()),
                          to_python(made.values()), made.is_source_first());
}

/// (synapses, delay in steps, is_source_first): what ProceduralMatrix of Python is made of.
nb::tuple procedural_matrix(SynapseGroup& synapses, nb::handle rule, const nb::dict& parameters,
                            double low, double high, const nb::dict& options) {
    const ProceduralMatrix made =
        procedural(synapses, rule_from(rule, parameters), low, high, options_from(options));
    return nb::make_tuple(std::const_pointer_cast<ProceduralSynapses>(made.shared_synapses()),
                          made.delay(), made.is_source_first());
}

}  // namespace

void bind_connect(nb::module_& m) {
    m.def("connect", &connected_matrix);
    m.def("procedural", &procedural_matrix);
    m.def("connection_rules", [] {
        nb::list names;
        for (const std::string& name : rule_names()) {
            names.append(name.c_str());
        }
        return names;
    });
}

}  // namespace monnto::python
