// Many pieces of connections in one pattern, row by row: what lies in a row is gathered from all
// pieces, sorted by target where pieces overlap, then dealt out by delay.
#include <monnto/synapse/assemble.hpp>

#include "rows.hpp"
#include "rules/parallel.hpp"

#include <monnto/array/buffer.hpp>
#include <monnto/array/node.hpp>
#include <monnto/base/error.hpp>

#include <algorithm>
#include <bitset>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace monnto {
namespace {

constexpr std::int64_t rows_at_a_time = 64;
constexpr std::size_t delays_possible = std::size_t{std::numeric_limits<std::uint16_t>::max()} + 1;

void check_piece(const Piece& piece, std::int64_t sources, std::int64_t targets) {
    const Connections& inner = piece.connections;
    if (piece.first_source < 0 || piece.first_target < 0 ||
        piece.first_source + inner.sources > sources ||
        piece.first_target + inner.targets > targets) {
        throw ShapeMismatch(
            "assemble connections",
            {piece.first_source + inner.sources, piece.first_target + inner.targets},
            {sources, targets}, "a piece reaches beyond the whole (sources, targets)");
    }
    const auto count = static_cast<std::ptrdiff_t>(inner.size());
    if (piece.weight.rank() != 0 && piece.weight.shape() != Shape{count}) {
        throw ShapeMismatch("assemble connections", piece.weight.shape().to_vector(), {count},
                            "give one weight per synapse, or a number for all");
    }
}

bool has_delays(const Piece& piece) {
    return piece.delay != 0 || !piece.connections.delay.empty();
}

/// Distinct delays in ascending order, and the number of each.
struct DelayList {
    std::vector<std::int32_t> steps;
    std::vector<std::uint16_t> number;  // by steps

    explicit DelayList(std::span<const Piece> pieces) {
        const auto found = std::make_unique<std::bitset<delays_possible>>();
        for (const Piece& piece : pieces) {
            if (piece.connections.size() == 0) {
                continue;  // nothing that could have a delay
            }
            if (piece.connections.delay.empty()) {
                found->set(piece.delay);
            } else {
                mark(piece.connections.delay, *found);
            }
        }
        if (found->test(0)) {
            throw BadParameter("delay", "0 steps", "one step or more, for all pieces or for none");
        }
        number.resize(delays_possible);
        for (std::size_t delay = 1; delay < delays_possible; ++delay) {
            if (found->test(delay)) {
                number[delay] = static_cast<std::uint16_t>(steps.size());
                steps.push_back(static_cast<std::int32_t>(delay));
            }
        }
    }

private:
    static void mark(const UnfilledVector<std::uint16_t>& delay,
                     std::bitset<delays_possible>& found) {
        std::mutex lock;
        for_lines(static_cast<std::int64_t>(delay.size()), 1 << 20,
                  static_cast<double>(delay.size()), [&](std::int64_t first, std::int64_t last) {
                      const auto mine = std::make_unique<std::bitset<delays_possible>>();
                      for (std::int64_t i = first; i < last; ++i) {
                          mine->set(delay[static_cast<std::size_t>(i)]);
                      }
                      const std::lock_guard guard(lock);
                      found |= *mine;
                  });
    }
};

/// Weights of a piece as numbers that any thread may read.
template <class T>
struct PieceWeights {
    const T* each = nullptr;  // null: one for all
    T all = T(0);

    explicit PieceWeights(const Array& weight) {
        if (weight.rank() == 0) {
            all = weight.astype(dtype_of<T>).template item<T>();
            return;
        }
        node_ = weight.node();
        if (node_->dtype == dtype_of<T> && node_->is_settled() &&
            node_->value().strides == Strides{1}) {
            const Value& value = node_->value();
            each = reinterpret_cast<const T*>(value.buffer->data()) + value.offset;
        } else {
            copy_ = weight.astype(dtype_of<T>).template host<T>();
            each = copy_.data();
        }
    }

private:
    NodeRef node_;
    std::vector<T> copy_;
};

template <class T>
class Assembler {
public:
    Assembler(std::int64_t sources, std::int64_t targets, std::span<const Piece> pieces)
        : pieces_(pieces), by_target_(pieces.size()), overlap_(has_overlap()) {
        parts_.sources = sources;
        parts_.targets = targets;
        std::iota(by_target_.begin(), by_target_.end(), std::size_t{0});
        std::stable_sort(by_target_.begin(), by_target_.end(), [&](std::size_t a, std::size_t b) {
            return pieces[a].first_target < pieces[b].first_target;
        });
        if (!pieces.empty() && std::any_of(pieces.begin(), pieces.end(), has_delays)) {
            delays_.emplace(pieces);
            parts_.delays = delays_->steps;
        }
        weights_.reserve(pieces.size());
        for (const Piece& piece : pieces) {
            weights_.emplace_back(piece.weight);
        }
        is_single_ = shares_one_weight();
    }

