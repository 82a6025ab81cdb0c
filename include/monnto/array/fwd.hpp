#pragma once

#include <cstdint>

namespace monnto {

enum class DType : unsigned char;
enum class Op : unsigned char;
enum class Side : std::uint8_t;
class Dims;
struct Number;
class Buffer;
class Node;
class Cell;
class Array;
class Selection;
class Executor;
class Pattern;
class CustomOperation;

}  // namespace monnto
