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
    if (crosses && ++holder.facts->crossings >= rewrite.turns_after) {
        holder.facts->wants_turning = true;
        rewrite.turns_after *= 4;  // it may be that others turn it back each time
    } else if (!crosses && holder.facts != nullptr && holder.facts->crossings > 0) {
        --holder.facts->crossings;
    }
}

}  // namespace monnto::events
