#pragma once

#include <monnto/expression/ast.hpp>

#include <string>
#include <vector>

namespace monnto::expression {

/// What an expression refers to, each once and in the order of the source.
struct Names {
    std::vector<std::string>
        variables;  // paths without object prefix: "voltage", "network.iteration"
    std::vector<std::string> functions;  // as written: "np.mean", "len"
    std::vector<std::string> methods;    // called on a value: "astype"
};

[[nodiscard]] Names names_in(const Expression& expression);

}  // namespace monnto::expression
