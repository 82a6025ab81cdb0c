#include "draw_loops.hpp"

namespace monnto::reference {

const DrawLoops& draw_loops([[maybe_unused]] Processor processor) noexcept {
    // Each table is made by code for its processor, so only those that this one has may be asked
    // for.
#if defined(__x86_64__)
    if (processor == Processor::avx512) {
        static const DrawLoops loops = avx512::draw_loops();
        return loops;
    }
    if (processor == Processor::avx2) {
        static const DrawLoops loops = avx2::draw_loops();
        return loops;
    }
#endif
    static const DrawLoops loops = baseline::draw_loops();
    return loops;
}

const DrawLoops& draw_loops() noexcept {
    static const DrawLoops& loops = draw_loops(this_processor());
    return loops;
}

}  // namespace monnto::reference
