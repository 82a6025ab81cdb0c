#include "events_of.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/functions/sparse.hpp>
#include <monnto/array/parallel.hpp>
#include <monnto/base/philox.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/procedural_matrix.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace monnto {
namespace {

using synapse::Events;

/// Making a synapse of a row costs about that many additions.
constexpr std::ptrdiff_t work_per_synapse = 40;

/// Value k of a source's row.
class RowValues {
public:
    RowValues(const ProceduralSynapses& synapses, std::ptrdiff_t source) noexcept
        : synapses_(synapses), source_(static_cast<std::uint32_t>(source)) {}
    [[nodiscard]] double operator()(std::size_t k) noexcept {
        if (synapses_.low == synapses_.high) {
            return synapses_.low;
        }
        if (k % 4 == 0 || k / 4 != number_) {
            number_ = k / 4;
            const RandomPosition& at = synapses_.position;
            // The words that rows themselves take have another key.
            block_ = philox::block({static_cast<std::uint32_t>(number_), source_, at.ordinal,
                                    static_cast<std::uint32_t>(at.step)},
                                   ~at.key);
        }
        const double u = static_cast<double>(block_[k % 4] >> 8U) * 0x1p-24;
        return synapses_.low + (synapses_.high - synapses_.low) * u;
    }

private:
    const ProceduralSynapses& synapses_;
    std::uint32_t source_;
    std::size_t number_ = ~std::size_t{0};
    philox::Block block_{};
};

/// Some rows made at a time, by all threads; then threads add to the targets that they own.
template <class T>
class RowBatch {
public:
    static constexpr std::size_t most = 64;

    RowBatch(const ProceduralSynapses& synapses, T* out) : synapses_(synapses), out_(out) {}

    void add(const Events<T>& events, std::size_t first, std::size_t count, double per_row) {
        const auto work =
            static_cast<std::ptrdiff_t>(static_cast<double>(count) * per_row) * work_per_synapse;
        in_parallel(static_cast<std::ptrdiff_t>(count), 1, work, [&](auto from, auto to) {
            for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i) {
                make(i, events.at[first + i]);
            }
        });
        const int parts = std::max(1, threads());
        in_parallel(parts, 1, work / 10, [&](std::ptrdiff_t from, std::ptrdiff_t to) {
            const auto begin = static_cast<std::uint32_t>(synapses_.targets * from / parts);
            const auto end = static_cast<std::uint32_t>(synapses_.targets * to / parts);
            for (std::size_t i = 0; i < count; ++i) {
                add_part(i, events.factor[first + i], begin, end);
            }
        });
    }

private:
    void make(std::size_t i, std::int32_t source) {
        synapses_.rows->row(source, rows_[i]);
        RowValues values(synapses_, source);
        values_[i].resize(rows_[i].size());
        for (std::size_t k = 0; k < rows_[i].size(); ++k) {
            values_[i][k] = static_cast<T>(values(k));
        }
    }
    void add_part(std::size_t i, T factor, std::uint32_t begin, std::uint32_t end) {
        const std::vector<std::uint32_t>& row = rows_[i];
        const auto first = std::ranges::lower_bound(row, begin);
        for (auto k = static_cast<std::size_t>(first - row.begin()); k < row.size() && row[k] < end;
             ++k) {
            out_[row[k]] += values_[i][k] * factor;
        }
    }

    const ProceduralSynapses& synapses_;
    T* out_;
    std::array<std::vector<std::uint32_t>, most> rows_;
    std::array<std::vector<T>, most> values_;
};

template <class T>
void add_sources(const ProceduralSynapses& synapses, const Events<T>& events, T* out) {
    std::fill_n(out, synapses.targets, T(0));
    // What a row holds is known after the first.
    double per_row = static_cast<double>(synapses.targets) / 16.0;
    RowBatch<T> batch(synapses, out);
    for (std::size_t first = 0; first < events.at.size(); first += RowBatch<T>::most) {
        batch.add(events, first, std::min(RowBatch<T>::most, events.at.size() - first), per_row);
    }
}

template <class T>
void add_targets(const ProceduralSynapses& synapses, const Events<T>& events, T* out) {
    std::vector<T> x(static_cast<std::size_t>(synapses.targets), T(0));
    for (std::size_t e = 0; e < events.at.size(); ++e) {
        x[static_cast<std::size_t>(events.at[e])] = events.factor[e];
    }
    in_parallel(synapses.sources, 1, synapses.sources * synapses.targets, [&](auto from, auto to) {
        std::vector<std::uint32_t> row;
        for (std::ptrdiff_t source = from; source < to; ++source) {
            synapses.rows->row(source, row);
            RowValues values(synapses, source);
            T total = T(0);
            for (std::size_t k = 0; k < row.size(); ++k) {
                const T value = static_cast<T>(values(k));
                const T factor = x[row[k]];
                total += factor != T(0) ? value * factor : T(0);
            }
            out[source] = total;
        }
    });
}

