#pragma once

namespace monnto {

enum class DType : unsigned char;
enum class Op : unsigned char;
class Dims;
struct Number;
class Buffer;
class Node;
class Cell;
class Array;
class Selection;
class Executor;

}  // namespace monnto
