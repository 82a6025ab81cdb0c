#include <monnto/recorders/recorder.hpp>

#include "sampling.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/core/network.hpp>
#include <monnto/core/object_scope.hpp>
#include <monnto/core/snapshot.hpp>
#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/parser.hpp>
#include <monnto/expression/print.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace monnto {
namespace {

Recorder::HostExpression& host() {
    static Recorder::HostExpression evaluate;
    return evaluate;
}

void check_not_negative(const char* name, std::int64_t value) {
    if (value < 0) {
        throw BadParameter(name, std::to_string(value), "0 or more");
    }
}

}  // namespace

struct Recorder::Compiled {
    std::string key;
    std::optional<expression::Expression> expression;  // nothing: only the host understands it
    bool is_for_host = false;
    bool is_number = false;  // the last value: no array, and evaluated at once
};

Recorder::Recorder(std::vector<std::string> variables, RecorderOptions options)
    : options_(std::move(options)) {
    check_not_negative("gapwidth", options_.gapwidth);
    check_not_negative("max_length", options_.max_length);
    if (!options_.tag.empty()) {
        with_tag(options_.tag);
    }
    for (const std::string& variable : variables) {
        add_variable(variable);
    }
}

Recorder::~Recorder() = default;

void Recorder::initialize(Object& /*object*/) {
    add_tag("recorder");
}

std::string Recorder::normalized_key(std::string_view text) {
    return expression::normalized(text);
}

void Recorder::add_variable(const std::string& text) {
    auto compiled = std::make_unique<Compiled>();
    try {
        compiled->expression = expression::parse(text);
        compiled->key = expression::normalized(*compiled->expression);
    } catch (const expression::NotInGrammar&) {
        if (!host()) {
            throw;
        }
        compiled->key = normalized_key(text);
        compiled->is_for_host = true;
    }
    const bool is_known = std::any_of(compiled_.begin(), compiled_.end(), [&](const auto& present) {
        return present->key == compiled->key;
    });
    if (is_known) {
        return;
    }
    texts_.push_back(text);
    compiled_.push_back(std::move(compiled));
    recordings_.push_back(nullptr);
    recordings_.back() = new_recording(compiled_.back()->key);
    recordings_.back()->set_text(text);
    sampling_.reset();
    touch_structure();
}

std::shared_ptr<Recording> Recorder::new_recording(const std::string& key) const {
    return std::make_shared<Recording>(key, options_.max_length);
}

namespace {

Recorder::HostFirst& host_first() {
    static Recorder::HostFirst is_first = nullptr;
    return is_first;
}

bool is_plain_name(const std::string& key) {
    return key.find_first_of("()[]+-*/%<>=!&|^~@., ") == std::string::npos;
}

}  // namespace

void Recorder::set_host_first(HostFirst is_first) {
    host_first() = is_first;
}

Array Recorder::evaluate(Object& object, std::size_t index) const {
    Compiled& compiled = *compiled_[index];
    if (!compiled.is_for_host && host() && host_first() != nullptr && host_first()(object) &&
        !is_plain_name(compiled.key)) {
        compiled.is_for_host = true;
    }
    if (!compiled.is_for_host) {
        try {
            const auto value = expression::evaluate(*compiled.expression, ObjectScope(object));
            compiled.is_number = value.is_number();
            return expression::as_array(value, compiled.expression->source());
        } catch (const Error& error) {
            // The host also knows variables that are no arrays (lists, texts) and names of scripts.
            const bool is_for_others = expression::lies_outside(error) ||
                                       dynamic_cast<const UnknownName*>(&error) != nullptr;
            if (!host() || !is_for_others) {
                throw;
            }
        }
    }
    auto& self = const_cast<Recorder&>(*this);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    if (auto value = host()(object, self, texts_[index])) {
        compiled.is_for_host = true;
        return *value;
    }
    // The host passed: say what the engine has to say.
    return expression::evaluate_array(expression::parse(texts_[index]), ObjectScope(object));
}

namespace {

/// A number as element of an array of its own type.
[[nodiscard]] Sample sample_of(const Number& number) {
    const void* data = &number.integer;
    if (is_float(number.dtype)) {
        data = &number.real;
    }
    static const Dims none;
    return {number.dtype, &none, &none, static_cast<const std::byte*>(data)};
}

}  // namespace

std::vector<Array> Recorder::evaluate_all(Object& object) {
    Sampling::Look look(sampling_.get());
    std::vector<Array> values;
    values.reserve(compiled_.size());
    for (std::size_t i = 0; i < compiled_.size(); ++i) {
        values.push_back(evaluate(object, i));
        look.see(values.back(), compiled_[i]->is_number && !compiled_[i]->is_for_host,
                 compiled_[i]->is_for_host);
    }
    look.finish();
    return values;
}

void Recorder::iteration(Object& object) {
    if (++steps_since_sample_ < options_.gapwidth) {
        return;
    }
    // Everything is evaluated and checked before anything is stored, so that an error leaves all
    // recordings of one length.
    {
        const std::vector<Array> values = evaluate_all(object);
        evaluate_pending();
        for (std::size_t i = 0; i < values.size(); ++i) {
            check(i, values[i].shape());
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            store(object, i, values[i]);
        }
    }
    note_sample();
    if (sampling_ != nullptr) {
        sampling_->finish();
    }
}

