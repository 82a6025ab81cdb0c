#include <monnto/core/connect.hpp>

#include "connect_ends.hpp"

#include <monnto/array/buffer.hpp>
#include <monnto/array/functions.hpp>
#include <monnto/array/node.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/neuron_group.hpp>
#include <monnto/core/neuron_subgroup.hpp>
#include <monnto/core/synapse_group.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/memory.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace monnto {
namespace {

/// Neurons of a group that an end consists of.
struct End {
    NeuronGroup* group;
    std::vector<std::int64_t> neurons;  // their numbers in the group, ascending

    explicit End(const Population& population) : group(&population.base_group()) {
        if (population.is_subgroup()) {
            neurons =
                dynamic_cast<const NeuronSubGroup&>(population).indices().host<std::int64_t>();
        } else {
            neurons.resize(static_cast<std::size_t>(population.size()));
            std::iota(neurons.begin(), neurons.end(), std::int64_t{0});
        }
    }
    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(neurons.size()); }
};

/// Where the neurons of a part are among those of the whole end.
std::vector<std::int64_t> places_in(const End& whole, const End& part, const char* role) {
    std::vector<std::int64_t> places;
    places.reserve(part.neurons.size());
    if (whole.group == part.group) {
        auto from = whole.neurons.begin();
        for (const std::int64_t neuron : part.neurons) {
            from = std::lower_bound(from, whole.neurons.end(), neuron);
            if (from == whole.neurons.end() || *from != neuron) {
                break;
            }
            places.push_back(from - whole.neurons.begin());
        }
    }
    if (places.size() != part.neurons.size()) {
        throw ShapeMismatch(std::string("connect: ") + role, {part.size()}, {whole.size()},
                            "a part must be a selection of the synapse group's own population");
    }
    return places;
}

bool is_run(const std::vector<std::int64_t>& places) {
    return places.empty() ||
           places.back() - places.front() == static_cast<std::int64_t>(places.size()) - 1;
}

Positions positions_of(const Population& population) {
    Positions positions;
    NeuronGroup& group = population.base_group();
    const std::array<const char*, 3> names{"x", "y", "z"};
    for (std::size_t axis = 0; axis < names.size(); ++axis) {
        if (group.has_variable(names[axis])) {
            const Array values = population.get(names[axis]).astype(DType::f64);
            if (values.rank() == 1) {
                positions.axis[axis] = values.host<double>();
            }
        }
    }
    return positions;
}

std::vector<std::int64_t> self_of(const End& source, const End& target) {
    if (source.group != target.group) {
        return {};
    }
    std::vector<std::int64_t> self(source.neurons.size(), -1);
    for (std::size_t i = 0; i < self.size(); ++i) {
        const auto found =
            std::lower_bound(target.neurons.begin(), target.neurons.end(), source.neurons[i]);
        if (found != target.neurons.end() && *found == source.neurons[i]) {
            self[i] = found - target.neurons.begin();
        }
    }
    return self;
}

std::uint16_t steps_of(double milliseconds, double dt) {
    const double steps = std::nearbyint(milliseconds / dt);
    const bool is_possible = steps >= 1.0 && steps <= std::numeric_limits<std::uint16_t>::max();
    if (!is_possible) {  // also for NaN
        throw BadDelay(milliseconds, "ms");
    }
    return static_cast<std::uint16_t>(steps);
}

/// "normal(1, 2)" or "uniform", but no "5", "50%" or "same(Tag, attr)".
bool is_mode(const std::string& text) {
    return text.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos &&
           !text.starts_with("same(");
}

/// Calls `use(first, values)` for pieces of `count` numbers of a distribution. Pieces fit into
/// caches, and their memory serves again: the pages that large temporary arrays take from the
/// system cost more than the numbers.
template <class F>
void draw_in_pieces(SynapseGroup& synapses, const std::string& mode, std::ptrdiff_t count,
                    const F& use) {
    constexpr std::ptrdiff_t piece = 16'000;
    for (std::ptrdiff_t first = 0; first == 0 || first < count; first += piece) {
        use(first, array_from_mode(synapses, mode, {std::min(piece, count - first)}, {}));
    }
}

