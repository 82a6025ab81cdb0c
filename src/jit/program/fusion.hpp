#pragma once

#include "grouping.hpp"
#include "program.hpp"

#include <optional>
#include <vector>

namespace monnto::kernel {

/// How far ahead kernels ask for pieces of rows.
inline constexpr std::ptrdiff_t rows_ahead = 16;

/// An input of a kernel: elements of a source in memory, as rows and columns of the kernel's space.
struct Operand {
    Source source = Source::leaf(0);
    DType dtype = DType::f32;
    std::ptrdiff_t offset = 0;  // elements, from the first of the source
    std::ptrdiff_t row = 0;     // elements from row to row
    std::ptrdiff_t column = 0;  // elements from column to column
    std::ptrdiff_t ahead = 0;   // elements to what is fetched ahead, where the input fetches
};

/// An output, and the operands whose memory it may take over: same size, read at the same place.
struct Result {
    std::uint32_t node = 0;
    std::vector<std::uint32_t> donors;  // operands
};

/// One group as a kernel: its program, and what the program's arguments are in the graph.
struct Fusion {
    Program program;
    std::vector<Operand> operands;  // one per input of the program
    std::vector<Result> results;    // one per output
    std::vector<std::uint32_t> folds;
    std::vector<std::uint32_t> numbers;
    std::vector<std::uint32_t> draws;
    /// Rows are columns of the matrices, which lie column by column.
    bool is_turned = false;
    std::ptrdiff_t rows = 1;
    std::ptrdiff_t columns = 1;
    /// Per operand how many inputs of the group's nodes refer to its source: if nobody else does,
    /// its memory is free afterwards.
    std::vector<std::uint32_t> uses;
    std::size_t bytes = 0;  // read and written by one run
};

/// Nothing where no kernel can hold the group: too many axes to walk, or folds and draws that need
/// a flat space without a tail.
[[nodiscard]] std::optional<Fusion> fused(const Graph& graph, const Grouping& grouping,
                                          std::size_t group);

}  // namespace monnto::kernel