bool Recorder::observe(Object& object, Plan& plan) {
    if (steps_since_sample_ + 1 < options_.gapwidth) {
        ++steps_since_sample_;
        return true;
    }
    if (sampling_ == nullptr) {
        sampling_ = std::make_unique<Sampling>();
    }
    Sampler* sampler = sampling_->of(object, plan);
    if (sampler == nullptr || !sampler->run()) {
        return false;
    }
    try {
        store_samples(object, *sampler);
    } catch (...) {
        sampler->let_go();
        throw;
    }
    sampler->let_go();
    note_sample();
    return true;
}

void Recorder::store_samples(Object& object, const Sampler& sampler) {
    std::vector<Number>& numbers = sampling_->numbers();  // which samples may refer to
    std::vector<Sample>& samples = sampling_->samples();
    numbers.resize(recordings_.size());
    samples.clear();
    std::size_t next = 0;
    for (std::size_t i = 0; i < recordings_.size(); ++i) {
        if (sampling_->is_number(i)) {
            const auto value = expression::evaluate(*compiled_[i]->expression, ObjectScope(object));
            numbers[i] = expression::as_operand(value, texts_[i]).number();
            samples.push_back(sample_of(numbers[i]));
        } else {
            samples.push_back(sampler.sample(next++));
        }
        check(i, *samples.back().shape);
    }
    for (std::size_t i = 0; i < recordings_.size(); ++i) {
        store(object, i, samples[i]);
    }
    ++copied_samples_;
}

void Recorder::note_sample() noexcept {
    steps_since_sample_ = 0;
    ++samples_;
    has_new_data_ = true;
}

void Recorder::check(std::size_t index, const Shape& shape) const {
    recordings_[index]->check(shape);
}

void Recorder::store(Object& /*object*/, std::size_t index, const Array& value) {
    recordings_[index]->append(value);
}

void Recorder::store(Object& /*object*/, std::size_t index, const Sample& sample) {
    recordings_[index]->append(sample);
}

Recording& Recorder::history(std::string_view key) const {
    const std::string wanted = normalized_key(key);
    std::vector<std::string> known;
    for (const auto& recording : recordings_) {
        if (recording->key() == wanted) {
            return *recording;
        }
        known.push_back(recording->key());
    }
    throw UnknownName("recording", std::string(key), description(), known);
}

void Recorder::set_gapwidth(std::int64_t gapwidth) {
    check_not_negative("gapwidth", gapwidth);
    options_.gapwidth = gapwidth;
}

void Recorder::reset() {
    for (std::size_t i = 0; i < recordings_.size(); ++i) {
        recordings_[i] = new_recording(compiled_[i]->key);
        recordings_[i]->set_text(texts_[i]);
    }
    steps_since_sample_ = 0;
    samples_ = 0;
    touch_structure();
}

void Recorder::clear() {
    for (const auto& recording : recordings_) {
        recording->clear();
    }
    steps_since_sample_ = 0;
    samples_ = 0;
}

void Recorder::cut_length(std::int64_t count) {
    for (const auto& recording : recordings_) {
        recording->cut_length(count);
    }
}

bool Recorder::is_new_data_available() {
    return std::exchange(has_new_data_, false);
}

std::size_t Recorder::memory_forecast(Object& object, std::int64_t iterations) {
    const std::int64_t samples = iterations / std::max<std::int64_t>(options_.gapwidth, 1);
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < recordings_.size(); ++i) {
        const Recording& recording = *recordings_[i];
        std::size_t per_row = recording.bytes_per_sample();
        auto rows = static_cast<double>(samples);
        if (samples_ == 0) {
            const Array value = evaluate(object, i);
            per_row = size_of(value.dtype()) * static_cast<std::size_t>(value.size());
        } else {
            // Event lists grow by as many rows as there were events.
            rows *= static_cast<double>(recording.length()) / static_cast<double>(samples_);
        }
        if (options_.max_length > 0) {
            rows = std::min(rows, static_cast<double>(options_.max_length));
        }
        bytes += static_cast<std::size_t>(rows) * per_row;
    }
    return bytes;
}

void Recorder::set_host_expression(HostExpression evaluate) {
    host() = std::move(evaluate);
}

std::shared_ptr<Findable> Recorder::result(std::string_view key) {
    const std::string wanted = normalized_key(key);
    for (const auto& recording : recordings_) {
        if (recording->key() == wanted) {
            return recording;
        }
    }
    return nullptr;
}

std::string Recorder::parameters_text() const {
    return texts_.empty() ? "" : fmt::format("'{}'", fmt::join(texts_, "', '"));
}

std::vector<std::string> Recorder::result_names() const {
    std::vector<std::string> names;
    names.reserve(recordings_.size());
    for (const auto& recording : recordings_) {
        names.push_back(recording->key());
    }
    return names;
}

void Recorder::visit_state(StateVisitor& visitor) {
    visitor.integer("steps_since_sample", steps_since_sample_);
    visitor.integer("samples", samples_);
    for (auto& recording : recordings_) {
        const StateVisitor::Scope scope(visitor, recording->key());
        if (visitor.is_saving()) {
            Array samples = recording->is_empty() ? Array() : recording->array();
            visitor.array("samples", samples);
            continue;
        }
        // A new one: handles that were given out keep what they have.
        recording = new_recording(recording->key());
        if (visitor.has("samples")) {
            Array samples;
            visitor.array("samples", samples);
            if (!samples.is_empty_handle()) {
                recording->assign(samples);
            }
        }
    }
    if (!visitor.is_saving()) {
        touch_structure();
    }
}

}  // namespace monnto
