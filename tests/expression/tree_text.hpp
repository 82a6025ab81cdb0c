#pragma once

#include <monnto/expression/ast.hpp>

#include <sstream>
#include <string>

namespace monnto::expression::support {

class TreeText {
public:
    explicit TreeText(const Expression& expression) : expression_(expression) {}

    void write(NodeId id) {
        if (id == no_node) {
            out_ << "_";
        } else {
            std::visit([this](const auto& node) { put(node); }, expression_.node(id).data);
        }
    }
    [[nodiscard]] std::string text() const { return out_.str(); }

private:
    void put(const NoneLiteral& /*none*/) { out_ << "None"; }
    void put(const EllipsisLiteral& /*ellipsis*/) { out_ << "..."; }
    void put(const Name& node) { out_ << node.name; }
    void put(const Literal& node) {
        if (const auto* flag = std::get_if<bool>(&node.value)) {
            out_ << (*flag ? "True" : "False");
        } else if (const auto* whole = std::get_if<std::int64_t>(&node.value)) {
            out_ << *whole;
        } else if (const auto* real = std::get_if<double>(&node.value)) {
            out_ << "float:" << *real;
        } else {
            out_ << '"' << std::get<std::string>(node.value) << '"';
        }
    }
    void put(const Attribute& node) {
        open("." + node.name);
        rest(node.object);
    }
    void put(const Call& node) {
        open("call");
        item(node.function);
        for (const NodeId argument : node.arguments) {
            item(argument);
        }
        for (const Keyword& keyword : node.keywords) {
            out_ << " " << keyword.name << "=";
            write(keyword.value);
        }
        out_ << ")";
    }
    void put(const Subscript& node) {
        open("at");
        item(node.object);
        rest(node.index);
    }
    void put(const Slice& node) {
        open("slice");
        item(node.start);
        item(node.stop);
        rest(node.step);
    }
    void put(const Sequence& node) {
        out_ << (node.is_list ? "[" : "<");
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            out_ << (i == 0 ? "" : " ");
            write(node.items[i]);
        }
        out_ << (node.is_list ? "]" : ">");
    }
    void put(const Unary& node) {
        open(std::string(symbol(node.operation)));
        rest(node.operand);
    }
    void put(const Binary& node) {
        open(std::string(symbol(node.operation)));
        item(node.left);
        rest(node.right);
    }
    void put(const Conditional& node) {
        open("if");
        item(node.test);
        item(node.then);
        rest(node.otherwise);
    }

    void open(const std::string& head) { out_ << "(" << head; }
    void item(NodeId id) {
        out_ << " ";
        write(id);
    }
    void rest(NodeId id) {
        item(id);
        out_ << ")";
    }

    const Expression& expression_;
    std::ostringstream out_;
};

/// The tree as nested prefix notation, without any precedence: `1+2*3` is "(+ 1 (* 2 3))".
[[nodiscard]] inline std::string tree_text(const Expression& expression) {
    TreeText text(expression);
    text.write(expression.root());
    return text.text();
}

}  // namespace monnto::expression::support
