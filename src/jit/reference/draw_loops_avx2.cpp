#if defined(__x86_64__)
#define MONNTO_LANE_TARGET avx2
#include "draw_loops_of_target.hpp"
#endif
