#pragma once

#include <monnto/array/node.hpp>

#include <array>
#include <cstdint>
#include <vector>

/// Kernels before they are code: what one fused loop computes, with everything left out that may
/// change between two runs of it (addresses, sizes, numbers).
namespace monnto::kernel {

enum class Kind : std::uint8_t {
    load,       // the element of an input
    number,     // an argument, the same for all elements
    draw,       // a random number (S18)
    operation,  // elementwise
};

/// Elements that one vector of a kernel holds, whatever their type and the machine: reductions have
/// as many lanes (S17), and random numbers come in as many blocks (S18).
inline constexpr int lanes = 16;

/// One value of a kernel: one register per vector of elements.
struct Instruction {
    Kind kind = Kind::operation;
    Op op = Op::copy;                         // of operations
    DType dtype = DType::f32;                 // of the value
    Distribution distribution{};              // of draws
    std::uint16_t source = 0;                 // which input, number or draw
    std::array<std::uint16_t, 3> operands{};  // earlier instructions
    friend bool operator==(const Instruction&, const Instruction&) = default;
};

/// How an input moves from one column to the next.
enum class Step : std::uint8_t {
    none,  // the same element for a whole row
    unit,  // neighbors in memory
    any,   // a stride given as argument
};

/// Which elements that are needed later an input asks for, a distance given as argument ahead.
enum class Fetch : std::uint8_t {
    none,
    all,
    half,  // half of a row, in the course of a whole one
};

struct Input {
    DType dtype = DType::f32;
    Step step = Step::unit;
    Fetch fetch = Fetch::none;
    friend bool operator==(const Input&, const Input&) = default;
};
struct Output {
    std::uint16_t value = 0;
    DType dtype = DType::f32;
    friend bool operator==(const Output&, const Output&) = default;
};
/// What of a kernel's space a reduction combines.
enum class Along : std::uint8_t {
    all,      // everything: one result
    columns,  // each row: a result per row
    rows,     // each column: a result per column
};
/// A reduction, in the order of S17. That of all elements leaves 16 partial results per block of
/// 4096, which `join_folds` combines; others leave their results.
struct Fold {
    std::uint16_t value = 0;
    Op op = Op::sum;
    DType dtype = DType::f32;
    Along along = Along::all;
    friend bool operator==(const Fold&, const Fold&) = default;
};

/// For how many spaces a kernel runs in one launch.
enum class Members : std::uint8_t {
    one,
    many,   // each with arguments of its own
    alike,  // whose numbers, and ordinals of draws, are those of the first
};

struct Program {
    Members members = Members::one;
    /// Of each member, where all have as many and they are few: written without a loop over them.
    std::uint16_t vectors = 0;
    bool has_rows = false;  // a loop over rows around the loop over columns
    bool has_tail = false;  // columns may end inside a vector, and memory with them
    std::vector<Instruction> code;
    std::vector<Input> inputs;
    std::vector<Output> outputs;  // in C order
    std::vector<Fold> folds;
    std::uint16_t numbers = 0;
    std::uint16_t draws = 0;

    /// Whether it combines columns, and so takes all rows of them at a time.
    [[nodiscard]] bool folds_rows() const noexcept {
        return !folds.empty() && folds.front().along == Along::rows;
    }
    friend bool operator==(const Program&, const Program&) = default;
};

[[nodiscard]] std::uint64_t hash_of(const Program& program) noexcept;
/// Readable, one instruction a line (`explain`, test failures).
[[nodiscard]] std::string to_string(const Program& program);

/// Where a kernel finds what in its arguments, an array of words of 8 bytes:
/// per input its address, the bytes from row to row (with rows), from column to column (step any)
/// and to what is fetched ahead (where it fetches); per output its address and the bytes from
/// row to row; per fold its address, and with Along::rows that of memory for 16 rows of its dtype;
/// per number its bits; per draw a RandomPosition, its parameter as double, and the address of its
/// table or its threshold; then the count of columns (with rows).
class Layout {
public:
    explicit Layout(const Program& program);

    [[nodiscard]] int input(std::size_t i) const { return inputs_[i]; }
    [[nodiscard]] int input_row(std::size_t i) const { return inputs_[i] + 1; }
    [[nodiscard]] int input_column(std::size_t i) const { return inputs_[i] + 1 + rows_; }
    [[nodiscard]] int input_ahead(std::size_t i) const { return ahead_[i]; }
    [[nodiscard]] int output(std::size_t i) const { return outputs_[i]; }
    [[nodiscard]] int output_row(std::size_t i) const { return outputs_[i] + 1; }
    [[nodiscard]] int fold(std::size_t i) const { return folds_[i]; }
    [[nodiscard]] int fold_rows(std::size_t i) const { return folds_[i] + 1; }
    [[nodiscard]] int number(std::size_t i) const { return first_number_ + static_cast<int>(i); }
    [[nodiscard]] int draw(std::size_t i) const {
        return first_draw_ + draw_words * static_cast<int>(i);
    }
    [[nodiscard]] int columns() const { return columns_; }
    /// Of a member, where there are several; then follow the bytes from one's arguments to the
    /// next one's.
    [[nodiscard]] int elements() const { return columns_; }
    static constexpr int draw_words = 5;  // position in the first three
    /// Words in all; addresses of host functions follow.
    [[nodiscard]] int size() const { return size_; }

private:
    int rows_;
    std::vector<int> inputs_;
    std::vector<int> ahead_;
    std::vector<int> outputs_;
    std::vector<int> folds_;
    int first_number_ = 0;
    int first_draw_ = 0;
    int columns_ = 0;
    int size_ = 0;
};

/// A compiled kernel: elements [begin, end) of a flat space, or rows [begin, end). `begin` is a
/// multiple of 4096 where the space is flat and has folds or draws, else of 16. A kernel that folds
/// rows is given all of them. One of several members runs
/// members [begin, end), with the arguments of the first.
using Function = void (*)(const std::uint64_t* arguments, std::int64_t begin, std::int64_t end);

}  // namespace monnto::kernel
