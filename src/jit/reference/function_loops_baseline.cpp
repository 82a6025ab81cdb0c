#include "function_loops_of_target.hpp"
