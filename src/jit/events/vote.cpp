#include "rewrite.hpp"
#include "scan.hpp"
#include "vote.hpp"

#include <monnto/array/executor.hpp>

namespace monnto::events {

void vote(Node& holder, Rewrite& rewrite, bool crosses) {
    if (!can_carry(holder)) {
        return;
    }
    if (crosses && holder.facts == nullptr) {
        holder.facts = std::make_unique<Facts>();
    }
    if (crosses && ++holder.facts->crossings >= rewrite.turns_after) {
        holder.facts->wants_turning = true;
        // Soon after the last time, others seem to turn it back each time; long after, the script
        // began anew with another matrix.
        constexpr std::uint64_t soon = 64;
        const std::uint64_t now = counters().evaluations + counters().replayed;
        const bool is_soon =
            rewrite.asked_at && now - *rewrite.asked_at < soon * rewrite.turns_after;
        const std::uint32_t first = rewrite.is_of_flags ? 1 : Rewrite::first_turns_after;
        rewrite.turns_after = is_soon ? rewrite.turns_after * 4 : first;
        rewrite.asked_at = now;
    } else if (!crosses && holder.facts != nullptr && holder.facts->crossings > 0) {
        --holder.facts->crossings;
    }
}

}  // namespace monnto::events
