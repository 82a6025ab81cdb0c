#pragma once

#include "program/program.hpp"

#include <string>

namespace monnto::emit {

/// Division of many elements by one number, without the processor's divider, which takes one vector
/// after the other. The same bits: y is 1 / c rounded to nearest and z what it lacks, so that
/// x y + x z is rounded to one of the two neighbors of x / c; from that the remainder r = x - q c
/// is exact, and q + r y is rounded as x / c is (Markstein 1990, doi 10.1147/rd.341.0111). Numbers
/// so large or small that a step would round otherwise are divided.
class UniformDivision {
public:
    /// Writes what is computed once, from the register that has the divisor in each lane.
    UniformDivision(DType dtype, std::string divisor);

    /// The quotients, in a register.
    [[nodiscard]] std::string quotient(const std::string& dividend) const;

    /// Whether this pays for the divisions of a kernel: where it does much else for each element,
    /// the divider works beside that.
    [[nodiscard]] static bool pays(const kernel::Program& program);

private:
    template <class T>
    void prepare();
    template <class T>
    [[nodiscard]] std::string divided(const std::string& dividend) const;

    DType dtype_;
    std::string divisor_;
    std::string reciprocal_;  // y
    std::string rest_;        // z
    std::string span_;        // bits of magnitudes that are fine, from the smallest one on; or none
    std::string zero_;        // bits of a zero; of no magnitude where the divisor is not fine
};

}  // namespace monnto::emit
