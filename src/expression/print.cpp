#include <monnto/expression/print.hpp>

#include "characters.hpp"
#include "overloaded.hpp"
#include "precedence.hpp"

#include <monnto/expression/parser.hpp>

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace monnto::expression {
namespace {

std::string number_text(double value) {
    if (std::isinf(value)) {
        return "1e999";
    }
    std::string text = fmt::format("{}", value);
    // A float stays one: 1.0 and 1 promote differently.
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string quoted(const std::string& value) {
    const char quote = value.find('\'') != std::string::npos ? '"' : '\'';
    std::string text(1, quote);
    for (const char c : value) {
        if (c == '\n' || c == '\t') {
            text += c == '\n' ? "\\n" : "\\t";
            continue;
        }
        if (c == '\\' || c == quote) {
            text += '\\';
        }
        text += c;
    }
    return text + quote;
}

class Printer {
public:
    Printer(const Expression& expression, bool drops_prefixes)
        : expression_(expression), drops_prefixes_(drops_prefixes) {}

    void print(NodeId id, int least_power) {
        const bool needs_parentheses = power_of(id) < least_power;
        text_ += needs_parentheses ? "(" : "";
        std::visit([this](const auto& node) { print_node(node); }, expression_.node(id).data);
        text_ += needs_parentheses ? ")" : "";
    }

    std::string text() && { return std::move(text_); }

private:
    [[nodiscard]] int power_of(NodeId id) const {
        return std::visit(
            Overloaded{
                [](const auto&) { return power::postfix; },
                [](const Unary& node) {
                    return node.operation == UnaryOperator::logical_not ? power::logical_not
                                                                        : power::unary;
                },
                [](const Binary& node) { return infix_of(node.operation).left_power; },
                [](const Conditional&) { return power::conditional; },
            },
            expression_.node(id).data);
    }

    void print_node(const NoneLiteral&) { text_ += "None"; }
    void print_node(const EllipsisLiteral&) { text_ += "..."; }
    void print_node(const Name& node) { text_ += node.name; }

    void print_node(const Literal& node) {
        text_ += std::visit(Overloaded{
                                [](bool value) { return std::string(value ? "True" : "False"); },
                                [](std::int64_t value) { return fmt::format("{}", value); },
                                [](double value) { return number_text(value); },
                                [](const std::string& value) { return quoted(value); },
                            },
                            node.value);
    }

    void print_node(const Attribute& node) {
        if (drops_prefixes_ && is_prefix(node.object)) {
            text_ += node.name;
            return;
        }
        print_attribute(node);
    }

    void print_attribute(const Attribute& node) {
        // The point of `1.real` would belong to the number.
        const auto* literal = std::get_if<Literal>(&expression_.node(node.object).data);
        const bool is_integer =
            literal != nullptr && std::holds_alternative<std::int64_t>(literal->value);
        print(node.object, is_integer ? power::postfix + 1 : power::postfix);
        text_ += "." + node.name;
    }

    void print_node(const Call& node) {
        // n.vector() is a call of the object, not of a variable's value.
        if (const auto* method = std::get_if<Attribute>(&expression_.node(node.function).data)) {
            print_attribute(*method);
        } else {
            print(node.function, power::postfix);
        }
        text_ += "(";
        const char* separator = "";
        for (const NodeId argument : node.arguments) {
            text_ += std::exchange(separator, ",");
            print(argument, power::conditional);
        }
        for (const Keyword& keyword : node.keywords) {
            text_ += std::exchange(separator, ",");
            text_ += keyword.name + "=";
            print(keyword.value, power::conditional);
        }
        text_ += ")";
    }

    void print_node(const Subscript& node) {
        print(node.object, power::postfix);
        text_ += "[";
        const auto* items = std::get_if<Sequence>(&expression_.node(node.index).data);
        if (items != nullptr && !items->is_list && !items->items.empty()) {
            print_items(*items);
        } else {
            print(node.index, power::conditional);
        }
        text_ += "]";
    }

    void print_node(const Slice& node) {
        print_part(node.start);
        text_ += ":";
        print_part(node.stop);
        if (node.step != no_node) {
            text_ += ":";
            print_part(node.step);
        }
    }

    void print_node(const Sequence& node) {
        text_ += node.is_list ? "[" : "(";
        print_items(node);
        text_ += node.is_list ? "]" : ")";
    }

    void print_node(const Unary& node) {
        const bool is_not = node.operation == UnaryOperator::logical_not;
        text_ += symbol(node.operation);
        text_ += is_not ? " " : "";
        print(node.operand, is_not ? power::logical_not : power::unary);
    }

    void print_node(const Binary& node) {
        const InfixOperator& infix = infix_of(node.operation);
        print(node.left, printed_left_power(infix));
        const std::string_view sign = symbol(node.operation);
        text_ += is_letter(sign.front()) ? fmt::format(" {} ", sign) : std::string(sign);
        print(node.right, infix.right_power);
    }

    void print_node(const Conditional& node) {
        print(node.then, power::logical_or);
        text_ += " if ";
        print(node.test, power::logical_or);
        text_ += " else ";
        print(node.otherwise, power::conditional);
    }

    void print_items(const Sequence& node) {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            text_ += i == 0 ? "" : ",";
            print(node.items[i], power::conditional);
        }
        text_ += !node.is_list && node.items.size() == 1 ? "," : "";
    }

    void print_part(NodeId part) {
        if (part != no_node) {
            print(part, power::conditional);
        }
    }

    [[nodiscard]] bool is_prefix(NodeId id) const {
        const auto* name = std::get_if<Name>(&expression_.node(id).data);
        return name != nullptr && is_object_prefix(name->name);
    }

    const Expression& expression_;
    bool drops_prefixes_;
    std::string text_;
};

std::string print(const Expression& expression, bool drops_prefixes) {
    Printer printer(expression, drops_prefixes);
    printer.print(expression.root(), power::conditional);
    return std::move(printer).text();
}

}  // namespace

std::string to_text(const Expression& expression) {
    return print(expression, false);
}

std::string normalized(const Expression& expression) {
    return print(expression, true);
}

std::string normalized(std::string_view source) {
    try {
        return normalized(parse(source));
    } catch (const ParseError&) {
        // Python may understand it (S25), so it needs a key all the same.
        std::string text(source);
        std::erase_if(text, is_blank);
        return text;
    }
}

}  // namespace monnto::expression