    [[nodiscard]] Assembly run() {
        count_rows();
        const std::int64_t synapses = parts_.starts.back();
        parts_.pages = Pattern::pages_for(sources(), parts_.targets, synapses,
                                          static_cast<std::ptrdiff_t>(parts_.delays.size()));
        // In pages 16 bits do, which target_list does not know.
        parts_.indices = parts_.pages > 1 ? Buffer::allocate(static_cast<std::size_t>(synapses) * 2)
                                          : synapse::target_list(parts_.targets, synapses);
        Ref<Buffer> values =
            Buffer::allocate(static_cast<std::size_t>(is_single_ ? 1 : synapses) * sizeof(T));
        auto* value = reinterpret_cast<T*>(values->data());
        if (segments() > 1) {
            parts_.segment_ends.resize(static_cast<std::size_t>(parts_.sources) * segments());
        }
        const auto write = [&](auto* target) {
            for_lines(parts_.sources, rows_at_a_time, static_cast<double>(synapses),
                      [&](std::int64_t first, std::int64_t last) {
                          Row row;
                          for (std::int64_t source = first; source < last; ++source) {
                              gather(source, row);
                              deal_out(source, row, target, is_single_ ? nullptr : value);
                          }
                      });
        };
        if (parts_.pages > 1) {
            write(reinterpret_cast<std::uint16_t*>(parts_.indices->data()));
        } else {
            synapse::with_list(*parts_.indices, parts_.targets, write);
        }
        if (is_single_) {
            *value = weights_.empty() ? T(0) : weights_.front().all;
        }
        const Shape shape = is_single_ ? Shape{} : Shape{static_cast<std::ptrdiff_t>(synapses)};
        const Array made(NodeRef(
            new Node(dtype_of<T>, shape, Value{std::move(values), 0, contiguous_strides(shape)})));
        return {std::make_shared<Pattern>(std::move(parts_)), made};
    }

private:
    struct Synapse {
        std::uint32_t target;
        std::uint16_t delay;  // its number
        T weight;
    };
    using Row = std::vector<Synapse>;

    [[nodiscard]] std::ptrdiff_t sources() const noexcept { return parts_.sources; }
    /// Of a row, by delay and page.
    [[nodiscard]] std::size_t segments() const noexcept {
        return std::max<std::size_t>(1, parts_.delays.size()) *
               static_cast<std::size_t>(parts_.pages);
    }
    [[nodiscard]] std::uint32_t page_first(std::ptrdiff_t page) const noexcept {
        return static_cast<std::uint32_t>(
            Pattern::share(parts_.targets, static_cast<int>(parts_.pages), static_cast<int>(page)));
    }

    [[nodiscard]] bool has_overlap() const {
        const auto meet = [](std::int64_t a, std::int64_t a_size, std::int64_t b,
                             std::int64_t b_size) { return a < b + b_size && b < a + a_size; };
        for (const Piece& a : pieces_) {
            for (const Piece& b : pieces_) {
                if (&a != &b &&
                    meet(a.first_source, a.connections.sources, b.first_source,
                         b.connections.sources) &&
                    meet(a.first_target, a.connections.targets, b.first_target,
                         b.connections.targets)) {
                    return true;
                }
            }
        }
        return false;
    }

    [[nodiscard]] bool shares_one_weight() const {
        return std::all_of(weights_.begin(), weights_.end(),
                           [&](const PieceWeights<T>& weight) {
                               return weight.each == nullptr && weight.all == weights_.front().all;
                           }) &&
               std::all_of(pieces_.begin(), pieces_.end(),
                           [](const Piece& piece) { return piece.weight.rank() == 0; });
    }

