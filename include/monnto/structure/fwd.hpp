#pragma once

namespace monnto {

struct Grid;
struct Coordinates;
class NeuronDimension;
class Partition;

}  // namespace monnto
