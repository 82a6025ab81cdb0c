#pragma once

#include <monnto/core/network.hpp>
#include <monnto/core/random_stream.hpp>

namespace monnto {

/// While an object of this lives, draws belong to the call of one behavior (S18). Calls nest: a
/// behavior may add another, which is initialized on the spot with a stream of its own.
class DrawScope {
public:
    DrawScope(Network& network, const Object& object, double behavior_key, Phase phase)
        : network_(network), before_(network.draw_) {
        network_.draw_ = {stream_key(network.seed(), object.creation_index(), behavior_key, phase),
                          0, true};
    }
    DrawScope(const DrawScope&) = delete;
    DrawScope& operator=(const DrawScope&) = delete;
    ~DrawScope() { network_.draw_ = before_; }

private:
    Network& network_;
    Network::DrawCall before_;
};

}  // namespace monnto
