#include <monnto/base/error.hpp>

#include <iostream>
#include <vector>

// An exception thrown inside the library and caught by its type outside shows that headers,
// library and run-time type information of the installed package belong together.
int main() {
    try {
        throw monnto::ShapeMismatch("add", {2}, {3}, "make them equal");
    } catch (const monnto::Error&) {
        std::cout << "monnto " FOUND_VERSION " caught its own error\n";
    }
    return 0;
}
