// Why iterations with behaviors of Python code cannot be replayed, as far as their code tells.
#include "owners.hpp"
#include "python_behavior.hpp"

#include <monnto/array/changes.hpp>
#include <monnto/core/network.hpp>

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace nb = nanobind;

namespace monnto::python {
namespace {

using Asked = std::pair<PythonBehavior*, Object*>;

/// Those that Python gave last. All of a network are asked for at once: one call costs less than
/// one for each behavior. Under Python's lock.
struct Answers {
    std::tuple<const Network*, std::uint64_t, std::uint64_t> moment;
    std::map<Asked, std::optional<std::string>> of;  // nothing where the first iteration tells all
};

Answers& last_answers() {
    static Answers answers;
    return answers;
}

void ask(Network& network, const std::vector<Asked>& asked, Answers& answers) {
    nb::list questions;
    for (const auto& [behavior, object] : asked) {
        questions.append(behavior->question(owner_of(object)));
    }
    const nb::handle proofs = nb::handle(owner_of(&network)).attr("_proofs");
    std::size_t at = 0;  // there may be fewer answers: the first obstacle is enough
    for (const nb::handle answer : proofs.attr("why_not_static")(questions)) {
        std::optional<std::string>& known = answers.of[asked[at++]];
        if (!answer.is_none()) {
            known = nb::cast<std::string>(answer);
        }
    }
}

void ask_for_all(Network& network, Answers& answers) {
    std::vector<Asked> asked;
    for (const Network::Step& step : network.schedule()) {
        auto* behavior = dynamic_cast<PythonBehavior*>(step.behavior.get());
        const bool is_at_work = step.behavior->is_enabled() && !step.behavior->is_observer();
        if (behavior != nullptr && is_at_work && behavior->can_be_read() &&
            owner_of(step.object) != nullptr) {
            asked.emplace_back(behavior, step.object);
        }
    }
    ask(network, asked, answers);
}

}  // namespace

std::string PythonBehavior::obstacle_to_replay(Object& object) {
    surely_repeats_ = false;
    if (!can_be_read() || owner_of(&object) == nullptr) {
        return Behavior::obstacle_to_replay(object);
    }
    const nb::gil_scoped_acquire lock;
    Network& network = object.network();
    Answers& answers = last_answers();
    const std::tuple<const Network*, std::uint64_t, std::uint64_t> now{
        &network, network.engine_step(), Changes::count()};
    if (answers.moment != now) {
        answers = {now, {}};
        ask_for_all(network, answers);
    }
    const Asked asked{this, &object};
    if (!answers.of.contains(asked)) {
        ask(network, {asked}, answers);
    }
    const std::optional<std::string>& answer = answers.of[asked];
    surely_repeats_ = !answer;
    return !answer || answer->empty() ? std::string() : "is not known to be static: " + *answer;
}

}  // namespace monnto::python
