#include <monnto/core/registry.hpp>

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace monnto {
namespace {

struct Entry {
    std::vector<std::string> parameters;
    BehaviorRegistry::Maker make;
};

struct Registry {
    std::mutex mutex;
    std::map<std::string, Entry, std::less<>> entries;
};

// In a function, so that it exists before the first static object of any file registers itself.
Registry& registry() {
    static Registry instance;
    return instance;
}

const Entry& entry_of(std::string_view name) {
    const std::lock_guard lock(registry().mutex);
    const auto found = registry().entries.find(name);
    if (found == registry().entries.end()) {
        std::vector<std::string> known;
        for (const auto& [known_name, entry] : registry().entries) {
            known.push_back(known_name);
        }
        throw UnknownName("behavior", std::string(name), "", known);
    }
    return found->second;
}

bool is_reserved(std::string_view parameter) {
    return parameter == "tag" || parameter == "behavior_enabled";
}

}  // namespace

void BehaviorRegistry::add(std::string name, std::vector<std::string> parameters, Maker make) {
    const std::lock_guard lock(registry().mutex);
    registry().entries.insert_or_assign(std::move(name),
                                        Entry{std::move(parameters), std::move(make)});
}

std::shared_ptr<Behavior> BehaviorRegistry::create(std::string_view name,
                                                   const ParameterMap& parameters) {
    const Entry& entry = entry_of(name);
    if (!entry.parameters.empty()) {
        for (const auto& [given, value] : parameters) {
            const bool is_known = std::find(entry.parameters.begin(), entry.parameters.end(),
                                            given) != entry.parameters.end();
            if (!is_known && !is_reserved(given)) {
                throw UnknownName("parameter", given, name, entry.parameters);
            }
        }
    }
    auto behavior = entry.make(parameters);
    finish(*behavior, name, entry.parameters.empty() ? ParameterMap{} : parameters);
    return behavior;
}

std::vector<std::string> BehaviorRegistry::names() {
    const std::lock_guard lock(registry().mutex);
    std::vector<std::string> names;
    for (const auto& [name, entry] : registry().entries) {
        names.push_back(name);
    }
    return names;
}

std::vector<std::string> BehaviorRegistry::parameter_names(std::string_view name) {
    return entry_of(name).parameters;
}

void BehaviorRegistry::fill(const ParameterMap& given, std::string_view name,
                            Parameter& parameter) {
    if (const auto value = given.find(name); value != given.end()) {
        parameter = Parameter(value->second);
    }
}

// Classes with declared parameters took theirs already; what every behavior understands is left.
void BehaviorRegistry::finish(Behavior& behavior, std::string_view name,
                              const ParameterMap& given) {
    behavior.registered_name_ = name;
    ParameterMap reserved;
    ParameterMap own;
    for (const auto& [key, value] : given) {
        (is_reserved(key) ? reserved : own).emplace(key, value);
    }
    if (!reserved.empty()) {
        behavior.set_parameters(std::move(reserved));
    }
    behavior.given_ = text_of(own);
}

std::vector<std::string> load_plugin(const std::string& path) {
    const std::vector<std::string> before = BehaviorRegistry::names();
    // Never closed: behaviors made by it may live as long as the process.
    if (dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL) == nullptr) {
        throw BadParameter("plugin", path, dlerror());  // NOLINT(concurrency-mt-unsafe)
    }
    std::vector<std::string> added = BehaviorRegistry::names();
    std::erase_if(added, [&](const std::string& name) {
        return std::find(before.begin(), before.end(), name) != before.end();
    });
    return added;
}

}  // namespace monnto
