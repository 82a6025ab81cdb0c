#include "draw_loops.hpp"

#include <array>

namespace monnto::reference {

const DrawLoops& draw_loops([[maybe_unused]] Processor processor) noexcept {
#if defined(__x86_64__)
    static const std::array loops = {baseline::draw_loops(), avx2::draw_loops(),
                                     avx512::draw_loops()};
    return loops[static_cast<std::size_t>(processor)];
#else
    static const DrawLoops loops = baseline::draw_loops();
    return loops;
#endif
}

const DrawLoops& draw_loops() noexcept {
    static const DrawLoops& loops = draw_loops(this_processor());
    return loops;
}

}  // namespace monnto::reference
