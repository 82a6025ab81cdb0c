#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/equations/fwd.hpp>
#include <monnto/expression/statement.hpp>
#include <monnto/expression/units.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace monnto {

/// A variable that equations change: `v = 1*mV`, `tau = 10*ms + n.vector("uniform")*200*ms`.
///
///     v <- v_new
///
/// Creates `v` and `v_new` with one value per neuron or synapse; every iteration `v` takes over
/// what equations left in `v_new`. With a smaller key than theirs, all equations therefore see the
/// same old state. Numbers are kept in s, mV, nA and what follows from them (docs/equations.md).
/// Also registered as `Syn_Variable`, for synapse groups.
class Variable final : public Behavior {
public:
    struct Params {
        Parameter eq = "";
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit) { visit("eq", p.eq); }
    /// Throws ParseError for anything but `name = expression`.
    explicit Variable(const Params& params);
    explicit Variable(std::string equation) : Variable(Params{std::move(equation)}) {}

    void initialize(Object& object) override;
    void iteration(Object& object) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

    [[nodiscard]] const std::string& name() const noexcept { return statement_.target; }
    /// Nothing before initialize, and where it cannot be told.
    [[nodiscard]] const std::optional<expression::Dimension>& dimension() const noexcept {
        return dimension_;
    }

private:
    Params params_;
    expression::Statement statement_;
    std::string next_;  // v_new
    std::optional<expression::Dimension> dimension_;
    std::uint64_t taken_over_ = 0;  // node of v_new that v has already
};

}  // namespace monnto