/// Of a vector, or of a history's oldest slot.
class ProceduralOperation final : public CustomOperation {
public:
    ProceduralOperation(std::shared_ptr<const ProceduralSynapses> synapses, Side from,
                        std::int32_t delay)
        : synapses_(std::move(synapses)), from_(from), delay_(delay) {}

    [[nodiscard]] std::string_view name() const noexcept override { return "procedural_product"; }
    [[nodiscard]] Value evaluate(const Node& node) const override {
        Value result = synapse::fresh(node.dtype, node.shape);
        node.dtype == DType::f32 ? run<float>(*node.inputs()[0], result)
                                 : run<double>(*node.inputs()[0], result);
        return result;
    }
    [[nodiscard]] bool is(const ProceduralSynapses* synapses, Side from,
                          std::int32_t delay) const noexcept {
        return synapses_.get() == synapses && from_ == from && delay_ == delay;
    }

private:
    template <class T>
    void run(const Node& input, const Value& result) const {
        T* out = synapse::elements<T>(result);
        const Events<T> events = delay_ == 0 ? Events<T>(input) : Events<T>(due(input));
        from_ == Side::source ? add_sources(*synapses_, events, out)
                              : add_targets(*synapses_, events, out);
    }
    [[nodiscard]] std::vector<std::int32_t> due(const Node& history) const {
        const std::int32_t* data = synapse::elements<std::int32_t>(history.value());
        const std::int32_t slot = (*data + 1) % delay_;  // the oldest of `delay_`
        const std::int32_t* from = data + 1 + slot * (synapses_->sources + 1);
        return {from + 1, from + 1 + *from};
    }

    std::shared_ptr<const ProceduralSynapses> synapses_;
    Side from_;
    std::int32_t delay_;
};

/// One object for equal operations while somebody holds it: a plan's tape does, which is how
/// iterations that repeat are recognized (S21).
[[nodiscard]] std::shared_ptr<const CustomOperation> operation_of(
    const std::shared_ptr<const ProceduralSynapses>& synapses, Side from, std::int32_t delay) {
    static thread_local std::vector<std::weak_ptr<const ProceduralOperation>> known;
    std::erase_if(known, [](const auto& each) { return each.expired(); });
    for (const auto& each : known) {
        const auto operation = each.lock();
        if (operation && operation->is(synapses.get(), from, delay)) {
            return operation;
        }
    }
    auto made = std::make_shared<const ProceduralOperation>(synapses, from, delay);
    known.emplace_back(made);
    return made;
}

}  // namespace

Array procedural_product(const std::shared_ptr<const ProceduralSynapses>& synapses, const Array& x,
                         Side from) {
    const std::ptrdiff_t extent = from == Side::source ? synapses->sources : synapses->targets;
    const std::ptrdiff_t other = from == Side::source ? synapses->targets : synapses->sources;
    if (x.shape() != Shape{extent}) {
        throw ShapeMismatch("procedural_product", x.shape().to_vector(), {extent},
                            "give one element per source or target");
    }
    const Array vector = x.dtype() == DType::boolean ? x : x.astype(synapses->dtype);
    return custom(operation_of(synapses, from, 0), synapses->dtype, {other}, {vector});
}

Array procedural_deliver(const std::shared_ptr<const ProceduralSynapses>& synapses,
                         const Array& history, std::int32_t delay) {
    return custom(operation_of(synapses, Side::source, delay), synapses->dtype, {synapses->targets},
                  {history});
}

SparseMatrix ProceduralMatrix::to_sparse() const {
    Connections made = no_connections(synapses_->sources, synapses_->targets);
    std::vector<double> values;
    std::vector<std::uint32_t> row;
    std::visit(
        [&](auto& list) {
            using Target = typename std::remove_cvref_t<decltype(list)>::value_type;
            for (std::ptrdiff_t source = 0; source < synapses_->sources; ++source) {
                synapses_->rows->row(source, row);
                RowValues value(*synapses_, source);
                for (std::size_t k = 0; k < row.size(); ++k) {
                    list.push_back(static_cast<Target>(row[k]));
                    values.push_back(value(k));
                }
                made.starts[static_cast<std::size_t>(source) + 1] = list.size();
            }
        },
        made.target);
    PatternRef pattern = pattern_from(made);
    if (delay_ > 1) {
        const std::array<std::int32_t, 1> steps{delay_};
        pattern = with_delays(pattern, steps);
    }
    const Array kept = synapses_->low == synapses_->high
                           ? Array(Number::strong(synapses_->dtype, synapses_->low))
                           : Array::from(values).astype(synapses_->dtype);
    return {std::move(pattern), kept, is_source_first_};
}

}  // namespace monnto
