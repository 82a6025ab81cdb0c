#pragma once

namespace monnto {

class Run;
class RunStore;

}  // namespace monnto
