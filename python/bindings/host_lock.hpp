#pragma once

namespace monnto::python {

/// Tells the engine of the GIL, so that long kernels let other Python threads run (S23).
void share_gil();

}  // namespace monnto::python
