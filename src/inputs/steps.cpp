#include "steps.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/base/error.hpp>

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace monnto {

std::vector<std::int64_t> steps_of(const Array& times, double dt, std::string_view name) {
    std::vector<std::int64_t> steps;
    for (const double time : times.ravel().astype(DType::f64).host<double>()) {
        if (!std::isfinite(time) || std::abs(time / dt) > 1e15) {
            throw BadParameter(std::string(name), fmt::format("{}", time), "a time in ms");
        }
        steps.push_back(std::llround(time / dt));
    }
    return steps;
}

}  // namespace monnto
