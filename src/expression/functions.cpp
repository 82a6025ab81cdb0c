#include "functions.hpp"

#include <algorithm>
#include <utility>

namespace monnto::expression {
namespace {

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        found.emplace_back(text.substr(0, blank));
        text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return found;
}

}  // namespace

void FunctionTable::add(std::string_view names, std::string_view parameters, const Body& body) {
    for (const std::string& name : words(names)) {
        functions_[name] = {words(parameters), body};
    }
}

const Function* FunctionTable::find(const std::string& name) const {
    const auto found = functions_.find(name);
    return found == functions_.end() ? nullptr : &found->second;
}

std::vector<std::string> FunctionTable::names() const {
    std::vector<std::string> all;
    all.reserve(functions_.size());
    for (const auto& [name, function] : functions_) {
        all.push_back(name);
    }
    std::sort(all.begin(), all.end());
    return all;
}

const FunctionTable& array_functions() {
    static const FunctionTable table = [] {
        FunctionTable made;
        add_elementwise_functions(made);
        add_reductions(made);
        add_creating_functions(made);
        add_shape_functions(made);
        add_ordering_functions(made);
        add_product_functions(made);
        return made;
    }();
    return table;
}

}  // namespace monnto::expression
