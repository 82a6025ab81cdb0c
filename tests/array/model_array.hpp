#pragma once

#include <monnto/array/dims.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

/// NumPy's meaning of int64 arrays in the most obvious way: an array is a list of places in a
/// shared store, so a view is a list of some of them. Nothing is lazy, nothing is strided; the
/// oracle for whatever the engine does about aliases.
namespace monnto::model {

using Positions = std::vector<Dims>;

/// All positions of a shape in C order.
[[nodiscard]] inline Positions positions(const Shape& shape) {
    Positions all;
    for (std::ptrdiff_t i = 0; i < shape.product(); ++i) {
        Dims at = Dims::filled(shape.size(), 0);
        std::ptrdiff_t rest = i;
        for (int axis = shape.size() - 1; axis >= 0; --axis) {
            at[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        all.push_back(at);
    }
    return all;
}

[[nodiscard]] inline std::size_t flat(const Dims& at, const Shape& shape) {
    std::ptrdiff_t index = 0;
    for (int axis = 0; axis < shape.size(); ++axis) {
        index = index * shape[axis] + at[axis];
    }
    return static_cast<std::size_t>(index);
}

/// The position of an operand of `shape` that meets `at` when broadcasting.
[[nodiscard]] inline Dims met(const Dims& at, const Shape& shape) {
    Dims result;
    for (int axis = 0; axis < shape.size(); ++axis) {
        result.push_back(shape[axis] == 1 ? 0 : at[at.size() - shape.size() + axis]);
    }
    return result;
}

struct ModelArray {
    std::shared_ptr<std::vector<std::int64_t>> store;
    std::vector<std::size_t> places;  // in C order
    Shape shape;
    bool is_writable = true;

    [[nodiscard]] std::int64_t at(const Dims& position) const {
        return (*store)[places[flat(position, shape)]];
    }
    [[nodiscard]] std::vector<std::int64_t> values() const {
        std::vector<std::int64_t> all;
        for (const std::size_t place : places) {
            all.push_back((*store)[place]);
        }
        return all;
    }
    void write(const std::vector<std::int64_t>& values) const {
        for (std::size_t i = 0; i < places.size(); ++i) {
            (*store)[places[i]] = values[i];
        }
    }
};

[[nodiscard]] inline ModelArray fresh(const Shape& shape, std::vector<std::int64_t> values) {
    ModelArray result{std::make_shared<std::vector<std::int64_t>>(std::move(values)), {}, shape};
    for (std::size_t i = 0; i < result.store->size(); ++i) {
        result.places.push_back(i);
    }
    return result;
}

[[nodiscard]] inline ModelArray copied(const ModelArray& a) {
    return fresh(a.shape, a.values());
}

/// The view of `shape` whose element at a position is `a`'s at `source(position)`.
[[nodiscard]] inline ModelArray viewed(const ModelArray& a, const Shape& shape,
                                       const std::function<Dims(const Dims&)>& source) {
    ModelArray result{a.store, {}, shape, a.is_writable};
    for (const Dims& at : positions(shape)) {
        result.places.push_back(a.places[flat(source(at), a.shape)]);
    }
    return result;
}

/// Whether the places step evenly along every axis: then NumPy needs no copy to make a view of
/// them.
[[nodiscard]] inline bool steps_evenly(const std::vector<std::size_t>& places, const Shape& shape) {
    if (places.empty()) {
        return true;
    }
    const Positions all = positions(shape);
    Dims steps = Dims::filled(shape.size(), 0);
    for (int axis = 0; axis < shape.size(); ++axis) {
        if (shape[axis] > 1) {
            Dims next = Dims::filled(shape.size(), 0);
            next[axis] = 1;
            steps[axis] = static_cast<std::ptrdiff_t>(places[flat(next, shape)]) -
                          static_cast<std::ptrdiff_t>(places[0]);
        }
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto expected = static_cast<std::ptrdiff_t>(places[0]);
        for (int axis = 0; axis < shape.size(); ++axis) {
            expected += all[i][axis] * steps[axis];
        }
        if (expected != static_cast<std::ptrdiff_t>(places[i])) {
            return false;
        }
    }
    return true;
}

[[nodiscard]] inline ModelArray reshaped(const ModelArray& a, const Shape& shape) {
    ModelArray view = a;
    view.shape = shape;
    return steps_evenly(a.places, shape) ? view : fresh(shape, a.values());
}

/// In one axis; a view only where the places are consecutive (NumPy's ravel is stricter than
/// reshape).
[[nodiscard]] inline ModelArray raveled(const ModelArray& a) {
    for (std::size_t i = 0; i < a.places.size(); ++i) {
        if (a.places[i] != a.places[0] + i) {
            return fresh({a.shape.product()}, a.values());
        }
    }
    return reshaped(a, {a.shape.product()});
}

/// The shape two operands broadcast to, if they do.
[[nodiscard]] inline std::optional<Shape> common_shape(const Shape& a, const Shape& b) {
    Shape result = a.size() >= b.size() ? a : b;
    const Shape& other = a.size() >= b.size() ? b : a;
    for (int axis = 1; axis <= other.size(); ++axis) {
        std::ptrdiff_t& extent = result[result.size() - axis];
        const std::ptrdiff_t met_extent = other[other.size() - axis];
        if (extent != met_extent && extent != 1 && met_extent != 1) {
            return std::nullopt;
        }
        extent = extent == 1 ? met_extent : extent;
    }
    return result;
}

using Combine = std::function<std::int64_t(std::int64_t, std::int64_t)>;

/// `combine` of both operands at every position of `shape`.
[[nodiscard]] inline std::vector<std::int64_t> combined(const ModelArray& a, const ModelArray& b,
                                                        const Shape& shape,
                                                        const Combine& combine) {
    std::vector<std::int64_t> values;
    for (const Dims& at : positions(shape)) {
        values.push_back(combine(a.at(met(at, a.shape)), b.at(met(at, b.shape))));
    }
    return values;
}

}  // namespace monnto::model
