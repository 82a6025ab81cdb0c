#pragma once

#include <monnto/behaviors/fwd.hpp>
#include <monnto/core/registry.hpp>
#include <monnto/core/synapse_group.hpp>

#include <string>

namespace monnto {

/// Spike-timing-dependent plasticity over one iteration to either side: the rule of the PymoNNto
/// paper (Vieth et al. 2021, doi 10.3389/fninf.2021.715131).
///
///     W <- clip(W + strength * (post pre_old - post_old pre + post pre) * enabled, w_min, w_max)
///
/// Reads `spike` of both ends and, where there is one, `enabled`; changes `W`; owns
/// `pre_spike_old` and `post_spike_old`. Give it a key behind the neurons'.
class OneStepStdp final : public SynapseBehavior {
public:
    struct Params {
        Parameter strength = 0.0015;
        Parameter w_min = 0.0;
        Parameter w_max = 10.0;
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit OneStepStdp(Params params) : params_(std::move(params)) {}

    void initialize(SynapseGroup& synapses) override;
    void iteration(SynapseGroup& synapses) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array strength_, low_, high_;
};

/// Spike-timing-dependent plasticity of pairs, all-to-all, by exponential traces.
///
///     pre_trace <- pre_trace exp(-dt/tau_plus) + pre;   post_trace <- post_trace
///     exp(-dt/tau_minus) + post W += a_plus  f_plus(W)  pre_trace post;           W -= a_minus
///     f_minus(W) post_trace pre
///
/// and W is clipped to w_min ... w_max. A trace counts spikes of earlier iterations only: pre and
/// post in one iteration change nothing. With u = W/w_max, `dependence` chooses
///
///     additive        f_plus = w_max,                  f_minus = w_max
///     multiplicative  f_plus = w_max - W,              f_minus = W
///     power           f_plus = w_max (1 - u)^mu,       f_minus = w_max u^mu
///     power_law       f_plus = w_0 (W/w_0)^mu,         f_minus = W       (unbounded above without
///     w_max)
///
/// after Song, Miller, Abbott 2000 (doi 10.1038/78829); van Rossum, Bi, Turrigiano 2000
/// (doi 10.1523/JNEUROSCI.20-23-08812.2000) and Rubin, Lee, Sompolinsky 2001
/// (doi 10.1103/PhysRevLett.86.364); Guetig et al. 2003 (doi 10.1523/JNEUROSCI.23-09-03697.2003);
/// Morrison, Aertsen, Diesmann 2007 (doi 10.1162/neco.2007.19.6.1467).
///
/// Reads `spike` of both ends; changes `W`; owns `pre_trace` and `post_trace`. Times in ms.
class TraceStdp final : public SynapseBehavior {
public:
    struct Params {
        Parameter tau_plus = 20.0;   // ms
        Parameter tau_minus = 20.0;  // ms
        Parameter a_plus = 0.01;
        Parameter a_minus = 0.0105;
        Parameter w_min = 0.0;
        Parameter w_max = 1.0;
        Parameter dependence = "additive";
        Parameter mu = 0.4;   // of power and power_law
        Parameter w_0 = 1.0;  // of power_law
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    /// Throws UnknownName for a dependence that does not exist.
    explicit TraceStdp(Params params);

    void initialize(SynapseGroup& synapses) override;
    void iteration(SynapseGroup& synapses) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    enum class Dependence : unsigned char { additive, multiplicative, power, power_law };
    [[nodiscard]] static Dependence dependence_of(const std::string& name);
    void potentiate(Slot& weights, const Array& post_spike, const Array& pre_trace) const;
    void depress(Slot& weights, const Array& pre_spike, const Array& post_trace) const;

    Params params_;
    Dependence dependence_;
    Array keep_pre_, keep_post_, a_plus_, a_minus_, low_, high_, mu_, w_0_;
};

/// The triplet rule, all-to-all (Pfister, Gerstner 2006, doi 10.1523/JNEUROSCI.1425-06.2006), with
/// the parameters fitted there to visual cortex.
///
///     W += w_max post r1 (a2_plus + a3_plus o2);     W -= w_max pre o1 (a2_minus + a3_minus r2)
///
/// r1, r2 are traces of pre-synaptic spikes with tau_plus and tau_x, o1, o2 of post-synaptic ones
/// with tau_minus and tau_y, all as they were before this iteration's spikes. Reads `spike` of both
/// ends; changes `W`; owns the four traces. Times in ms.
class TripletStdp final : public SynapseBehavior {
public:
    struct Params {
        Parameter tau_plus = 16.8;   // ms
        Parameter tau_x = 101.0;     // ms
        Parameter tau_minus = 33.7;  // ms
        Parameter tau_y = 125.0;     // ms
        Parameter a2_plus = 5e-10;
        Parameter a3_plus = 6.2e-3;
        Parameter a2_minus = 7e-3;
        Parameter a3_minus = 2.3e-4;
        Parameter w_min = 0.0;
        Parameter w_max = 1.0;
    };
    static void visit_parameters(Params& p, const ParameterVisitor& visit);
    explicit TripletStdp(Params params) : params_(std::move(params)) {}

    void initialize(SynapseGroup& synapses) override;
    void iteration(SynapseGroup& synapses) override;
    [[nodiscard]] bool is_static() const override { return true; }
    void visit_state(StateVisitor& visitor) override;

private:
    Params params_;
    Array keep_r1_, keep_r2_, keep_o1_, keep_o2_;
    Array a2_plus_, a3_plus_, a2_minus_, a3_minus_, low_, high_;
};

}  // namespace monnto
