#include "linear.hpp"

#include <monnto/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace monnto {
namespace {

using expression::Binary;
using expression::BinaryOperator;
using expression::Expression;
using expression::NodeId;
using expression::Unary;

class LinearityCheck {
public:
    LinearityCheck(const Expression& expression, std::string_view name)
        : expression_(expression), name_(name) {}

    /// 0 where the name does not occur, 1 where it enters linearly.
    int degree(NodeId id) {
        if (const auto path = expression::path_of(expression_, id); !path.empty()) {
            return path.back() == name_ && path.size() <= 2 ? 1 : 0;
        }
        const auto& data = expression_.node(id).data;
        if (const auto* unary = std::get_if<Unary>(&data)) {
            return unary->operation == expression::UnaryOperator::minus ||
                           unary->operation == expression::UnaryOperator::plus
                       ? degree(unary->operand)
                       : absent_below(id);
        }
        const auto* binary = std::get_if<Binary>(&data);
        return binary != nullptr ? degree_of(*binary, id) : absent_below(id);
    }

private:
    int degree_of(const Binary& binary, NodeId id) {
        switch (binary.operation) {
            case BinaryOperator::add:
            case BinaryOperator::subtract:
                return std::max(degree(binary.left), degree(binary.right));
            case BinaryOperator::multiply:
                if (degree(binary.left) + degree(binary.right) > 1) {
                    refuse(id);
                }
                return degree(binary.left) + degree(binary.right);
            case BinaryOperator::divide:
                if (degree(binary.right) > 0) {
                    refuse(binary.right);
                }
                return degree(binary.left);
            default:
                return absent_below(id);
        }
    }

    int absent_below(NodeId id) {
        for (const NodeId child : expression::children(expression_.node(id).data)) {
            if (degree(child) > 0) {
                refuse(id);
            }
        }
        return 0;
    }

    [[noreturn]] void refuse(NodeId id) const {
        throw ParseError(expression_.source(), expression_.node(id).begin,
                         fmt::format("{} does not enter linearly here, as the method "
                                     "'exponential' needs; use 'euler'",
                                     name_));
    }

    const Expression& expression_;
    std::string_view name_;
};

}  // namespace

void expect_linear(const Expression& expression, std::string_view name) {
    (void)LinearityCheck(expression, name).degree(expression.root());
}

}  // namespace monnto
