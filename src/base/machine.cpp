#include <monnto/base/machine.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <fstream>
#include <vector>

namespace monnto {
namespace {

/// a = b + 0.5 c over arrays beyond every cache: 12 bytes per element.
[[nodiscard]] double measure_bandwidth() {
    constexpr std::size_t count = std::size_t{1} << 23U;  // 32 MiB each
    std::vector<float> a(count, 0.0F);
    const std::vector<float> b(count, 1.0F);
    const std::vector<float> c(count, 2.0F);
    double best = 0.0;
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto start = std::chrono::steady_clock::now();
        for (std::size_t i = 0; i < count; ++i) {
            a[i] = b[i] + 0.5F * c[i];
        }
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        // Reading a result keeps the compiler from leaving the loop out.
        const double moved = a[count / 2] == 2.0F ? 3.0 * sizeof(float) * count : 0.0;
        best = std::max(best, moved / taken.count());
    }
    return best;
}

}  // namespace

std::string processor_name() {
    std::ifstream information("/proc/cpuinfo");
    for (std::string line; std::getline(information, line);) {
        if (line.starts_with("model name")) {
            const std::size_t colon = line.find(": ");
            return colon == std::string::npos ? "" : line.substr(colon + 2);
        }
    }
    return "";
}

double memory_bandwidth() {
    static const double measured = measure_bandwidth();
    return measured;
}

}  // namespace monnto
