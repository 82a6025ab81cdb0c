#pragma once

namespace monnto {

class DirectCurrent;
class PoissonInput;
class SpikeArray;
class StepCurrent;

}  // namespace monnto
