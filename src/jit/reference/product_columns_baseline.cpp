#define MONNTO_LANE_TARGET baseline
#include "product_columns_of_target.hpp"
