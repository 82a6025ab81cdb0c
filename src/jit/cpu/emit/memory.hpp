#pragma once

#include "program/program.hpp"

#include <string>

namespace monnto::emit {

/// Registers that say where an operand lies.
struct Place {
    std::string address;
    std::string row;     // bytes from row to row
    std::string column;  // bytes from column to column
    std::string ahead;   // bytes to what is fetched ahead
};

/// Writes how the elements `column` to `column` + 15 are read, those in `mask` where it is not
/// empty: as their values are held in registers.
[[nodiscard]] std::string load(DType dtype, const kernel::Input& input, const Place& place,
                               const std::string& column, const std::string& mask);

/// Writes how such elements are written.
void store(DType dtype, const std::string& held, const std::string& base, const std::string& column,
           const std::string& mask);

}  // namespace monnto::emit