    void count_rows() {
        parts_.starts.assign(static_cast<std::size_t>(parts_.sources) + 1, 0);
        for (const Piece& piece : pieces_) {
            const std::vector<std::uint64_t>& starts = piece.connections.starts;
            for (std::size_t row = 0; row + 1 < starts.size(); ++row) {
                parts_.starts[static_cast<std::size_t>(piece.first_source) + row + 1] +=
                    static_cast<std::int64_t>(starts[row + 1] - starts[row]);
            }
        }
        synapse::make_starts(parts_.starts);
    }

    // What leaves `source`, ascending by target.
    void gather(std::int64_t source, Row& row) const {
        row.clear();
        for (const std::size_t p : by_target_) {
            const Piece& piece = pieces_[p];
            const std::int64_t inner = source - piece.first_source;
            if (inner >= 0 && inner < piece.connections.sources) {
                append(piece, weights_[p], static_cast<std::size_t>(inner), row);
            }
        }
        if (overlap_) {
            std::stable_sort(row.begin(), row.end(), [](const Synapse& a, const Synapse& b) {
                return a.target < b.target;
            });
        }
    }

    void append(const Piece& piece, const PieceWeights<T>& weight, std::size_t inner,
                Row& row) const {
        const Connections& from = piece.connections;
        const auto shift = static_cast<std::uint32_t>(piece.first_target);
        const std::uint16_t common = delays_ ? delays_->number[piece.delay] : std::uint16_t{0};
        std::visit(
            [&](const auto& target) {
                for (std::uint64_t i = from.starts[inner]; i < from.starts[inner + 1]; ++i) {
                    row.push_back({static_cast<std::uint32_t>(target[i]) + shift,
                                   from.delay.empty() ? common : delays_->number[from.delay[i]],
                                   weight.each == nullptr ? weight.all : weight.each[i]});
                }
            },
            from.target);
    }

    /// Calls `use(synapse, segment, page_first)` in order of targets.
    template <class F>
    void for_each_in(const Row& row, const F& use) const {
        const auto pages = static_cast<std::size_t>(parts_.pages);
        std::size_t page = 0;
        std::uint32_t first = 0;
        std::uint32_t behind = page_first(1);
        for (const Synapse& synapse : row) {
            while (synapse.target >= behind) {
                first = behind;
                behind = page_first(static_cast<std::ptrdiff_t>(++page) + 1);
            }
            use(synapse, synapse.delay * pages + page, first);
        }
    }

    // By delay and page, keeping the order of targets (a counting sort).
    template <class Index>
    void deal_out(std::int64_t source, const Row& row, Index* target, T* value) {
        static thread_local std::vector<std::uint32_t> place;
        place.assign(segments() + 1, 0);
        for_each_in(
            row, [&](const Synapse&, std::size_t segment, std::uint32_t) { ++place[segment + 1]; });
        std::partial_sum(place.begin(), place.end(), place.begin());
        if (!parts_.segment_ends.empty()) {
            std::copy(place.begin() + 1, place.end(),
                      parts_.segment_ends.begin() + source * static_cast<std::int64_t>(segments()));
        }
        const std::int64_t start = parts_.starts[static_cast<std::size_t>(source)];
        for_each_in(row, [&](const Synapse& synapse, std::size_t segment, std::uint32_t first) {
            const std::int64_t to = start + place[segment]++;
            target[to] = static_cast<Index>(synapse.target - first);
            if (value != nullptr) {
                value[to] = synapse.weight;
            }
        });
    }

    std::span<const Piece> pieces_;
    std::vector<std::size_t> by_target_;  // pieces in the order of their first targets
    bool overlap_ = false;
    bool is_single_ = false;
    std::optional<DelayList> delays_;
    std::vector<PieceWeights<T>> weights_;
    Pattern::Parts parts_;
};

}  // namespace

Assembly assembled(std::int64_t sources, std::int64_t targets, std::span<const Piece> pieces,
                   DType dtype) {
    for (const Piece& piece : pieces) {
        check_piece(piece, sources, targets);
    }
    return dtype == DType::f64 ? Assembler<double>(sources, targets, pieces).run()
                               : Assembler<float>(sources, targets, pieces).run();
}

}  // namespace monnto