Array drawn(SynapseGroup& synapses, const std::string& mode, std::ptrdiff_t count) {
    const DType dtype = synapses.default_dtype();
    const std::size_t width = size_of(dtype);
    Ref<Buffer> buffer = Buffer::allocate(static_cast<std::size_t>(count) * width);
    draw_in_pieces(synapses, mode, count, [&](std::ptrdiff_t first, const Array& values) {
        values.astype(dtype).copy_to(buffer->data() + static_cast<std::size_t>(first) * width);
    });
    return Array(NodeRef(
        new Node(dtype, {count}, Value{std::move(buffer), 0, contiguous_strides({count})})));
}

/// Values of `count` synapses, of rank 0 where they share one. `order` tells which given synapse
/// each is, where they were sorted.
Array values_of(SynapseGroup& synapses, const Parameter& parameter, std::ptrdiff_t count,
                const std::vector<std::uint64_t>& order, const std::string& name) {
    const auto* text = std::get_if<std::string>(&parameter.value());
    if (text != nullptr && is_mode(*text)) {
        return drawn(synapses, *text, count);
    }
    Array values = parameter.resolve(synapses, name);
    if (values.rank() == 0) {
        return values;
    }
    if (values.shape() != Shape{count}) {
        throw ShapeMismatch("connect: " + name, values.shape().to_vector(), {count},
                            "give one number per synapse, or one for all");
    }
    if (order.empty()) {
        return values;
    }
    const std::vector<std::int64_t> places(order.begin(), order.end());
    return take(values, Array::from(places), 0);
}

/// Steps from milliseconds, written to `delay` from `first` on.
void put_steps(const Array& milliseconds, double dt, UnfilledVector<std::uint16_t>& delay,
               std::ptrdiff_t first) {
    const std::vector<double> each = milliseconds.astype(DType::f64).host<double>();
    std::transform(each.begin(), each.end(), delay.begin() + first,
                   [&](double one) { return steps_of(one, dt); });
}

void set_delays(SynapseGroup& synapses, const Parameter& delay,
                const std::vector<std::uint64_t>& order, Piece& piece) {
    const double dt = synapses.network().dt();
    const auto count = static_cast<std::ptrdiff_t>(piece.connections.size());
    UnfilledVector<std::uint16_t>& steps = piece.connections.delay;
    const auto* text = std::get_if<std::string>(&delay.value());
    if (text != nullptr && is_mode(*text)) {
        steps.resize(static_cast<std::size_t>(count));
        draw_in_pieces(synapses, *text, count, [&](std::ptrdiff_t first, const Array& values) {
            put_steps(values, dt, steps, first);
        });
        return;
    }
    const Array given = values_of(synapses, delay, count, order, "delay");
    if (given.rank() == 0) {
        piece.delay = steps_of(given.item<double>(), dt);
        return;
    }
    steps.resize(static_cast<std::size_t>(count));
    put_steps(given, dt, steps, 0);
}

/// Weights that come with pairs follow when those are sorted.
SortedConnections sorted_connections(const Rule& rule, const Ends& ends,
                                     const RandomPosition& position, const Allowed& allowed) {
    if (const auto* pairs = std::get_if<rules::Pairs>(&rule)) {
        return connections_from_pairs(ends.sources, ends.targets, pairs->source, pairs->target);
    }
    return {connect(rule, ends, position, allowed), {}};
}

