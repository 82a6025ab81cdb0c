#pragma once

#include "draw_scope.hpp"

#include <monnto/core/network.hpp>

#include <utility>

namespace monnto {

/// Runs a piece of user code. Whatever it throws goes on unchanged, but the network remembers where
/// it came from, and an Error says so itself.
template <class Call>
void Network::guarded(double key, Object& object, Behavior& behavior, Phase phase, Call&& call) {
    try {
        std::forward<Call>(call)();
    } catch (Error& error) {
        failure_ = place_of(key, object, behavior, phase);
        error.add_context(failure_);
        throw;
    } catch (...) {
        failure_ = place_of(key, object, behavior, phase);
        throw;
    }
}

}  // namespace monnto
