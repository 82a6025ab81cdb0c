#pragma once

#include <string>
#include <vector>

namespace monnto::python {

/// NumPy's names of the ufuncs that are native.
[[nodiscard]] std::vector<std::string> native_ufunc_names();

}  // namespace monnto::python
