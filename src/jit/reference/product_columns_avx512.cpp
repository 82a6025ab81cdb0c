#if defined(__x86_64__)
#define MONNTO_LANE_TARGET avx512
#define MONNTO_REGISTER_BYTES 64
#include "product_columns_of_target.hpp"
#endif
