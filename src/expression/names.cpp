#include <monnto/expression/names.hpp>

#include <algorithm>
#include <utility>

namespace monnto::expression {
namespace {

class Collector {
public:
    explicit Collector(const Expression& expression) : expression_(expression) {}

    void visit(NodeId id) {
        const NodeData& data = expression_.node(id).data;
        if (std::vector<std::string> path = path_of(expression_, id); !path.empty()) {
            add_variable(std::move(path));
        } else if (const auto* call = std::get_if<Call>(&data)) {
            visit_call(*call);
        } else {
            visit_all(children(data));
        }
    }

    Names names() && { return std::move(names_); }

private:
    void visit_call(const Call& call) {
        std::vector<NodeId> below = children(call);
        below.erase(below.begin());
        std::vector<std::string> path = path_of(expression_, call.function);
        if (path.size() == 1 || (!path.empty() && is_function_namespace(path.front()))) {
            add(names_.functions, joined(path, 0));
        } else if (const auto* method =
                       std::get_if<Attribute>(&expression_.node(call.function).data)) {
            add(names_.methods, method->name);
            visit(method->object);
        } else {
            visit(call.function);
        }
        visit_all(below);
    }

    void visit_all(const std::vector<NodeId>& ids) {
        for (const NodeId id : ids) {
            visit(id);
        }
    }

    void add_variable(std::vector<std::string> path) {
        // np.pi is a constant, and n alone the object itself.
        if (is_function_namespace(path.front())) {
            return;
        }
        const std::size_t first = is_object_prefix(path.front()) ? 1 : 0;
        if (first < path.size()) {
            add(names_.variables, joined(path, first));
        }
    }

    static std::string joined(const std::vector<std::string>& path, std::size_t first) {
        std::string text = path[first];
        for (std::size_t i = first + 1; i < path.size(); ++i) {
            text += "." + path[i];
        }
        return text;
    }

    static void add(std::vector<std::string>& list, std::string name) {
        if (std::find(list.begin(), list.end(), name) == list.end()) {
            list.push_back(std::move(name));
        }
    }

    const Expression& expression_;
    Names names_;
};

}  // namespace

Names names_in(const Expression& expression) {
    Collector collector(expression);
    collector.visit(expression.root());
    return std::move(collector).names();
}

}  // namespace monnto::expression
