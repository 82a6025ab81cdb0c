#pragma once

#include <monnto/array/functions.hpp>
#include <monnto/array/pattern.hpp>
#include <monnto/synapse/build.hpp>
#include <monnto/synapse/rules.hpp>

#include <cstdint>
#include <vector>

namespace monnto::support {

/// Each pair with that probability; where `longest` is above 0, with a delay of 1 to `longest`
/// steps for each synapse.
[[nodiscard]] inline PatternRef random_pattern(std::ptrdiff_t sources, std::ptrdiff_t targets,
                                               double probability, std::int32_t longest) {
    const PatternRef plain =
        pattern_from(connect(rules::FixedProbability{probability},
                             {.sources = sources, .targets = targets}, {.key = 5}));
    if (longest == 0) {
        return plain;
    }
    const std::vector<std::int64_t> draws =
        random_array(Distribution::integers, {.key = 7}, DType::i64, {plain->size()},
                     {1, longest + 1})
            .host<std::int64_t>();
    return with_delays(plain, std::vector<std::int32_t>(draws.begin(), draws.end()));
}

}  // namespace monnto::support