/// Connections between selections with gaps, as connections between all.
Connections spread(const Connections& inner, const std::vector<std::int64_t>& sources,
                   const std::vector<std::int64_t>& targets, std::int64_t all_sources,
                   std::int64_t all_targets) {
    Connections made = no_connections(all_sources, all_targets);
    for (std::size_t i = 0; i < sources.size(); ++i) {
        made.starts[static_cast<std::size_t>(sources[i]) + 1] =
            inner.starts[i + 1] - inner.starts[i];
    }
    std::partial_sum(made.starts.begin(), made.starts.end(), made.starts.begin());
    made.delay = inner.delay;
    std::visit(
        [&](const auto& from, auto& to) {
            using T = typename std::decay_t<decltype(to)>::value_type;
            to.resize(from.size());
            std::transform(from.begin(), from.end(), to.begin(),
                           [&](auto target) { return static_cast<T>(targets[target]); });
        },
        inner.target, made.target);
    return made;
}

}  // namespace

Ends ends_between(const Population& source, const Population& target, const Rule& rule,
                  const ConnectOptions& options) {
    const End from(source);
    const End to(target);
    Ends ends{.sources = from.size(), .targets = to.size(), .self = self_of(from, to)};
    if (std::holds_alternative<rules::DistanceDependent>(rule)) {
        ends.source_at = positions_of(source);
        ends.target_at = positions_of(target);
        ends.period = options.period;
    }
    return ends;
}

void check_room(const SynapseGroup& synapses, const Rule& rule, const Ends& ends,
                const ConnectOptions& options, std::size_t value_bytes) {
    const double expected =
        std::max(0.0, expected_synapses(rule, ends, {options.autapses, options.multapses}));
    const MemoryForecast storage = forecast(ends.sources, ends.targets, expected, value_bytes);
    // Targets are there twice for a moment, and delays.
    const double passing = expected * (options.delay ? 8.0 : 4.0);
    check_memory("the connections of " + synapses.description(), storage.sparse + passing, storage);
}

Piece connected(SynapseGroup& synapses, const Projection& projection) {
    const Population& source =
        projection.source != nullptr ? *projection.source : synapses.source();
    const Population& target =
        projection.destination != nullptr ? *projection.destination : synapses.destination();
    const End from(source);
    const End to(target);
    const std::vector<std::int64_t> source_places =
        places_in(End(synapses.source()), from, "source");
    const std::vector<std::int64_t> target_places =
        places_in(End(synapses.destination()), to, "destination");
    const ConnectOptions& options = projection.options;
    const Ends ends = ends_between(source, target, projection.rule, options);
    const bool is_number = std::holds_alternative<Number>(options.weight.value());
    check_room(synapses, projection.rule, ends, options,
               is_number ? 0 : size_of(synapses.default_dtype()));
    Piece piece;
    SortedConnections made =
        sorted_connections(projection.rule, ends, synapses.next_random_position(),
                           {options.autapses, options.multapses});
    piece.connections = std::move(made.connections);
    const auto count = static_cast<std::ptrdiff_t>(piece.connections.size());
    piece.weight = values_of(synapses, options.weight, count, made.order, "weight");
    if (options.delay) {
        set_delays(synapses, *options.delay, made.order, piece);
    }
    if (is_run(source_places) && is_run(target_places)) {
        piece.first_source = source_places.empty() ? 0 : source_places.front();
        piece.first_target = target_places.empty() ? 0 : target_places.front();
    } else {
        piece.connections = spread(piece.connections, source_places, target_places,
                                   synapses.source().size(), synapses.destination().size());
    }
    return piece;
}

SparseMatrix connect(SynapseGroup& synapses, std::span<const Projection> projections) {
    std::vector<Piece> pieces;
    pieces.reserve(projections.size());
    for (const Projection& projection : projections) {
        pieces.push_back(connected(synapses, projection));
    }
    const DType dtype = synapses.default_dtype() == DType::f64 ? DType::f64 : DType::f32;
    Assembly made =
        assembled(synapses.source().size(), synapses.destination().size(), pieces, dtype);
    const bool is_source_first = synapses.network().settings().syn_dim == SynapseOrder::SxD;
    return {std::move(made.pattern), std::move(made.values), is_source_first};
}

SparseMatrix connect(SynapseGroup& synapses, const Rule& rule, const ConnectOptions& options) {
    const Projection projection{.rule = rule, .options = options};
    return connect(synapses, std::span(&projection, 1));
}

}  // namespace monnto
