#include <monnto/array/slowness.hpp>

namespace monnto {
namespace {

thread_local const std::function<void(const std::string&)>* listener = nullptr;

}  // namespace

SlownessScope::SlownessScope(const std::function<void(const std::string&)>& hear) noexcept
    : outer_(listener) {
    listener = &hear;
}
SlownessScope::~SlownessScope() {
    listener = outer_;
}

void SlownessScope::report(const std::string& cause) {
    if (listener != nullptr) {
        (*listener)(cause);
    }
}

}  // namespace monnto
