#pragma once

#include <monnto/core/behavior.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace monnto {

/// Hands every member of a Params aggregate to a function, by name: what behaviors that want to be
/// created by name say about themselves.
///
///     static void visit_parameters(Params& p, const ParameterVisitor& visit) { visit("tau",
///     p.tau); }
using ParameterVisitor = std::function<void(std::string_view name, Parameter& parameter)>;

template <class B>
concept HasParams = requires(typename B::Params& params, const ParameterVisitor& visit) {
    B::visit_parameters(params, visit);
    B(params);
};

/// Behaviors by name, so that they can be created from Python, from files and from plug-ins.
class BehaviorRegistry {
public:
    using Maker = std::function<std::shared_ptr<Behavior>(const ParameterMap&)>;

    static void add(std::string name, std::vector<std::string> parameters, Maker make);
    /// Throws UnknownName for a name, or a parameter, that does not exist. The parameters `tag` and
    /// `behavior_enabled` are always known.
    [[nodiscard]] static std::shared_ptr<Behavior> create(std::string_view name,
                                                          const ParameterMap& parameters = {});
    [[nodiscard]] static std::vector<std::string> names();
    /// Names of the parameters, where the class declares them (HasParams).
    [[nodiscard]] static std::vector<std::string> parameter_names(std::string_view name);

private:
    static void fill(const ParameterMap& given, std::string_view name, Parameter& parameter);
    static void finish(Behavior& behavior, std::string_view name, const ParameterMap& given);
    template <class B>
    friend void register_behavior(std::string name);
};

/// Makes B known. B has declared parameters (HasParams), takes a ParameterMap, or has a default
/// constructor.
template <class B>
void register_behavior(std::string name) {
    if constexpr (HasParams<B>) {
        std::vector<std::string> known;
        typename B::Params defaults;
        B::visit_parameters(defaults,
                            [&](std::string_view n, Parameter&) { known.emplace_back(n); });
        BehaviorRegistry::add(std::move(name), std::move(known),
                              [](const ParameterMap& given) -> std::shared_ptr<Behavior> {
                                  typename B::Params params;
                                  B::visit_parameters(params,
                                                      [&](std::string_view n, Parameter& p) {
                                                          BehaviorRegistry::fill(given, n, p);
                                                      });
                                  return std::make_shared<B>(params);
                              });
    } else if constexpr (std::is_constructible_v<B, ParameterMap>) {
        BehaviorRegistry::add(std::move(name), {},
                              [](const ParameterMap& given) { return std::make_shared<B>(given); });
    } else {
        BehaviorRegistry::add(std::move(name), {}, [](const ParameterMap& given) {
            auto behavior = std::make_shared<B>();
            behavior->set_parameters(given);
            return behavior;
        });
    }
}

/// Loads a shared library whose behaviors register themselves; returns their names. Throws
/// BadParameter with the loader's message.
std::vector<std::string> load_plugin(const std::string& path);

}  // namespace monnto

/// At namespace scope of a source file: `MONNTO_BEHAVIOR(Lif)`.
#define MONNTO_BEHAVIOR(Class)                                     \
    [[maybe_unused]] static const bool monnto_registered_##Class = \
        (::monnto::register_behavior<Class>(#Class), true)
