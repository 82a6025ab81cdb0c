#pragma once

#include "model_array.hpp"

#include <monnto/array/array.hpp>

#include <random>
#include <string>
#include <vector>

namespace monnto::model {

/// A random program of statements on int64 arrays, run by the engine and by the model side by side.
/// Statements are also kept as NumPy source, so that a failure can be pasted into Python.
class Program {
public:
    explicit Program(std::uint64_t seed);

    /// Runs that many statements. Returns what went wrong, or nothing.
    [[nodiscard]] std::string run(int statements);
    /// NumPy source that asserts what the model found: checks the model itself.
    [[nodiscard]] const std::string& source() const { return source_; }

    struct Variable {
        Array array;
        ModelArray model;
    };

private:
    using Statement = void (Program::*)();

    void create();
    void alias();
    void take_view();
    void take_part();
    void combine();
    void combine_in_place();
    void update_part();
    void assign_masked();
    void assign_indexed();
    void add_indexed();
    void fill();
    void transform();
    void reduce();
    void choose();
    void multiply_matrices();
    void read();

    /// Both sides write, or both refuse because the target is read-only.
    void write(const ModelArray& target, const std::vector<std::int64_t>& values,
               const std::function<void()>& engine_writes);
    void bind(std::size_t target, Array array, ModelArray model, const std::string& source);
    void note(const std::string& source) { source_ += source + "\n"; }
    void check(std::size_t variable);
    void fail(const std::string& problem) {
        if (problem_.empty()) {
            problem_ = problem;
        }
    }

    [[nodiscard]] std::ptrdiff_t draw(std::ptrdiff_t low, std::ptrdiff_t high);  // both inclusive
    [[nodiscard]] std::size_t any_variable() {
        return static_cast<std::size_t>(
            draw(0, static_cast<std::ptrdiff_t>(variables_.size()) - 1));
    }
    [[nodiscard]] static std::string name(std::size_t variable) {
        return "v" + std::to_string(variable);
    }

    std::mt19937_64 random_;
    std::vector<Variable> variables_;
    std::string source_ = "import numpy as np\n";
    std::string problem_;
};

}  // namespace monnto::model
