#include "rewrite.hpp"
#include "scan.hpp"
#include "vote.hpp"

namespace monnto::events {

void vote(Node& holder, Rewrite& rewrite, bool crosses) {
    if (!can_carry(holder)) {
        return;
    }
    if (crosses && holder.facts == nullptr) {
        holder.facts = std::make_unique<Facts>();
    }
    ++rewrite.votes;
    if (crosses && ++holder.facts->crossings >= rewrite.turns_after) {
        holder.facts->wants_turning = true;
        // Soon after the last time, others seem to turn it back each time; long after, the script
        // began anew with another matrix.
        constexpr std::uint32_t soon = 64;
        rewrite.turns_after = rewrite.votes < soon * rewrite.turns_after
                                  ? rewrite.turns_after * 4
                                  : Rewrite::first_turns_after;
        rewrite.votes = 0;
    } else if (!crosses && holder.facts != nullptr && holder.facts->crossings > 0) {
        --holder.facts->crossings;
    }
}

}  // namespace monnto::events
