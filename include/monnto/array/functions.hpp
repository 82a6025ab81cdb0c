#pragma once

#include <monnto/array/functions/create.hpp>
#include <monnto/array/functions/elementwise.hpp>
#include <monnto/array/functions/product.hpp>
#include <monnto/array/functions/reduce.hpp>
#include <monnto/array/functions/shape.hpp>
#include <monnto/array/functions/sort.hpp>
#include <monnto/array/functions/take.hpp>
