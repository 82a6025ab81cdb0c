#pragma once

#include <monnto/core/behavior.hpp>
#include <monnto/recorders/recording.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace monnto {

struct RecorderOptions {
    std::int64_t gapwidth = 0;    // sample every gapwidth steps; 0 and 1: every step
    std::int64_t max_length = 0;  // samples kept, the newest; 0: all
    std::string tag = {};
};

/// Keeps the values of expressions over time: Recorder({"voltage", "np.mean(n.voltage)"}).
///
/// Expressions are evaluated on the object it is attached to. Syntax is checked when it is
/// constructed; a name that does not exist at the first sample is an error there, naming the
/// nearest. All expressions of a step are evaluated together, and what is sampled never changes a
/// bit of the simulation (S17).
class Recorder : public Behavior {
public:
    explicit Recorder(std::vector<std::string> variables, RecorderOptions options = {});
    explicit Recorder(std::string variable, RecorderOptions options = {})
        : Recorder(std::vector<std::string>{std::move(variable)}, std::move(options)) {}
    ~Recorder() override;

    void initialize(Object& object) override;
    void iteration(Object& object) override;
    [[nodiscard]] bool observe(Object& object, Plan& plan) override;
    [[nodiscard]] bool initialize_last() const override { return true; }
    [[nodiscard]] bool is_observer() const override { return true; }
    [[nodiscard]] std::string class_name() const override { return "Recorder"; }
    [[nodiscard]] std::string parameters_text() const override;  ///< what it records

    /// The key under which a text is kept: `voltage`, `n.voltage`, `neurons.voltage` are one (S24).
    [[nodiscard]] static std::string normalized_key(std::string_view text);
    void add_variable(const std::string& text);
    [[nodiscard]] const std::vector<std::string>& variables() const noexcept { return texts_; }
    /// Throws UnknownName.
    [[nodiscard]] Recording& history(std::string_view key) const;
    [[nodiscard]] const std::vector<std::shared_ptr<Recording>>& recordings() const noexcept {
        return recordings_;
    }

    [[nodiscard]] std::int64_t gapwidth() const noexcept { return options_.gapwidth; }
    void set_gapwidth(std::int64_t gapwidth);
    [[nodiscard]] std::int64_t max_length() const noexcept { return options_.max_length; }

    /// Starts empty recordings; handles already given out keep what they have.
    virtual void reset();
    /// Empties the recordings, also for handles given out.
    void clear();
    void cut_length(std::int64_t count);
    /// True once after new samples came.
    [[nodiscard]] bool is_new_data_available();

    /// Samples that were copied from what a plan left, for tests and explanations.
    [[nodiscard]] std::int64_t copied_samples() const noexcept { return copied_samples_; }

    /// Bytes that `iterations` more steps will add, from the samples so far; before the first
    /// sample the expressions are evaluated once on `object`.
    [[nodiscard]] std::size_t memory_forecast(Object& object, std::int64_t iterations);

    /// A value that the grammar does not cover (S25): asked for texts that do not parse, and
    /// instead of the engine where it returns something. Faces set it.
    using HostExpression =
        std::function<std::optional<Array>(Object&, Recorder&, const std::string& text)>;
    static void set_host_expression(HostExpression evaluate);
    /// Whether the host goes first for objects like this one, except for plain names: another
    /// dialect than the grammar's (S14). Faces set it.
    using HostFirst = bool (*)(const Object&);
    static void set_host_first(HostFirst is_first);

    [[nodiscard]] std::shared_ptr<Findable> result(std::string_view key) override;
    [[nodiscard]] std::vector<std::string> result_names() const override;
    void visit_state(StateVisitor& visitor) override;

protected:
    /// Throws where a value of that shape cannot be stored as next sample of variable `index`.
    virtual void check(std::size_t index, const Shape& shape) const;
    /// Stores one sample of variable `index`.
    virtual void store(Object& object, std::size_t index, const Array& value);
    /// The same of a sample that a plan left.
    virtual void store(Object& object, std::size_t index, const Sample& sample);
    [[nodiscard]] virtual std::shared_ptr<Recording> new_recording(const std::string& key) const;
    [[nodiscard]] Array evaluate(Object& object, std::size_t index) const;

private:
    struct Compiled;
    class Sampling;

    [[nodiscard]] std::vector<Array> evaluate_all(Object& object);
    void store_samples(Object& object, const Sampler& sampler);
    void note_sample() noexcept;

    RecorderOptions options_;
    std::vector<std::string> texts_;
    std::vector<std::unique_ptr<Compiled>> compiled_;
    std::vector<std::shared_ptr<Recording>> recordings_;
    std::unique_ptr<Sampling> sampling_;
    std::int64_t steps_since_sample_ = 0;
    std::int64_t samples_ = 0;  // taken since the last reset
    std::int64_t copied_samples_ = 0;
    bool has_new_data_ = false;
};

}  // namespace monnto
