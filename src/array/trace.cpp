#include <monnto/array/trace.hpp>

namespace monnto {
namespace {

std::vector<StepReport>*& open_trace() noexcept {
    static std::vector<StepReport>* steps = nullptr;  // read and written under the engine's lock
    return steps;
}

}  // namespace

TraceScope::TraceScope(std::vector<StepReport>& steps) noexcept {
    open_trace() = &steps;
}
TraceScope::~TraceScope() {
    open_trace() = nullptr;
}

std::vector<StepReport>* TraceScope::current() noexcept {
    return open_trace();
}

}  // namespace monnto
