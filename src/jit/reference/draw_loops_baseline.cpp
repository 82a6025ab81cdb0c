#include "draw_loops_of_target.hpp"
