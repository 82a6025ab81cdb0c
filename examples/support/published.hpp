// What the classical examples share: values beside the published ones, and files for the figure.
#pragma once

#include <monnto/monnto.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace example {

/// Prints what was found beside what is known of a network; the program's code is 1 where any of it
/// is not within its band.
class Published {
public:
    void value(const std::string& what, double found, double expected, double tolerance) {
        const bool fits = std::abs(found - expected) <= tolerance;
        std::printf("%-44s %11.5g   (published %.6g, within %.2g)%s\n", what.c_str(), found,
                    expected, tolerance, fits ? "" : "   <- differs");
        is_right_ = is_right_ && fits;
    }
    /// Times at which something happens, all of them.
    void times(const std::string& what, const std::vector<double>& found,
               const std::vector<double>& expected, double tolerance) {
        value(what + ": how many", static_cast<double>(found.size()),
              static_cast<double>(expected.size()), 0.0);
        double farthest = 0.0;
        for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
            farthest = std::max(farthest, std::abs(found[i] - expected[i]));
        }
        value(what + ": farthest from its time", farthest, 0.0, tolerance);
    }
    [[nodiscard]] int code() const { return is_right_ ? 0 : 1; }

private:
    bool is_right_ = true;
};

/// Iterations after which the recorded variable of a neuron lies above `level`, and before not.
inline std::vector<double> crossings(const monnto::Array& recorded, double level,
                                     std::ptrdiff_t neuron, double dt) {
    const monnto::Array column = recorded(monnto::all, neuron);
    const std::vector<float> v = column.host<float>();
    std::vector<double> found;
    for (std::size_t i = 1; i < v.size(); ++i) {
        if (static_cast<double>(v[i]) > level && static_cast<double>(v[i - 1]) <= level) {
            found.push_back(static_cast<double>(i) * dt);
        }
    }
    return found;
}

/// Pairs (iteration, neuron) of a group's EventRecorder under key 10.
inline std::vector<std::int64_t> spikes_of(monnto::NeuronGroup& group) {
    auto& events = dynamic_cast<monnto::EventRecorder&>(*group.behavior(10));
    return events.history("spike").is_empty()
               ? std::vector<std::int64_t>()
               : events.history("spike").array().host<std::int64_t>();
}

/// The share of all chances to fire, (iteration, neuron), that was taken up to an iteration.
inline double fired_share(monnto::NeuronGroup& group, std::int64_t iterations) {
    const std::vector<std::int64_t> pairs = spikes_of(group);
    double count = 0.0;
    for (std::size_t k = 0; k < pairs.size(); k += 2) {
        count += pairs[k] <= iterations ? 1.0 : 0.0;
    }
    return count / static_cast<double>(iterations) / static_cast<double>(group.size());
}

/// Rows of numbers in out/classical_cpp, for examples/support/draw_classical.py.
template <class T>
void write_rows(const std::string& name, const std::vector<T>& values, std::size_t columns,
                std::size_t every = 1) {
    std::filesystem::create_directories("out/classical_cpp");
    std::ofstream file("out/classical_cpp/" + name + ".txt");
    for (std::size_t row = 0; (row + 1) * columns <= values.size(); row += every) {
        for (std::size_t column = 0; column < columns; ++column) {
            file << values[row * columns + column] << (column + 1 < columns ? ' ' : '\n');
        }
    }
}

/// Spikes of several groups, whose neurons are numbered on.
inline void write_spikes(const std::string& name, monnto::Network& net) {
    std::vector<std::int64_t> all;
    std::int64_t first = 0;
    for (const auto& group : net.neuron_groups()) {
        const std::vector<std::int64_t> pairs = spikes_of(*group);
        for (std::size_t k = 0; k < pairs.size(); k += 2) {
            all.push_back(pairs[k]);
            all.push_back(pairs[k + 1] + first);
        }
        first += group->size();
    }
    write_rows(name, all, 2);
}

}  // namespace example
