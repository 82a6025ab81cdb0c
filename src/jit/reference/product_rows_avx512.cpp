#if defined(__x86_64__)
#define MONNTO_LANE_TARGET avx512
#define MONNTO_VECTOR_BYTES 64
#include "product_rows_of_target.hpp"
#endif
