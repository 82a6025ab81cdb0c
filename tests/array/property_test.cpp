#include "program.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/functions.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace monnto::model {

namespace {

struct Operator {
    Op op;
    const char* symbol;
    Combine combine;
};

std::int64_t wrapped(std::uint64_t x) {
    return static_cast<std::int64_t>(x);
}

const Operator& operator_number(std::ptrdiff_t i) {
    static const std::vector<Operator> all{
        {Op::add, "+",
         [](auto a, auto b) {
             return wrapped(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
         }},
        {Op::subtract, "-",
         [](auto a, auto b) {
             return wrapped(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
         }},
        {Op::multiply, "*",
         [](auto a, auto b) {
             return wrapped(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
         }},
        {Op::bitwise_xor, "^", [](auto a, auto b) { return a ^ b; }},
        {Op::bitwise_and, "&", [](auto a, auto b) { return a & b; }},
    };
    return all[static_cast<std::size_t>(i)];
}
constexpr std::ptrdiff_t operator_count = 5;

std::string text(const Shape& shape) {
    return shape.to_string();
}

std::string text(const std::vector<std::int64_t>& values) {
    std::string result = "[";
    for (const std::int64_t value : values) {
        result += std::to_string(value) + ", ";
    }
    return result + "]";
}

Array array_of(const std::vector<std::int64_t>& values) {
    return Array::from(values);
}

}  // namespace

Program::Program(std::uint64_t seed) : random_(seed) {
    for (int i = 0; i < 5; ++i) {
        variables_.emplace_back();
        const auto last = variables_.size() - 1;
        bind(last, arange(6).copy(), fresh({6}, {0, 1, 2, 3, 4, 5}),
             name(last) + " = np.arange(6)");
    }
    create();
    create();
}

std::ptrdiff_t Program::draw(std::ptrdiff_t low, std::ptrdiff_t high) {
    return low +
           static_cast<std::ptrdiff_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
}

void Program::bind(std::size_t target, Array array, ModelArray model, const std::string& source) {
    note(source);
    variables_[target] = {std::move(array), std::move(model)};
}

void Program::check(std::size_t variable) {
    const Variable& v = variables_[variable];
    note("assert " + name(variable) + ".ravel().tolist() == " + text(v.model.values()));
    if (v.array.shape() != v.model.shape) {
        return fail(name(variable) + " has shape " + text(v.array.shape()) + ", not " +
                    text(v.model.shape));
    }
    const std::vector<std::int64_t> found = v.array.host<std::int64_t>();
    if (found != v.model.values()) {
        fail(name(variable) + " is " + text(found) + ", not " + text(v.model.values()));
    }
}

void Program::write(const ModelArray& target, const std::vector<std::int64_t>& values,
                    const std::function<void()>& engine_writes) {
    bool was_refused = false;
    try {
        engine_writes();
    } catch (const BadState&) {
        was_refused = true;
    }
    if (was_refused == target.is_writable) {
        return fail(was_refused ? "a writable array was refused" : "a read-only array was written");
    }
    if (target.is_writable) {
        target.write(values);
    }
}

void Program::create() {
    const std::size_t target = any_variable();
    Shape shape;
    const std::ptrdiff_t rank = draw(0, 3);
    while (shape.size() < rank) {
        shape.push_back(draw(0, 9) == 0 ? 0 : draw(1, 4));
    }
    std::vector<std::int64_t> values;
    for (std::ptrdiff_t i = 0; i < shape.product(); ++i) {
        values.push_back(draw(-9, 9));
    }
    bind(target, Array::from(std::span<const std::int64_t>(values), shape), fresh(shape, values),
         name(target) + " = np.array(" + text(values) + ", int).reshape" +
             (shape.empty() ? "(())" : text(shape)));
}

void Program::alias() {
    const std::size_t target = any_variable();
    const std::size_t source = any_variable();
    bind(target, variables_[source].array, variables_[source].model,
         name(target) + " = " + name(source));
}

// NOLINTNEXTLINE(readability-function-size): one paragraph per kind of view
void Program::take_view() {
    const std::size_t target = any_variable();
    const std::size_t source = any_variable();
    const Array a = variables_[source].array;
    const ModelArray m = variables_[source].model;
    const int rank = m.shape.size();
    const std::string head = name(target) + " = ";
    const std::string from = name(source);
    const std::ptrdiff_t kind = draw(0, 6);
    if (kind == 0) {
        Shape reversed = m.shape;
        std::reverse(reversed.begin(), reversed.end());
        return bind(target, a.T(),
                    viewed(m, reversed,
                           [](Dims at) {
                               std::reverse(at.begin(), at.end());
                               return at;
                           }),
                    head + from + ".T");
    }
    if (kind == 1) {
        return bind(target, a.ravel(), raveled(m), head + from + ".ravel()");
    }
    if (kind == 2 && rank > 0) {
        const Shape shape = m.shape.back() % 2 == 0 && m.shape.back() > 0
                                ? Shape{2, m.shape.product() / 2}
                                : Shape{m.shape.product(), 1};
        return bind(target, a.reshape(shape), reshaped(m, shape),
                    head + from + ".reshape" + text(shape));
    }
    if (kind == 3 && rank > 0) {
        const auto axis = static_cast<int>(draw(0, rank - 1));
        return bind(target, flip(a, std::vector<std::ptrdiff_t>{axis}),
                    viewed(m, m.shape,
                           [&](Dims at) {
                               at[axis] = m.shape[axis] - 1 - at[axis];
                               return at;
                           }),
                    head + "np.flip(" + from + ", " + std::to_string(axis) + ")");
    }
    if (kind == 4 && rank >= 2) {
        const std::ptrdiff_t count = std::min(m.shape[0], m.shape[1]);
        Shape shape;
        for (int axis = 2; axis < rank; ++axis) {
            shape.push_back(m.shape[axis]);
        }
        shape.push_back(count);
        return bind(target, diagonal(a),
                    viewed(m, shape,
                           [&](const Dims& at) {
                               Dims source_at{at.back(), at.back()};
                               for (int i = 0; i + 1 < at.size(); ++i) {
                                   source_at.push_back(at[i]);
                               }
                               return source_at;
                           }),
                    head + "np.diagonal(" + from + ")");
    }
    if (kind == 5 && rank < 3) {
        Shape shape = m.shape;
        shape.insert(0, 1);
        return bind(target, expand_dims(a, 0), reshaped(m, shape),
                    head + "np.expand_dims(" + from + ", 0)");
    }
    if (kind == 6 && rank < 3) {
        Shape shape = m.shape;
        shape.insert(0, 2);
        ModelArray wide = viewed(m, shape, [&](const Dims& at) { return met(at, m.shape); });
        wide.is_writable = false;
        return bind(target, broadcast_to(a, shape), std::move(wide),
                    head + "np.broadcast_to(" + from + ", " + text(shape) + ")");
    }
    alias();
}

namespace {

/// A slice of an axis, as Python counts it.
struct Part {
    std::ptrdiff_t first = 0, count = 0, step = 1;
};

Part resolved(const Slice& s, std::ptrdiff_t extent) {
    Part part;
    part.step = s.step.value_or(1);
    for (std::ptrdiff_t i = 0; i < extent; ++i) {
        const std::ptrdiff_t at = part.step > 0 ? i : extent - 1 - i;
        const std::ptrdiff_t from = s.start ? (*s.start < 0 ? *s.start + extent : *s.start)
                                            : (part.step > 0 ? 0 : extent - 1);
        const bool is_begun = part.step > 0 ? at >= from : at <= from;
        const bool is_past =
            s.stop && (part.step > 0 ? at >= (*s.stop < 0 ? *s.stop + extent : *s.stop)
                                     : at <= (*s.stop < 0 ? *s.stop + extent : *s.stop));
        if (!is_begun || is_past) {
            continue;
        }
        if (part.count == 0) {
            part.first = at;
        }
        part.count += (at - part.first) % part.step == 0 ? 1 : 0;
    }
    return part;
}

std::string text(const Slice& s) {
    const auto number = [](const std::optional<std::ptrdiff_t>& n) {
        return n ? std::to_string(*n) : std::string();
    };
    return number(s.start) + ":" + number(s.stop) + ":" + number(s.step);
}

ModelArray part_of(const ModelArray& m, const Slice& s) {
    const Part part = resolved(s, m.shape[0]);
    Shape shape = m.shape;
    shape[0] = part.count;
    return viewed(m, shape, [&](Dims at) {
        at[0] = part.first + at[0] * part.step;
        return at;
    });
}

}  // namespace

void Program::take_part() {
    const std::size_t target = any_variable();
    const std::size_t source = any_variable();
    const ModelArray m = variables_[source].model;
    if (m.shape.empty()) {
        return alias();
    }
    Slice s;
    if (draw(0, 1) == 0) {
        s.start = draw(-5, 5);
    }
    if (draw(0, 1) == 0) {
        s.stop = draw(-5, 5);
    }
    if (draw(0, 1) == 0) {
        s.step = draw(0, 1) == 0 ? draw(1, 3) : draw(-3, -1);
    }
    bind(target, variables_[source].array(s), part_of(m, s),
         name(target) + " = " + name(source) + "[" + text(s) + "]");
}

void Program::combine() {
    const std::size_t target = any_variable();
    const std::size_t left = any_variable();
    const std::size_t right = any_variable();
    const Operator& o = operator_number(draw(0, operator_count - 1));
    const ModelArray a = variables_[left].model;
    const ModelArray b = variables_[right].model;
    const auto shape = common_shape(a.shape, b.shape);
    if (!shape) {
        EXPECT_THROW(
            static_cast<void>(binary(o.op, variables_[left].array, variables_[right].array)),
            ShapeMismatch);
        return alias();
    }
    bind(target, binary(o.op, variables_[left].array, variables_[right].array),
         fresh(*shape, combined(a, b, *shape, o.combine)),
         name(target) + " = " + name(left) + " " + o.symbol + " " + name(right));
}

void Program::combine_in_place() {
    const std::size_t left = any_variable();
    const std::size_t right = any_variable();
    const Operator& o = operator_number(draw(0, operator_count - 1));
    const ModelArray a = variables_[left].model;
    const bool takes_number = draw(0, 3) == 0;
    const std::ptrdiff_t number = draw(-3, 3);
    const ModelArray b =
        takes_number ? fresh({}, {static_cast<std::int64_t>(number)}) : variables_[right].model;
    if (common_shape(a.shape, b.shape) != a.shape) {
        return take_view();
    }
    note(name(left) + " " + o.symbol + "= " +
         (takes_number ? std::to_string(number) : name(right)));
    write(a, combined(a, b, a.shape, o.combine), [&] {
        if (takes_number) {
            variables_[left].array.in_place(o.op, number);
        } else {
            variables_[left].array.in_place(o.op, variables_[right].array);
        }
    });
}

void Program::update_part() {
    const std::size_t target = any_variable();
    const std::size_t source = any_variable();
    const ModelArray m = variables_[target].model;
    if (m.shape.empty()) {
        return fill();
    }
    const Slice s{draw(-3, 3), std::nullopt, draw(0, 1) == 0 ? draw(1, 2) : draw(-2, -1)};
    const ModelArray part = part_of(m, s);
    const ModelArray value = variables_[source].model;
    const bool adds = draw(0, 1) == 0;
    if (common_shape(part.shape, value.shape) != part.shape) {
        return read();
    }
    note(name(target) + "[" + text(s) + "] " + (adds ? "+= " : "= ") + name(source));
    const Operator& add = operator_number(0);
    write(part,
          combined(part, value, part.shape,
                   [&](auto old, auto x) { return adds ? add.combine(old, x) : x; }),
          [&] {
              if (adds) {
                  variables_[target].array(s) += variables_[source].array;
              } else {
                  variables_[target].array(s) = variables_[source].array;
              }
          });
}

void Program::assign_masked() {
    const std::size_t target = any_variable();
    const ModelArray m = variables_[target].model;
    if (m.shape.empty()) {
        return fill();
    }
    const std::int64_t threshold = draw(-5, 5);
    const std::int64_t number = draw(-9, 9);
    const bool adds = draw(0, 1) == 0;
    note(name(target) + "[" + name(target) + " > " + std::to_string(threshold) + "] " +
         (adds ? "+= " : "= ") + std::to_string(number));
    std::vector<std::int64_t> values = m.values();
    for (std::int64_t& x : values) {
        x = x <= threshold ? x : adds ? operator_number(0).combine(x, number) : number;
    }
    write(m, values, [&] {
        const Array mask = variables_[target].array > threshold;
        if (adds) {
            variables_[target].array(mask) += number;
        } else {
            variables_[target].array(mask) = number;
        }
    });
}

void Program::assign_indexed() {
    const std::size_t target = any_variable();
    const ModelArray m = variables_[target].model;
    if (m.shape.empty() || m.shape[0] == 0) {
        return fill();
    }
    std::vector<std::int64_t> rows;
    for (std::ptrdiff_t i = draw(0, 3); i > 0; --i) {
        rows.push_back(draw(-m.shape[0], m.shape[0] - 1));
    }
    const std::int64_t number = draw(-9, 9);
    note(name(target) + "[np.array(" + text(rows) + ", int)] = " + std::to_string(number));
    std::vector<std::int64_t> values = m.values();
    const std::ptrdiff_t width = m.shape.product() / m.shape[0];
    for (const std::int64_t row : rows) {
        const std::ptrdiff_t from_front = row < 0 ? row + m.shape[0] : row;
        std::fill_n(values.begin() + from_front * width, width, number);
    }
    write(m, values, [&] { variables_[target].array(array_of(rows)) = number; });
}

void Program::add_indexed() {
    const std::size_t target = any_variable();
    const ModelArray m = variables_[target].model;
    if (m.shape.empty() || m.shape[0] == 0) {
        return fill();
    }
    std::vector<std::int64_t> rows;
    for (std::ptrdiff_t i = draw(1, 4); i > 0; --i) {
        rows.push_back(draw(0, m.shape[0] - 1));
    }
    const std::int64_t number = draw(-9, 9);
    note("np.add.at(" + name(target) + ", " + text(rows) + ", " + std::to_string(number) + ")");
    std::vector<std::int64_t> values = m.values();
    const std::ptrdiff_t width = m.shape.product() / m.shape[0];
    for (const std::int64_t row : rows) {
        for (std::ptrdiff_t i = row * width; i < (row + 1) * width; ++i) {
            std::int64_t& x = values[static_cast<std::size_t>(i)];
            x = operator_number(0).combine(x, number);
        }
    }
    write(m, values, [&] { add_at(variables_[target].array, {array_of(rows)}, number); });
}

void Program::fill() {
    const std::size_t target = any_variable();
    const ModelArray m = variables_[target].model;
    const std::int64_t number = draw(-9, 9);
    note(name(target) + ".fill(" + std::to_string(number) + ")");
    write(m, std::vector<std::int64_t>(m.places.size(), number),
          [&] { variables_[target].array.fill(number); });
}

// NOLINTNEXTLINE(readability-function-size): one case per function
void Program::transform() {
    const std::size_t target = any_variable();
    const std::size_t source = any_variable();
    const Array a = variables_[source].array;
    const ModelArray m = variables_[source].model;
    std::vector<std::int64_t> values = m.values();
    const std::string head = name(target) + " = ";
    const std::string from = name(source);
    const auto count = static_cast<std::ptrdiff_t>(values.size());
    switch (draw(0, 6)) {
        case 0:
            return bind(target, a.copy(), copied(m), head + from + ".copy()");
        case 1: {
            const std::ptrdiff_t shift = draw(-3, 3);
            if (count > 0) {
                const std::ptrdiff_t moved = ((shift % count) + count) % count;
                std::rotate(values.begin(), values.end() - moved, values.end());
            }
            return bind(target, roll(a, {shift}), fresh(m.shape, values),
                        head + "np.roll(" + from + ", " + std::to_string(shift) + ")");
        }
        case 2:
            std::sort(values.begin(), values.end());
            return bind(target, sort(a, std::nullopt), fresh({count}, values),
                        head + "np.sort(" + from + ", axis=None)");
        case 3: {
            std::uint64_t total = 0;
            for (std::int64_t& x : values) {
                total += static_cast<std::uint64_t>(x);
                x = wrapped(total);
            }
            return bind(target, cumsum(a), fresh({count}, values),
                        head + "np.cumsum(" + from + ")");
        }
        case 4: {
            std::vector<std::int64_t> twice;
            for (const std::int64_t x : values) {
                twice.insert(twice.end(), 2, x);
            }
            if (count > 40) {
                return alias();
            }
            return bind(target, repeat(a, 2), fresh({2 * count}, twice),
                        head + "np.repeat(" + from + ", 2)");
        }
        case 5: {
            std::vector<std::int64_t> chosen;
            std::copy_if(values.begin(), values.end(), std::back_inserter(chosen),
                         [](std::int64_t x) { return x > 0; });
            if (m.shape.empty()) {
                return alias();
            }
            const auto length = static_cast<std::ptrdiff_t>(chosen.size());
            return bind(target, a(a > 0), fresh({length}, chosen),
                        head + from + "[" + from + " > 0]");
        }
        default:
            if (count > 40) {
                return alias();
            }
            values.insert(values.end(), values.begin(), values.begin() + count);
            return bind(target, concatenate({a.ravel(), a.ravel()}), fresh({2 * count}, values),
                        head + "np.concatenate([" + from + ".ravel()] * 2)");
    }
}

void Program::reduce() {
    const std::size_t target = any_variable();
    const std::size_t source = any_variable();
    const ModelArray m = variables_[source].model;
    if (m.shape.empty()) {
        return alias();
    }
    const auto axis = static_cast<int>(draw(0, m.shape.size() - 1));
    Shape shape = m.shape;
    shape.erase(axis);
    std::vector<std::int64_t> totals(static_cast<std::size_t>(shape.product()));
    for (Dims at : positions(m.shape)) {
        const std::int64_t x = m.at(at);
        at.erase(axis);
        std::int64_t& total = totals[flat(at, shape)];
        total = operator_number(0).combine(total, x);
    }
    bind(target, sum(variables_[source].array, axis), fresh(shape, totals),
         name(target) + " = np.sum(" + name(source) + ", axis=" + std::to_string(axis) + ")");
}

void Program::choose() {
    const std::size_t target = any_variable();
    const std::size_t left = any_variable();
    const std::size_t right = any_variable();
    const ModelArray a = variables_[left].model;
    const ModelArray b = variables_[right].model;
    const auto shape = common_shape(a.shape, b.shape);
    if (!shape) {
        return read();
    }
    const Array& x = variables_[left].array;
    const Array& y = variables_[right].array;
    bind(target, where(x > y, x, y + 1),
         fresh(*shape, combined(a, b, *shape,
                                [](auto p, auto q) {
                                    return p > q ? p : operator_number(0).combine(q, 1);
                                })),
         name(target) + " = np.where(" + name(left) + " > " + name(right) + ", " + name(left) +
             ", " + name(right) + " + 1)");
}

void Program::multiply_matrices() {
    const std::size_t target = any_variable();
    const std::size_t source = any_variable();
    const ModelArray m = variables_[source].model;
    if (m.shape.size() != 2) {
        return take_view();
    }
    const std::ptrdiff_t rows = m.shape[0];
    std::vector<std::int64_t> values;
    for (const Dims& at : positions({rows, rows})) {
        std::int64_t total = 0;
        for (std::ptrdiff_t k = 0; k < m.shape[1]; ++k) {
            const std::int64_t product =
                operator_number(2).combine(m.at({at[0], k}), m.at({at[1], k}));
            total = operator_number(0).combine(total, product);
        }
        values.push_back(total);
    }
    const Array& a = variables_[source].array;
    bind(target, matmul(a, a.T()), fresh({rows, rows}, values),
         name(target) + " = " + name(source) + " @ " + name(source) + ".T");
}

void Program::read() {
    const std::size_t variable = any_variable();
    note("print(" + name(variable) + ")");
    draw(0, 3) == 0 ? evaluate_pending() : check(variable);
}

std::string Program::run(int statements) {
    static constexpr Statement kinds[] = {
        &Program::create,
        &Program::alias,
        &Program::take_view,
        &Program::take_view,
        &Program::take_part,
        &Program::take_part,
        &Program::combine,
        &Program::combine,
        &Program::combine_in_place,
        &Program::combine_in_place,
        &Program::update_part,
        &Program::update_part,
        &Program::assign_masked,
        &Program::assign_indexed,
        &Program::add_indexed,
        &Program::fill,
        &Program::transform,
        &Program::transform,
        &Program::reduce,
        &Program::choose,
        &Program::multiply_matrices,
        &Program::read,
    };
    for (int i = 0; i < statements && problem_.empty(); ++i) {
        try {
            (this->*kinds[draw(0, std::size(kinds) - 1)])();
        } catch (const std::exception& error) {
            fail(std::string("unexpected: ") + error.what());
        }
    }
    for (std::size_t v = 0; v < variables_.size() && problem_.empty(); ++v) {
        check(v);
    }
    return problem_.empty() ? "" : source_ + "# " + problem_;
}

}  // namespace monnto::model

namespace monnto {
namespace {

/// MONNTO_PROGRAMS asks for more than what every test run can afford.
std::uint64_t programs_asked_for() {
    const char* text = std::getenv("MONNTO_PROGRAMS");  // NOLINT(concurrency-mt-unsafe)
    return text != nullptr ? std::strtoull(text, nullptr, 10) : 2000;
}

bool prints_programs() {
    return std::getenv("MONNTO_PRINT_PROGRAMS") != nullptr;  // NOLINT(concurrency-mt-unsafe)
}

TEST(RandomPrograms, OfViewsAliasesAndWritesGiveWhatThePlainModelGives) {
    for (std::uint64_t seed = 0; seed < programs_asked_for(); ++seed) {
        model::Program program(seed);
        const std::string problem = program.run(12 + static_cast<int>(seed % 20));
        if (prints_programs()) {
            std::cout << program.source() << "# end\n";
        }
        ASSERT_EQ(problem, "") << "seed " << seed;
    }
}

}  // namespace
}  // namespace monnto
