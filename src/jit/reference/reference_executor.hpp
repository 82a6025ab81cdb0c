#pragma once

#include <monnto/array/executor.hpp>

namespace monnto {

/// The interpreter: evaluates node by node, in the order of recording, on one thread. It defines
/// what every operation means and is what other executors are compared with; also the fallback
/// where no compiler is present.
class ReferenceExecutor final : public Executor {
public:
    [[nodiscard]] std::string_view name() const noexcept override { return "reference"; }
    void run(std::span<Node* const> nodes, std::span<Node* const> wanted) override;
};

}  // namespace monnto
