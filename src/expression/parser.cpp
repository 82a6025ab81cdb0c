#include <monnto/expression/parser.hpp>

#include "precedence.hpp"

#include <monnto/expression/lexer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace monnto::expression {
namespace {

// A Pratt parser: each operator has a power, and an operand takes every operator that binds more
// strongly than the one to its left. Methods stand in the order of the grammar in
// docs/expression.md.
class Parser {
public:
    explicit Parser(std::string_view source)
        : source_(source), tokens_(tokenize(source)), expression_(std::string(source)) {}

    Expression parse_all() {
        if (peek().kind == TokenKind::end) {
            fail("an expression is missing");
        }
        expression_.set_root(parse(power::conditional));
        if (peek().kind != TokenKind::end) {
            refuse_what_follows();
        }
        return std::move(expression_);
    }

private:
    // ---- tokens
    [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
    const Token& take() { return tokens_[at_++]; }
    bool accept(std::string_view symbol) {
        const bool is_there = peek().is(symbol);
        at_ += is_there ? 1 : 0;
        return is_there;
    }
    void expect(std::string_view symbol, std::string_view problem) {
        if (!accept(symbol)) {
            refuse_constructs_of_python();
            fail(problem);
        }
    }
    [[nodiscard]] std::size_t end_of_last() const { return tokens_[at_ - 1].end(); }

    // ---- errors
    [[noreturn]] void fail(std::string_view problem) const {
        throw ParseError(std::string(source_), peek().begin, problem);
    }
    [[noreturn]] void leave_out(std::string_view what) const {
        throw NotInGrammar(std::string(source_), peek().begin, what);
    }
    void refuse_constructs_of_python() const;
    [[noreturn]] void refuse_what_follows() const;
    [[noreturn]] void refuse_as_operand() const;

    // ---- nodes
    template <class Data>
    NodeId add(Data data, std::size_t begin) {
        return expression_.add(std::move(data), begin, end_of_last());
    }
    [[nodiscard]] std::size_t begin_of(NodeId id) const { return expression_.node(id).begin; }

    // ---- grammar
    NodeId parse(int least_power);
    NodeId parse_prefix(int least_power);
    NodeId parse_unary(UnaryOperator operation, int operand_power);
    NodeId parse_atom();
    NodeId parse_literal();
    NodeId parse_parenthesis();
    NodeId parse_list();
    std::optional<NodeId> parse_infix(NodeId left, int least_power);
    NodeId parse_binary(NodeId left, const InfixOperator& infix);
    NodeId parse_conditional(NodeId then);
    NodeId parse_postfix(NodeId object);
    NodeId parse_call(NodeId function);
    void parse_argument(Call& call);
    NodeId parse_subscript(NodeId object);
    NodeId parse_index_item();

    // Python's own limit. Each level costs a few hundred bytes of stack.
    static constexpr int max_nesting_ = 200;

    std::string_view source_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int nesting_ = 0;
    Expression expression_;
};

void Parser::refuse_constructs_of_python() const {
    const Token& token = peek();
    if (token.is("for")) {
        leave_out("comprehensions are left out here");
    }
    // Behind an operand `not` can only begin `not in`.
    if (token.is("in") || token.is("is") || (token.is("not") && tokens_[at_ + 1].is("in"))) {
        leave_out("the operators 'in' and 'is' are left out here");
    }
    if (token.is(":=")) {
        leave_out("an assignment inside an expression is left out here");
    }
    if (token.is("=")) {
        fail("'=' assigns; write == to compare");
    }
    if (token.is("&&") || token.is("||")) {
        fail(fmt::format("write {} instead of {}", token.text.substr(0, 1), token.text));
    }
}

void Parser::refuse_what_follows() const {
    refuse_constructs_of_python();
    const Token& token = peek();
    if (token.is(",")) {
        leave_out("a tuple needs parentheses");
    }
    if (token.is("if")) {
        fail("a condition needs parentheses here");
    }
    if (token.kind == TokenKind::symbol || token.kind == TokenKind::keyword) {
        fail(fmt::format("'{}' does not belong here", token.text));
    }
    fail(fmt::format("an operator is missing before {}", token.text));
}

void Parser::refuse_as_operand() const {
    const Token& token = peek();
    if (token.kind == TokenKind::end) {
        fail("the expression ends where an operand is missing");
    }
    if (token.is("lambda") || token.is("await") || token.is("yield")) {
        leave_out(fmt::format("'{}' is left out here", token.text));
    }
    if (token.is("{")) {
        leave_out("dicts and sets are left out here");
    }
    if (token.is("*") || token.is("**")) {
        leave_out("an operand is missing; unpacking with * is left out here");
    }
    if (token.kind == TokenKind::keyword) {
        fail(fmt::format("'{}' is a reserved word and cannot stand here", token.text));
    }
    fail(fmt::format("an operand is missing before '{}'", token.text));
}

NodeId Parser::parse(int least_power) {
    if (++nesting_ > max_nesting_) {
        fail("the expression is nested too deeply");
    }
    NodeId left = parse_prefix(least_power);
    while (const std::optional<NodeId> joined = parse_infix(left, least_power)) {
        left = *joined;
    }
    --nesting_;
    return left;
}

NodeId Parser::parse_prefix(int least_power) {
    if (peek().is("not")) {
        if (least_power > power::logical_not) {
            fail("'not' binds weakly and needs parentheses here");
        }
        return parse_unary(UnaryOperator::logical_not, power::logical_not);
    }
    for (const auto operation :
         {UnaryOperator::plus, UnaryOperator::minus, UnaryOperator::invert}) {
        if (peek().is(symbol(operation))) {
            return parse_unary(operation, power::unary);
        }
    }
    return parse_postfix(parse_atom());
}

NodeId Parser::parse_unary(UnaryOperator operation, int operand_power) {
    const std::size_t begin = take().begin;
    const NodeId operand = parse(operand_power);
    return add(Unary{operation, operand}, begin);
}

NodeId Parser::parse_atom() {
    if (peek().is("(")) {
        return parse_parenthesis();
    }
    if (peek().is("[")) {
        return parse_list();
    }
    if (peek().kind == TokenKind::name) {
        const Token& token = take();
        if (peek().kind == TokenKind::text && peek().begin == token.end()) {
            --at_;
            leave_out("a prefix before a quoted text is left out here");
        }
        return add(Name{std::string(token.text)}, token.begin);
    }
    return parse_literal();
}

NodeId Parser::parse_literal() {
    const Token& token = peek();
    NodeData data;
    if (token.kind == TokenKind::integer) {
        data = Literal{integer_value(source_, token)};
    } else if (token.kind == TokenKind::real) {
        data = Literal{real_value(token)};
    } else if (token.kind == TokenKind::text) {
        data = Literal{text_value(source_, token)};
    } else if (token.is("True") || token.is("False")) {
        data = Literal{token.text == "True"};
    } else if (token.is("None")) {
        data = NoneLiteral{};
    } else if (token.is("...")) {
        data = EllipsisLiteral{};
    } else {
        refuse_as_operand();
    }
    take();
    if (token.kind == TokenKind::text && peek().kind == TokenKind::text) {
        leave_out("two texts side by side are left out here; write them as one");
    }
    return add(std::move(data), token.begin);
}

// (a) is a itself; (), (a,) and (a, b) are tuples.
NodeId Parser::parse_parenthesis() {
    const std::size_t begin = take().begin;
    Sequence tuple;
    bool is_tuple = peek().is(")");
    while (!peek().is(")")) {
        tuple.items.push_back(parse(power::conditional));
        if (!accept(",")) {
            break;
        }
        is_tuple = true;
    }
    expect(")", "a closing parenthesis is missing");
    return is_tuple ? add(std::move(tuple), begin) : tuple.items.front();
}

NodeId Parser::parse_list() {
    const std::size_t begin = take().begin;
    Sequence list{{}, true};
    while (!peek().is("]")) {
        list.items.push_back(parse(power::conditional));
        if (!accept(",")) {
            break;
        }
    }
    expect("]", "a closing bracket is missing");
    return add(std::move(list), begin);
}

std::optional<NodeId> Parser::parse_infix(NodeId left, int least_power) {
    const Token& token = peek();
    if (token.is("if") && least_power <= power::conditional) {
        return parse_conditional(left);
    }
    const InfixOperator* infix = find_infix(token);
    if (infix == nullptr || infix->left_power < least_power) {
        return std::nullopt;
    }
    return parse_binary(left, *infix);
}

NodeId Parser::parse_binary(NodeId left, const InfixOperator& infix) {
    const bool is_comparison = infix.left_power == power::comparison;
    take();
    const NodeId right = parse(infix.right_power);
    if (is_comparison) {
        const InfixOperator* next = find_infix(peek());
        if (next != nullptr && next->left_power == power::comparison) {
            leave_out("a chain of comparisons is left out here; write (a < b) & (b < c)");
        }
    }
    return add(Binary{infix.operation, left, right}, begin_of(left));
}

NodeId Parser::parse_conditional(NodeId then) {
    take();
    const NodeId test = parse(power::logical_or);
    expect("else", "'else' is missing");
    const NodeId otherwise = parse(power::conditional);
    return add(Conditional{test, then, otherwise}, begin_of(then));
}

NodeId Parser::parse_postfix(NodeId object) {
    for (;;) {
        if (peek().is("(")) {
            object = parse_call(object);
        } else if (peek().is("[")) {
            object = parse_subscript(object);
        } else if (accept(".")) {
            if (peek().kind != TokenKind::name) {
                fail("a name is missing after '.'");
            }
            const Token& name = take();
            object = add(Attribute{object, std::string(name.text)}, begin_of(object));
        } else {
            return object;
        }
    }
}

NodeId Parser::parse_call(NodeId function) {
    take();
    Call call{function, {}, {}};
    while (!peek().is(")")) {
        parse_argument(call);
        if (!accept(",")) {
            break;
        }
    }
    expect(")", "a comma or the closing parenthesis of the call is missing");
    return add(std::move(call), begin_of(function));
}

void Parser::parse_argument(Call& call) {
    const Token& name = peek();
    if (name.kind == TokenKind::name && tokens_[at_ + 1].is("=")) {
        const bool is_known =
            std::any_of(call.keywords.begin(), call.keywords.end(),
                        [&](const Keyword& keyword) { return keyword.name == name.text; });
        if (is_known) {
            fail(fmt::format("'{}' is given twice", name.text));
        }
        at_ += 2;
        call.keywords.push_back({std::string(name.text), parse(power::conditional)});
        return;
    }
    if (!call.keywords.empty() && !name.is("*") && !name.is("**")) {
        fail("an argument without a name cannot follow one with a name");
    }
    call.arguments.push_back(parse(power::conditional));
}

NodeId Parser::parse_subscript(NodeId object) {
    const std::size_t bracket = take().begin;
    if (peek().is("]")) {
        fail("an index is missing");
    }
    const std::size_t begin = peek().begin;
    NodeId index = parse_index_item();
    if (peek().is(",")) {
        Sequence items{{index}, false};
        while (accept(",") && !peek().is("]")) {
            items.items.push_back(parse_index_item());
        }
        index = add(std::move(items), begin);
    }
    expect("]", fmt::format("the bracket of column {} is not closed", bracket + 1));
    return add(Subscript{object, index}, begin_of(object));
}

NodeId Parser::parse_index_item() {
    const std::size_t begin = peek().begin;
    const auto part = [this] {
        const bool is_left_out = peek().is(":") || peek().is(",") || peek().is("]");
        return is_left_out ? no_node : parse(power::conditional);
    };
    const NodeId start = part();
    if (!peek().is(":")) {
        if (start == no_node) {
            refuse_as_operand();
        }
        return start;
    }
    take();
    Slice slice{start, part(), no_node};
    if (accept(":")) {
        slice.step = part();
    }
    return add(slice, begin);
}

}  // namespace

Expression parse(std::string_view source) {
    return Parser(source).parse_all();
}

}  // namespace monnto::expression
