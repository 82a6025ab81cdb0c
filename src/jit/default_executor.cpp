#include "cpu/compiled_executor.hpp"
#include "reference/reference_executor.hpp"

#include <monnto/array/executor.hpp>

namespace monnto {
namespace {

/// The compiler where this machine has one, else the interpreter.
std::shared_ptr<Executor> make_default_executor() {
    const std::shared_ptr<Executor> compiled = cpu::make_compiled_executor();
    return compiled ? compiled : std::make_shared<ReferenceExecutor>();
}

[[maybe_unused]] const bool is_registered = [] {
    register_executor(0, &make_default_executor);
    return true;
}();

}  // namespace
}  // namespace monnto
