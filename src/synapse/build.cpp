#include <monnto/synapse/build.hpp>

#include "pieces.hpp"
#include "rows.hpp"

#include <cstring>
#include <memory>
#include <numeric>
#include <variant>

namespace monnto {
namespace synapse {

Ref<Buffer> target_list(std::ptrdiff_t targets, std::int64_t count) {
    const std::size_t width = Pattern::is_narrow(targets) ? 2 : 4;
    return Buffer::allocate(static_cast<std::size_t>(count) * width);
}

PatternRef packed(Pattern::Parts parts) {
    const std::ptrdiff_t pages =
        Pattern::pages_for(parts.sources, parts.targets, parts.starts.back(),
                           static_cast<std::ptrdiff_t>(parts.delays.size()));
    return std::make_shared<Pattern>(Pattern::in_pages(std::move(parts), pages));
}

void make_starts(std::vector<std::int64_t>& counts) {
    std::partial_sum(counts.begin(), counts.end(), counts.begin());
}

}  // namespace synapse

namespace {

using synapse::in_pieces;

/// Into memory of the engine, whose large blocks lie on huge pages.
[[nodiscard]] PatternRef without_delays(const Connections& connections) {
    const auto count = static_cast<std::int64_t>(connections.size());
    Pattern::Parts parts;
    parts.sources = connections.sources;
    parts.targets = connections.targets;
    parts.starts.assign(connections.starts.begin(), connections.starts.end());
    parts.indices = synapse::target_list(parts.targets, count);
    std::visit(
        [&](const auto& list) {
            const std::size_t width = sizeof(list[0]);
            in_pieces(count, 65536, count * 2, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                std::memcpy(parts.indices->data() + static_cast<std::size_t>(first) * width,
                            list.data() + first, static_cast<std::size_t>(last - first) * width);
            });
        },
        connections.target);
    return synapse::packed(std::move(parts));
}

}  // namespace

PatternRef pattern_from(const Connections& connections, std::vector<std::int64_t>* order) {
    PatternRef pattern = without_delays(connections);
    if (!connections.delay.empty()) {
        const std::vector<std::int32_t> steps(connections.delay.begin(), connections.delay.end());
        return with_delays(pattern, steps, order);
    }
    if (order != nullptr) {
        order->resize(static_cast<std::size_t>(pattern->size()));
        std::iota(order->begin(), order->end(), std::int64_t{0});
    }
    return pattern;
}

PatternRef pattern_from_dense(const Array& matrix, bool is_source_first) {
    if (matrix.rank() != 2) {
        throw ShapeMismatch("pattern_from_dense", matrix.shape().to_vector(), {-1, -1},
                            "give a matrix");
    }
    const std::vector<bool> present =
        (is_source_first ? matrix : matrix.T()).astype(DType::boolean).host<bool>();
    const std::ptrdiff_t sources = matrix.shape()[is_source_first ? 0 : 1];
    const std::ptrdiff_t targets = matrix.shape()[is_source_first ? 1 : 0];
    Connections made = no_connections(sources, targets);
    std::visit(
        [&](auto& list) {
            using T = typename std::remove_cvref_t<decltype(list)>::value_type;
            for (std::ptrdiff_t source = 0; source < sources; ++source) {
                for (std::ptrdiff_t target = 0; target < targets; ++target) {
                    if (present[static_cast<std::size_t>(source * targets + target)]) {
                        list.push_back(static_cast<T>(target));
                    }
                }
                made.starts[static_cast<std::size_t>(source) + 1] = list.size();
            }
        },
        made.target);
    return pattern_from(made);
}

}  // namespace monnto
