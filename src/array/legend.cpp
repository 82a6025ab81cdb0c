#include <monnto/array/legend.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace monnto {
namespace {

thread_local Legend* open_legend = nullptr;

constexpr std::ptrdiff_t kept = 4096;  // of the first moments, and of the last
constexpr std::int64_t forgotten = std::numeric_limits<std::int64_t>::min();

}  // namespace

void MomentLog::begin(double key, std::int64_t iteration, std::uint64_t object) {
    const Moment moment{next_node_id(), key, iteration, object};
    if (!moments_.empty() && moments_.back().first_id == moment.first_id) {
        moments_.back() = moment;
        return;
    }
    if (moments_.size() == 2 * kept) {
        const auto middle = moments_.begin() + kept;
        middle->iteration = forgotten;  // stands for all that follow
        moments_.erase(middle + 1, middle + kept / 2);
    }
    moments_.push_back(moment);
}

const Moment* MomentLog::find(std::uint64_t id) const noexcept {
    const auto later = std::ranges::upper_bound(moments_, id, {}, &Moment::first_id);
    const bool is_known = later != moments_.begin() && std::prev(later)->iteration != forgotten;
    return is_known ? &*std::prev(later) : nullptr;
}

Legend::Legend() noexcept {
    open_legend = this;
}
Legend::~Legend() {
    open_legend = nullptr;
}

Legend* Legend::current() noexcept {
    return open_legend;
}

std::uint64_t Legend::original(std::uint64_t id) const {
    for (auto copy = copies_.find(id); copy != copies_.end(); copy = copies_.find(id)) {
        id = copy->second;
    }
    return id;
}

void Legend::add_name(std::uint64_t id, const std::string& variable, std::uint64_t object) {
    const std::uint64_t now = next_node_id();
    std::vector<Name>& names = names_[original(id)];
    const auto known = std::ranges::find_if(names, [&](const Name& each) {
        return each.variable == variable && each.object == object;
    });
    if (known == names.end()) {
        names.push_back({variable, object, now, now});
    } else {
        known->last = now;
    }
}

const std::vector<Legend::Name>* Legend::names_of(std::uint64_t id) const {
    while (true) {
        if (const auto names = names_.find(original(id)); names != names_.end()) {
            return &names->second;
        }
        const auto window = windows_.find(id);
        if (window == windows_.end()) {
            return nullptr;
        }
        id = window->second;
    }
}

/// Of several variables with one content that which had it when the call began: after
/// `n.old = n.spike` it is `old` for those that read it, and was `spike` before.
const Legend::Name* Legend::chosen(const std::vector<Name>& names) const {
    const auto known = std::ranges::find_if(names, [this](const Name& each) {
        return each.first <= call_.first_id && call_.first_id <= each.last;
    });
    return known == names.end() ? &names.front() : &*known;
}

std::string Legend::text(const Name& name, std::uint64_t beside) const {
    const auto tag = tags_.find(name.object);
    return name.object == beside || tag == tags_.end()
               ? fmt::format("`{}`", name.variable)
               : fmt::format("`{}` of {}", name.variable, tag->second);
}

void Legend::turn_to(std::uint64_t result) {
    const Moment* call = call_of(result);
    call_ = call == nullptr ? Moment{} : *call;
}

std::string Legend::name_of(std::uint64_t id) const {
    const std::vector<Name>* names = names_of(id);
    if (names != nullptr) {
        return text(*chosen(*names), call_.object);
    }
    std::vector<std::string> below;
    add_names_below(id, 4, below);
    return below.empty() ? std::string() : fmt::format("from {}", fmt::join(below, ", "));
}

void Legend::add_names_below(std::uint64_t id, int depth, std::vector<std::string>& found) const {
    if (const std::vector<Name>* names = names_of(id); names != nullptr) {
        std::string name = text(*chosen(*names), call_.object);
        if (std::ranges::find(found, name) == found.end()) {
            found.insert(found.begin(), std::move(name));
        }
        return;
    }
    if (const auto window = windows_.find(id); window != windows_.end()) {
        id = window->second;
    }
    const auto [first, last] = inputs_.equal_range(id);
    for (auto input = first; depth > 0 && input != last; ++input) {
        add_names_below(input->second, depth - 1, found);
    }
}

std::string Legend::other_name_of(std::uint64_t id) const {
    const std::vector<Name>* names = names_of(id);
    if (names == nullptr) {
        return {};
    }
    const Name* latest = &*std::ranges::max_element(*names, {}, &Name::last);
    return latest == chosen(*names) ? std::string() : text(*latest, call_.object);
}

std::string Legend::moment_of(std::uint64_t id, std::uint64_t step) const {
    const Moment* call = call_of(id);
    if (call == nullptr) {
        return {};
    }
    const std::int64_t iteration =
        step == 0 ? call->iteration : static_cast<std::int64_t>(step) - ahead_;
    if (!std::isnan(call->key)) {
        return fmt::format("key {}, iteration {}", call->key, iteration);
    }
    return iteration == 0 ? "before the first iteration"
                          : fmt::format("after iteration {}", iteration);
}

std::vector<StepOrigin> Legend::origins_of(std::span<const std::uint64_t> results) const {
    std::vector<StepOrigin> origins;
    for (const std::uint64_t id : results) {
        const Moment* call = call_of(id);
        if (call == nullptr || std::isnan(call->key)) {
            continue;
        }
        const auto behavior = behaviors_.find({call->object, call->key});
        const auto tag = tags_.find(call->object);
        const StepOrigin here{call->key,
                              behavior == behaviors_.end() ? "" : behavior->second,
                              tag == tags_.end() ? "" : tag->second,
                              {}};
        auto origin = std::ranges::find_if(origins, [&](const StepOrigin& each) {
            return each.key == here.key && each.object == here.object;
        });
        if (origin == origins.end()) {
            origin = origins.insert(origin, here);
        }
        // A cast of a variable is not the variable.
        const auto names = names_.find(original(id));
        for (const Name& name : names == names_.end() ? std::vector<Name>() : names->second) {
            const std::string variable = text(name, call->object);
            const bool is_first = name.first == names->second.front().first;
            if (is_first &&
                std::ranges::find(origin->variables, variable) == origin->variables.end()) {
                origin->variables.push_back(variable);
            }
        }
    }
    return origins;
}

}  // namespace monnto
