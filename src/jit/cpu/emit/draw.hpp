#pragma once

#include "program/program.hpp"

#include <string>
#include <vector>

namespace monnto::emit {

/// Whether kernels can draw from this distribution, given parameters that are one number for all.
[[nodiscard]] bool can_draw(Distribution distribution, DType dtype) noexcept;

/// Writes the part of a kernel that draws random numbers: whole chunks (S18), from which each
/// vector takes its 16.
class Draw {
public:
    /// `place` is the register with the address of the draw's arguments (kernel::Layout), and
    /// `step` that with the address of the arguments whose step it draws for, `ordinal` likewise.
    Draw(const kernel::Instruction& instruction, std::string place, const std::string& step,
         const std::string& ordinal);
    Draw(const kernel::Instruction& instruction, const std::string& place)
        : Draw(instruction, place, place, place) {}

    /// Leaves the step among its own arguments, for whoever looks up single elements.
    void note_step() const;

    /// The register with the draws of the elements `column` to `column` + 15.
    [[nodiscard]] std::string write(const std::string& column);
    /// The same where the column is known while the kernel is written, and columns come in order:
    /// a chunk stays in registers.
    [[nodiscard]] std::string write(int column);

private:
    /// The draws of the chunk that begins at that column, one register per vector.
    [[nodiscard]] std::vector<std::string> draw(const std::string& column) const;
    [[nodiscard]] int chunk_size() const noexcept;  // elements
    [[nodiscard]] std::string as_value(const std::string& memory) const;
    [[nodiscard]] std::string argument(int word, std::string_view type) const {
        return argument_of(place_, word, type);
    }
    [[nodiscard]] static std::string argument_of(const std::string& place, int word,
                                                 std::string_view type);

    kernel::Instruction instruction_;
    std::string place_;
    std::string key_;
    std::string step_;
    std::string ordinal_;
    std::string chunk_;               // memory for the draws of a chunk
    std::vector<std::string> drawn_;  // the chunk in registers
};

}  // namespace monnto::emit
