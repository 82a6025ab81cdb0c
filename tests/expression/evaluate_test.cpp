#include <monnto/expression/evaluate.hpp>

#include <monnto/array/functions.hpp>
#include <monnto/expression/parser.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace monnto::expression {
namespace {

class EvaluateTest : public ::testing::Test {
protected:
    Value value(const std::string& text) { return evaluate(parse(text), scope_); }
    Array array(const std::string& text) { return evaluate_array(parse(text), scope_); }
    template <class T>
    std::vector<T> host(const std::string& text) {
        return array(text).host<T>();
    }
    template <class T>
    T as(const std::string& text) {
        return std::get<T>(value(text).data);
    }

    Array v_ = Array::from<float>({1.0F, 2.0F, 3.0F, 6.0F});
    Array spike_ = Array::from<bool>({true, false, false, true});
    Array w_ = Array::from<double>({1, 2, 3, 4, 5, 6}).reshape({2, 3});
    TableScope scope_{{{"v", v_},
                       {"spike", spike_},
                       {"W", w_},
                       {"k", Array::from<std::int64_t>({3, 1, 2})},
                       {"tau", 2.5},
                       {"count", 7},
                       {"name", "exc"},
                       {"network.iteration", 17}},
                      "NeuronGroup 'exc'"};
};

using Doubles = std::vector<double>;
using Floats = std::vector<float>;
using Longs = std::vector<std::int64_t>;
using Bools = std::vector<bool>;

TEST_F(EvaluateTest, ReadsVariablesUnderEveryPrefix) {
    for (const char* text : {"v", "n.v", "neurons.v", "s.v", "synapse.v", "synapses.v"}) {
        EXPECT_TRUE(array(text).same_as(v_)) << text;
    }
    EXPECT_EQ(as<std::int64_t>("n.network.iteration"), 17);
    EXPECT_EQ(as<std::int64_t>("network.iteration + 1"), 18);
    EXPECT_EQ(as<std::string>("name"), "exc");
}

TEST_F(EvaluateTest, KeepsWeakNumbersWeak) {
    EXPECT_EQ(array("v*2+1").dtype(), DType::f32);
    EXPECT_EQ(host<float>("v*2+1"), (Floats{3, 5, 7, 13}));
    EXPECT_EQ(array("v*tau").dtype(), DType::f32);
    EXPECT_EQ(array("v*np.float64(2)").dtype(), DType::f64);
    EXPECT_EQ(array("v*W[0,0]").dtype(), DType::f64) << "an element of a float64 array is strong";
    EXPECT_EQ(array("k/2").dtype(), DType::f64);
}

TEST_F(EvaluateTest, RunsRecorderStrings) {
    EXPECT_EQ(host<float>("np.mean(v)"), Floats{3});
    EXPECT_EQ(host<float>("torch.mean(n.v)"), Floats{3});
    EXPECT_EQ(host<double>("np.mean(n.W, axis=0)"), (Doubles{2.5, 3.5, 4.5}));
    EXPECT_EQ(host<float>("v[3]"), Floats{6});
    EXPECT_EQ(host<bool>("v>4"), (Bools{false, false, false, true}));
    EXPECT_EQ(host<float>("v if len(v) > 2 else 0"), (Floats{1, 2, 3, 6}));
}

TEST_F(EvaluateTest, Slices) {
    EXPECT_EQ(host<float>("v[3]"), Floats{6});
    EXPECT_EQ(host<float>("v[-1]"), Floats{6});
    EXPECT_EQ(host<float>("v[1:3]"), (Floats{2, 3}));
    EXPECT_EQ(host<float>("v[::-1]"), (Floats{6, 3, 2, 1}));
    EXPECT_EQ(host<float>("v[:count-5]"), (Floats{1, 2}));
    EXPECT_EQ(host<float>("n.v[n.spike]"), (Floats{1, 6}));
    EXPECT_EQ(host<float>("v[k]"), (Floats{6, 2, 3}));
    EXPECT_EQ(host<float>("v[[0, 2]]"), (Floats{1, 3}));
    EXPECT_EQ(host<float>("v[[]]"), Floats{});
    EXPECT_EQ(host<double>("W[:, :2]"), (Doubles{1, 2, 4, 5}));
    EXPECT_EQ(host<double>("W[1, ::2]"), (Doubles{4, 6}));
    EXPECT_EQ(host<double>("W[..., 0]"), (Doubles{1, 4}));
    EXPECT_EQ(host<double>("W[(0, 1), (2, 0)]"), (Doubles{3, 4}));
    EXPECT_EQ(host<float>("v[np.nonzero(v > 2)]"), (Floats{3, 6}));
    EXPECT_EQ(host<double>("W[np.ix_([0, 1], [0, 2])]"), (Doubles{1, 3, 4, 6}));
    EXPECT_EQ(array("v[None]").shape(), (Shape{1, 4}));
    EXPECT_EQ(array("v[:, np.newaxis]").shape(), (Shape{4, 1}));
}

TEST_F(EvaluateTest, ComparesAndCombines) {
    EXPECT_EQ(host<bool>("v > 2"), (Bools{false, false, true, true}));
    EXPECT_EQ(host<bool>("(v > 1) & (v < 6)"), (Bools{false, true, true, false}));
    EXPECT_EQ(host<bool>("~spike | (v == 1)"), (Bools{true, true, true, false}));
    EXPECT_EQ(host<bool>("spike ^ True"), (Bools{false, true, true, false}));
}

TEST_F(EvaluateTest, AppliesEveryOperatorToArrays) {
    EXPECT_EQ(host<float>("-v"), (Floats{-1, -2, -3, -6}));
    EXPECT_EQ(host<float>("+v"), (Floats{1, 2, 3, 6}));
    EXPECT_EQ(host<float>("v-1"), (Floats{0, 1, 2, 5}));
    EXPECT_EQ(host<float>("6/v"), (Floats{6, 3, 2, 1}));
    EXPECT_EQ(host<float>("v//2"), (Floats{0, 1, 1, 3}));
    EXPECT_EQ(host<float>("v%2"), (Floats{1, 0, 1, 0}));
    EXPECT_EQ(host<float>("v**2"), (Floats{1, 4, 9, 36}));
    EXPECT_EQ(host<double>("W@[1,1,1]"), (Doubles{6, 15}));
    EXPECT_EQ(host<std::int64_t>("k<<1"), (Longs{6, 2, 4}));
    EXPECT_EQ(host<std::int64_t>("k>>1"), (Longs{1, 0, 1}));
    EXPECT_EQ(host<std::int64_t>("k&2"), (Longs{2, 0, 2}));
    EXPECT_EQ(host<std::int64_t>("k|4"), (Longs{7, 5, 6}));
    EXPECT_EQ(host<std::int64_t>("k^1"), (Longs{2, 0, 3}));
    EXPECT_EQ(host<std::int64_t>("~k"), (Longs{-4, -2, -3}));
    EXPECT_EQ(host<bool>("k!=1"), (Bools{true, false, true}));
    EXPECT_EQ(host<bool>("k<=2"), (Bools{false, true, true}));
    EXPECT_EQ(host<bool>("k>=2"), (Bools{true, false, true}));
    EXPECT_EQ(host<bool>("2<k"), (Bools{true, false, false}));
}

TEST_F(EvaluateTest, ReducesOverAxes) {
    EXPECT_EQ(host<double>("np.sum(W)"), Doubles{21});
    EXPECT_EQ(host<double>("np.sum(W, axis=0)"), (Doubles{5, 7, 9}));
    EXPECT_EQ(host<double>("np.sum(W, 1)"), (Doubles{6, 15}));
    EXPECT_EQ(array("np.sum(W, axis=1, keepdims=True)").shape(), (Shape{2, 1}));
    EXPECT_EQ(array("np.sum(v, dtype=np.float64)").dtype(), DType::f64);
    EXPECT_EQ(array("np.sum(v, dtype='float64')").dtype(), DType::f64);
    EXPECT_EQ(host<double>("np.max(W, axis=(0, 1))"), Doubles{6});
    EXPECT_EQ(host<float>("np.max(v)-np.min(v)"), Floats{5});
    EXPECT_EQ(host<std::int64_t>("np.argmax(W, axis=1)"), (Longs{2, 2}));
    EXPECT_EQ(host<double>("W.mean(axis=0)"), (Doubles{2.5, 3.5, 4.5}));
    EXPECT_EQ(host<double>("np.std(W, ddof=1)")[0], std::sqrt(3.5));
    EXPECT_EQ(host<double>("np.percentile(W, 50)"), Doubles{3.5});
    EXPECT_EQ(host<bool>("np.any(spike)"), Bools{true});
    EXPECT_EQ(host<bool>("spike.all()"), Bools{false});
}

TEST_F(EvaluateTest, CallsMethodsAndReadsProperties) {
    EXPECT_EQ(host<double>("W.T[0]"), (Doubles{1, 4}));
    EXPECT_EQ(host<double>("n.W.T.sum(axis=0)"), (Doubles{6, 15}));
    EXPECT_EQ(as<std::int64_t>("W.size"), 6);
    EXPECT_EQ(as<std::int64_t>("W.shape[1]"), 3);
    EXPECT_EQ(as<std::int64_t>("W.shape[-2:][0]"), 2);
    EXPECT_TRUE(as<bool>("W.shape == (2, 3)"));
    EXPECT_EQ(as<std::int64_t>("len(W.shape)"), 2);
    EXPECT_EQ(array("v.astype('float64')").dtype(), DType::f64);
    EXPECT_EQ(array("v.astype(int)").dtype(), DType::i64);
    EXPECT_EQ(array("v.astype(dtype=np.uint8)").dtype(), DType::u8);
    EXPECT_EQ(array("v.reshape(2, 2)").shape(), (Shape{2, 2}));
    EXPECT_EQ(array("v.reshape((2, -1))").shape(), (Shape{2, 2}));
    EXPECT_EQ(array("W.transpose(1, 0)").shape(), (Shape{3, 2}));
    EXPECT_EQ(as<double>("v.mean().item()"), 3.0);
    EXPECT_TRUE(as<bool>("spike[0].item()"));
    EXPECT_EQ(as<std::int64_t>("k[0].item()"), 3);
    EXPECT_EQ(as<DType>("v.dtype"), DType::f32);
}

TEST_F(EvaluateTest, KnowsNamespacesAndBareNames) {
    for (const char* text : {"np.exp(v)", "numpy.exp(v)", "torch.exp(v)", "exp(v)"}) {
        EXPECT_EQ(array(text).dtype(), DType::f32) << text;
    }
    EXPECT_EQ(as<double>("np.pi"), std::numbers::pi);
    EXPECT_EQ(host<float>("np.where(v > 2, v, 0)"), (Floats{0, 0, 3, 6}));
    EXPECT_EQ(host<float>("where(spike, -v, v)"), (Floats{-1, 2, 3, -6}));
    EXPECT_EQ(host<float>("np.clip(v, 2, 3)"), (Floats{2, 2, 3, 3}));
    EXPECT_EQ(host<float>("np.clip(v, None, 3)"), (Floats{1, 2, 3, 3}));
    EXPECT_EQ(host<float>("torch.clamp(v, min=2)"), (Floats{2, 2, 3, 6}));
    EXPECT_EQ(host<double>("np.linalg.norm(np.array([3, 4]))"), Doubles{5});
    EXPECT_EQ(host<double>("np.round(np.array([0.125, 2.5]), 2)"), (Doubles{0.12, 2.5}));
    EXPECT_EQ(host<std::int64_t>("np.arange(2, 8, 3)"), (Longs{2, 5}));
    EXPECT_EQ(host<std::int64_t>("np.sort(k)[::-1]"), (Longs{3, 2, 1}));
    EXPECT_EQ(host<std::int64_t>("np.concatenate([k, (9,)])"), (Longs{3, 1, 2, 9}));
    EXPECT_EQ(host<std::int64_t>("np.histogram(v, bins=2)[0]"), (Longs{3, 1}));
}

TEST_F(EvaluateTest, FollowsTorchUnderItsOwnName) {
    EXPECT_EQ(host<double>("torch.std(W)")[0], std::sqrt(3.5)) << "divides by n-1";
    EXPECT_EQ(host<double>("torch.std(W, unbiased=False)")[0], host<double>("np.std(W)")[0]);
    EXPECT_EQ(host<double>("torch.max(W, dim=1)[0]"), (Doubles{3, 6}));
    EXPECT_EQ(host<std::int64_t>("torch.max(W, 1)[1]"), (Longs{2, 2}));
    EXPECT_EQ(host<std::int64_t>("W.max(dim=1)[1]"), (Longs{2, 2}));
    EXPECT_EQ(host<double>("W.max(axis=1)"), (Doubles{3, 6}));
    EXPECT_EQ(host<float>("torch.median(v)"), Floats{2}) << "the lower of the two in the middle";
    EXPECT_EQ(array("torch.nonzero(spike)").shape(), (Shape{2, 1}));
    EXPECT_EQ(array("torch.sum(W, 1, True)").shape(), (Shape{2, 1}));
    EXPECT_EQ(as<DType>("torch.float"), DType::f32);
}

TEST_F(EvaluateTest, KnowsPythonsBuiltins) {
    EXPECT_EQ(as<std::int64_t>("len(v)"), 4);
    EXPECT_EQ(as<std::int64_t>("abs(-3)"), 3);
    EXPECT_EQ(as<double>("abs(-tau)"), 2.5);
    EXPECT_EQ(host<float>("abs(-v)"), (Floats{1, 2, 3, 6}));
    EXPECT_EQ(host<double>("sum(W)"), (Doubles{5, 7, 9})) << "Python adds rows";
    EXPECT_EQ(host<double>("sum(W, axis=1)"), (Doubles{6, 15})) << "NumPy under its bare name";
    EXPECT_EQ(host<float>("max(v)"), Floats{6});
    EXPECT_EQ(as<std::int64_t>("min(3, 2, 5)"), 2);
    EXPECT_EQ(as<double>("max(1, 2.5)"), 2.5);
    EXPECT_EQ(as<std::int64_t>("round(2.5)"), 2);
    EXPECT_EQ(as<double>("round(2.675, 2)"), 2.67);
    EXPECT_EQ(as<std::int64_t>("int(-2.7)"), -2);
    EXPECT_EQ(as<double>("float(v[1])"), 2.0);
}

TEST_F(EvaluateTest, ChoosesLazily) {
    EXPECT_EQ(as<std::int64_t>("1 if count > 3 else missing"), 1);
    EXPECT_EQ(as<std::int64_t>("missing if v.mean() > 3 else 2"), 2);
    EXPECT_EQ(as<std::int64_t>("0 and missing"), 0);
    EXPECT_EQ(as<std::int64_t>("5 or missing"), 5);
    EXPECT_EQ(as<std::string>("None or name"), "exc");
    EXPECT_TRUE(as<bool>("not ()"));
    EXPECT_FALSE(as<bool>("not v.sum()"));
    EXPECT_ANY_THROW((void)value("v and spike")) << "an array of four has no truth value";
}

// The depth that the parser allows must not overflow the stack of the evaluator.
TEST_F(EvaluateTest, ReachesTheDepthThatTheParserAllows) {
    std::string sum = "v";
    for (int i = 0; i < 450; ++i) {
        sum += "+v";
    }
    EXPECT_EQ(host<float>(sum)[0], 451.0F);
    std::string nested = "v";
    for (int i = 0; i < 190; ++i) {
        nested = "abs(-" + nested + ")";  // two levels each would be too deep
    }
    EXPECT_THROW((void)value(nested), ParseError);
    nested = "v";
    for (int i = 0; i < 190; ++i) {
        nested = "np.abs(" + nested + ")";
    }
    EXPECT_EQ(host<float>(nested)[1], 2.0F);
}

TEST_F(EvaluateTest, NamesTheNearestForWhatIsUnknown) {
    const auto error = [&](const std::string& text) {
        try {
            (void)value(text);
        } catch (const UnknownName& unknown) {
            return unknown.kind + " " + unknown.name + " -> " + unknown.nearest;
        }
        return std::string("no error");
    };
    EXPECT_EQ(error("spikes"), "variable spikes -> spike");
    EXPECT_EQ(error("n.spkie"), "variable spkie -> spike");
    EXPECT_EQ(error("n.network.iterations"), "variable network.iterations -> network.iteration");
    EXPECT_EQ(error("np.maen(v)"), "function maen -> mean");
    EXPECT_EQ(error("unifrom(0, 1)"), "function unifrom -> ");
    EXPECT_EQ(error("v.meen()"), "method meen -> mean");
    EXPECT_EQ(error("v.shap"), "property shap -> shape");
    EXPECT_EQ(error("np.mean(v, axes=0)"), "argument axes -> axis");
    EXPECT_EQ(error("np.pie"), "constant pie -> pi");
}

TEST_F(EvaluateTest, SaysWhereTheUnknownNameStands) {
    try {
        (void)value("v + spkie");
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_STREQ(error.what(),
                     "no variable 'spkie' in NeuronGroup 'exc' (column 5 of 'v + spkie'); did you "
                     "mean 'spike'?");
    }
}

TEST_F(EvaluateTest, TellsMistakesFromWhatPythonMayKnow) {
    const auto outside = [&](const std::string& text) {
        try {
            (void)value(text);
        } catch (const Error& error) {
            return lies_outside(error);
        }
        ADD_FAILURE() << text;
        return false;
    };
    for (const char* text : {"my_function(v)", "v.numpy()", "v.cpu()", "np.fft.fft(v)", "v.flat",
                             "np.e_", "np.sum(v, where=spike)", "0 < v < 1", "[x for x in v]"}) {
        EXPECT_TRUE(outside(text)) << text;
    }
    for (const char* text : {"voltge", "v +", "v[9]", "v + W", "np.mean(v, axis=3)", "1/0"}) {
        EXPECT_FALSE(outside(text)) << text;
    }
}

TEST_F(EvaluateTest, ChecksArguments) {
    EXPECT_THROW((void)value("np.exp()"), BadParameter);
    EXPECT_THROW((void)value("np.exp(v, v)"), BadParameter);
    EXPECT_THROW((void)value("np.mean(v, a=v)"), BadParameter);
    EXPECT_THROW((void)value("np.mean('text')"), TypeMismatch);
    EXPECT_THROW((void)value("np.mean(v, axis='x')"), TypeMismatch);
    EXPECT_THROW((void)value("v.astype('floot')"), TypeMismatch);
    EXPECT_THROW((void)value("v['a']"), TypeMismatch);
    EXPECT_THROW((void)value("v[1.0]"), TypeMismatch);
    EXPECT_THROW((void)value("name + 1"), TypeMismatch);
    EXPECT_THROW((void)value("W.shape[2]"), IndexOutOfRange);
    EXPECT_THROW((void)value("3()"), TypeMismatch);
    EXPECT_THROW((void)array("None"), TypeMismatch);
}

// A scope with functions of its own, as the one that mode strings draw from.
class ModeScope final : public Scope {
public:
    std::optional<Value> find(std::span<const std::string> path) const override {
        return call(path, {});
    }
    std::optional<Value> call(std::span<const std::string> path,
                              const Arguments& arguments) const override {
        if (path.size() != 1 || path[0] != "uniform") {
            return std::nullopt;
        }
        ++draws;
        const double low =
            arguments.positional.empty() ? 0.0 : as_real(arguments.positional[0], "");
        return Array::from<double>({low, low + 0.5});
    }
    std::string description() const override { return "the modes"; }
    std::vector<std::string> variables() const override { return {}; }
    std::vector<std::string> functions() const override { return {"uniform"}; }

    mutable int draws = 0;
};

TEST(ScopeTest, BringsFunctionsOfItsOwn) {
    const ModeScope scope;
    const auto drawn = [&](const char* text) {
        return evaluate_array(parse(text), scope).host<double>();
    };
    EXPECT_EQ(drawn("uniform"), (Doubles{0, 0.5}));
    EXPECT_EQ(drawn("2*uniform(1)+1"), (Doubles{3, 4}));
    EXPECT_EQ(drawn("abs(-uniform())*uniform(1)"), (Doubles{0, 0.75}));
    EXPECT_EQ(scope.draws, 4);
    try {
        (void)drawn("unifrom(0, 1)");
        FAIL();
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.nearest, "uniform");
    }
}

TEST(ScopeTest, TableScopeReadsAVariableThatIsCalledLikeAPrefix) {
    const TableScope scope({{"s", Array::from<double>({1, 2})}});
    EXPECT_EQ(evaluate_array(parse("s*2"), scope).host<double>(), (Doubles{2, 4}));
    EXPECT_EQ(std::get<std::int64_t>(evaluate(parse("s.size"), scope).data), 2);
}

}  // namespace
}  // namespace monnto::expression
