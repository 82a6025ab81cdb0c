#pragma once

namespace monnto {

class Clock;
class Equation;
class Variable;

}  // namespace monnto
