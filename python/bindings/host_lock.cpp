#include <monnto/base/host_lock.hpp>

#include "host_lock.hpp"

#include <Python.h>

namespace monnto::python {
namespace {

class Gil final : public HostLock {
public:
    void* give_up() noexcept override {
        return Py_IsInitialized() != 0 && PyGILState_Check() != 0 ? PyEval_SaveThread() : nullptr;
    }
    void take(void* given_up) noexcept override {
        PyEval_RestoreThread(static_cast<PyThreadState*>(given_up));
    }
};

}  // namespace

void share_gil() {
    static Gil gil;
    set_host_lock(&gil);
}

}  // namespace monnto::python
