#if defined(__x86_64__)
#define MONNTO_LANE_TARGET avx512
#include "draw_loops_of_target.hpp"
#endif
