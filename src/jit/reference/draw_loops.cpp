#include "draw_loops.hpp"

namespace monnto::reference {

namespace baseline {
[[nodiscard]] DrawLoops draw_loops() noexcept;
}
namespace avx2 {
[[nodiscard]] DrawLoops draw_loops() noexcept;
}
namespace avx512 {
[[nodiscard]] DrawLoops draw_loops() noexcept;
}

const DrawLoops& draw_loops([[maybe_unused]] Processor processor) noexcept {
#if defined(__x86_64__)
    static const DrawLoops loops[] = {baseline::draw_loops(), avx2::draw_loops(),
                                      avx512::draw_loops()};
    return loops[static_cast<int>(processor)];
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
