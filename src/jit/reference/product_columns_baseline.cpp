#define MONNTO_LANE_TARGET baseline
#define MONNTO_REGISTER_BYTES 16
#include "product_columns_of_target.hpp"
