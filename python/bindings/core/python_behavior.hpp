#pragma once

#include <monnto/core/behavior.hpp>

#include <Python.h>
#include <nanobind/nanobind.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace monnto::python {

/// A behavior whose code is Python: forwards to the object that it is tied to.
class PythonBehavior final : public Behavior {
public:
    struct Traits {
        std::string class_name;
        std::string method;  // "iteration", "forward", or "" where the body is empty
        bool initialize_on_init = false;
        bool initialize_last = false;
        bool is_static = false;      // promised
        bool may_be_static = false;  // what its code does may be looked at
    };
    explicit PythonBehavior(Traits traits);
    ~PythonBehavior() override;

    void initialize(Object& object) override;
    void iteration(Object& object) override;
    [[nodiscard]] bool has_iteration() const override { return !traits_.method.empty(); }
    [[nodiscard]] bool initialize_on_init() const override { return traits_.initialize_on_init; }
    [[nodiscard]] bool initialize_last() const override { return traits_.initialize_last; }
    [[nodiscard]] bool is_static() const override { return traits_.is_static; }
    [[nodiscard]] std::string obstacle_to_replay(Object& object) override;
    [[nodiscard]] bool surely_repeats() const noexcept override { return surely_repeats_; }
    /// Whether its code may be read to find out if its iterations repeat.
    [[nodiscard]] bool can_be_read() const noexcept {
        return traits_.may_be_static && python_ != nullptr;
    }
    /// What Python is asked about it: the object, the method, and what it is attached to.
    [[nodiscard]] nanobind::tuple question(nanobind::handle owner) const;
    void append_places(Places& places, const std::string& owner) override;
    [[nodiscard]] std::string class_name() const override { return traits_.class_name; }
    [[nodiscard]] std::vector<std::string> unused_parameters() const override;
    [[nodiscard]] std::string parameters_text() const override;

    /// Searches that reach this behavior are answered by `source` (a recorder that Python code
    /// drives).
    void set_results(std::shared_ptr<Behavior> source) { results_ = std::move(source); }
    [[nodiscard]] std::shared_ptr<Findable> result(std::string_view key) override {
        return results_ == nullptr ? nullptr : results_->result(key);
    }
    [[nodiscard]] std::vector<std::string> result_names() const override {
        return results_ == nullptr ? std::vector<std::string>() : results_->result_names();
    }
    void visit_state(StateVisitor& visitor) override {
        if (results_ != nullptr) {
            results_->visit_state(visitor);
        }
    }

    /// Borrowed; null when the Python object is gone.
    void set_python(PyObject* python) noexcept { python_ = python; }

private:
    void call(PyObject* method, Object& object);

    Traits traits_;
    PyObject* method_;  // its name; strong
    PyObject* python_ = nullptr;
    std::shared_ptr<Behavior> results_;
    bool surely_repeats_ = false;
};

}  // namespace monnto::python
