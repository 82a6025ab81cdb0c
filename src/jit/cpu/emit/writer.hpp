#pragma once

#include "processor.hpp"
#include "program/program.hpp"

#include <monnto/array/dtype.hpp>

#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace monnto::emit {

/// LLVM splits vectors of so many elements into registers of the machine.
inline constexpr int lanes = kernel::lanes;

/// The text of one LLVM function while it grows, instruction by instruction.
class Writer {
public:
    /// Instructions beyond LLVM's own are used up to that processor's.
    explicit Writer(Processor width) noexcept : width_(width) {}
    [[nodiscard]] Processor width() const noexcept { return width_; }

    /// Appends `%vN = <instruction>` and returns "%vN".
    std::string value(std::string_view instruction);
    void line(std::string_view instruction);
    /// Starts a basic block; whoever calls has ended the one before.
    void block(const std::string& label);
    [[nodiscard]] const std::string& current_block() const noexcept { return block_; }
    [[nodiscard]] std::string fresh_label(std::string_view stem);
    /// Memory of the function, reserved once at its entry: "%sN".
    [[nodiscard]] std::string stack(std::string_view type, int count);
    /// A variable of one vector, which the pass mem2reg turns into registers: "%sN".
    [[nodiscard]] std::string variable(std::string_view type);
    /// A declaration of an intrinsic, written once.
    void declare(const std::string& declaration) { declarations_.insert(declaration); }

    /// A function of plain numbers that the kernel calls; gives the register with its address,
    /// which the kernel loads from its arguments: so code holds no addresses and can be kept on
    /// disk.
    [[nodiscard]] std::string host_function(const std::string& name, void* address);
    struct HostFunction {
        std::string name;
        void* address;
    };
    [[nodiscard]] const std::vector<HostFunction>& host_functions() const noexcept {
        return host_functions_;
    }

    [[nodiscard]] const std::string& body() const noexcept { return body_; }
    [[nodiscard]] const std::string& reserved() const noexcept { return stack_; }
    [[nodiscard]] const std::set<std::string>& declarations() const noexcept {
        return declarations_;
    }

private:
    Processor width_;
    std::string body_;
    std::string stack_;
    std::string block_;
    std::set<std::string> declarations_;
    std::vector<HostFunction> host_functions_;
    int values_ = 0;
    int labels_ = 0;
    int slots_ = 0;
};

/// The writer that lanes append to. Set while a kernel is written, by one thread at a time.
[[nodiscard]] Writer& writer() noexcept;
class WriterScope {
public:
    explicit WriterScope(Writer& writer) noexcept;
    WriterScope(const WriterScope&) = delete;
    WriterScope& operator=(const WriterScope&) = delete;
    ~WriterScope();

private:
    Writer* before_;
};

/// LLVM's name of an element's type in a register: bool is i1.
[[nodiscard]] std::string_view element_type(DType dtype) noexcept;
/// The same in memory: bool is i8.
[[nodiscard]] std::string_view memory_type(DType dtype) noexcept;
[[nodiscard]] std::string vector_of(std::string_view element);
[[nodiscard]] inline std::string vector_type(DType dtype) {
    return vector_of(element_type(dtype));
}
/// A vector constant with that number in each lane.
[[nodiscard]] std::string splat(DType dtype, double real);
[[nodiscard]] std::string splat_bits(DType dtype, std::uint64_t bits);
/// A vector with the scalar register `scalar` in each lane.
[[nodiscard]] std::string broadcast(DType dtype, const std::string& scalar);

/// A vector constant 0, 1, ..., 15 of integers, with its type.
[[nodiscard]] std::string lane_numbers(DType dtype);

}  // namespace monnto::emit
