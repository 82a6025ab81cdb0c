#if defined(__x86_64__)
#define MONNTO_LANE_TARGET avx2
#define MONNTO_REGISTER_BYTES 32
#include "product_columns_of_target.hpp"
#endif
