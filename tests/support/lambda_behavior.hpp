#pragma once

#include <monnto/core/behavior.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace monnto::support {

/// A behavior made of functions, so that a test reads in one place.
class LambdaBehavior final : public Behavior {
public:
    using Function = std::function<void(Object&)>;

    explicit LambdaBehavior(Function iteration, Function initialize = {}, bool is_static = false)
        : iteration_(std::move(iteration)),
          initialize_(std::move(initialize)),
          is_static_(is_static) {}

    [[nodiscard]] bool is_static() const override { return is_static_; }

    void initialize(Object& object) override {
        if (initialize_) {
            initialize_(object);
        }
    }
    void iteration(Object& object) override {
        if (iteration_) {
            iteration_(object);
        }
    }

private:
    Function iteration_;
    Function initialize_;
    bool is_static_;
};

[[nodiscard]] inline std::shared_ptr<Behavior> every_step(LambdaBehavior::Function iteration) {
    return std::make_shared<LambdaBehavior>(std::move(iteration));
}
[[nodiscard]] inline std::shared_ptr<Behavior> at_start(LambdaBehavior::Function initialize) {
    return std::make_shared<LambdaBehavior>(nullptr, std::move(initialize));
}
[[nodiscard]] inline std::shared_ptr<Behavior> both(LambdaBehavior::Function initialize,
                                                    LambdaBehavior::Function iteration) {
    return std::make_shared<LambdaBehavior>(std::move(iteration), std::move(initialize));
}

/// Declares itself static where asked to.
[[nodiscard]] inline std::shared_ptr<Behavior> repeating(bool is_static,
                                                         LambdaBehavior::Function initialize,
                                                         LambdaBehavior::Function iteration) {
    return std::make_shared<LambdaBehavior>(std::move(iteration), std::move(initialize), is_static);
}

}  // namespace monnto::support
