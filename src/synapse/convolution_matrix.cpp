#include <monnto/synapse/convolution_matrix.hpp>

#include "events_of.hpp"

#include <monnto/array/functions.hpp>
#include <monnto/array/functions/sparse.hpp>
#include <monnto/synapse/build.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace monnto {

std::array<std::ptrdiff_t, 2> GridGeometry::targets() const noexcept {
    std::array<std::ptrdiff_t, 2> extents{};
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::ptrdiff_t room =
            border == Border::valid ? sources[axis] - kernel[axis] + 1 : sources[axis];
        extents[axis] = (room + stride - 1) / stride;
    }
    return extents;
}

namespace {

using synapse::Events;

/// Places along one axis that a kernel connects with a neuron, and with which of its elements.
struct Reach {
    std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>> places;  // other end, kernel index
};

/// The targets along an axis of each source, ascending (or the sources of each target).
[[nodiscard]] std::vector<Reach> reaches(const GridGeometry& g, std::size_t axis, Side from) {
    const std::ptrdiff_t targets = g.targets()[axis];
    const std::ptrdiff_t sources = g.sources[axis];
    std::vector<Reach> all(static_cast<std::size_t>(from == Side::source ? sources : targets));
    for (std::ptrdiff_t target = 0; target < targets; ++target) {
        for (std::ptrdiff_t k = 0; k < g.kernel[axis]; ++k) {
            std::ptrdiff_t source = target * g.stride + k - g.before(static_cast<int>(axis));
            if (g.border == GridGeometry::Border::wrap) {
                source = (source % sources + sources) % sources;
            }
            if (source < 0 || source >= sources) {
                continue;
            }
            const std::ptrdiff_t here = from == Side::source ? source : target;
            const std::ptrdiff_t there = from == Side::source ? target : source;
            all[static_cast<std::size_t>(here)].places.emplace_back(there, k);
        }
    }
    for (Reach& reach : all) {
        std::ranges::sort(reach.places);
    }
    return all;
}

/// Calls `use(other end, kernel index)` for the synapses of a neuron at one end.
class Walk {
public:
    Walk(const GridGeometry& g, Side from)
        : rows_(reaches(g, 0, from)),
          columns_(reaches(g, 1, from)),
          here_((from == Side::source ? g.sources : g.targets())[1]),
          there_((from == Side::source ? g.targets() : g.sources)[1]),
          kernel_columns_(g.kernel[1]) {}

    template <class F>
    void for_each(std::ptrdiff_t neuron, const F& use) const {
        const Reach& rows = rows_[static_cast<std::size_t>(neuron / here_)];
        const Reach& columns = columns_[static_cast<std::size_t>(neuron % here_)];
        for (const auto& [row, i] : rows.places) {
            for (const auto& [column, j] : columns.places) {
                use(row * there_ + column, i * kernel_columns_ + j);
            }
        }
    }

private:
    std::vector<Reach> rows_, columns_;
    std::ptrdiff_t here_, there_, kernel_columns_;
};

/// Inputs: the kernel, a vector along `from`.
class ConvolutionOperation final : public CustomOperation {
public:
    ConvolutionOperation(const GridGeometry& geometry, Side from) : walk_(geometry, from) {}
    [[nodiscard]] std::string_view name() const noexcept override { return "convolution"; }
    [[nodiscard]] Value evaluate(const Node& node) const override {
        Value result = synapse::fresh(node.dtype, node.shape);
        node.dtype == DType::f32 ? run<float>(node, result) : run<double>(node, result);
        return result;
    }

private:
    template <class T>
    void run(const Node& node, const Value& result) const {
        const Node& kernel = *node.inputs()[0];
        const T* from = synapse::elements<T>(kernel.value());
        const Strides& strides = kernel.value().strides;
        std::vector<T> values;
        for (std::ptrdiff_t i = 0; i < kernel.shape[0]; ++i) {
            for (std::ptrdiff_t j = 0; j < kernel.shape[1]; ++j) {
                values.push_back(from[i * strides[0] + j * strides[1]]);
            }
        }
        T* out = synapse::elements<T>(result);
        std::fill_n(out, node.shape.product(), T(0));
        const Events<T> events(*node.inputs()[1]);
        for (std::size_t e = 0; e < events.at.size(); ++e) {
            walk_.for_each(events.at[e], [&](std::ptrdiff_t other, std::ptrdiff_t k) {
                out[other] += values[static_cast<std::size_t>(k)] * events.factor[e];
            });
        }
    }

    Walk walk_;
};

void check(const GridGeometry& g) {
    if (g.stride < 1) {
        throw BadParameter("stride", fmt::format("{}", g.stride), "1 or more");
    }
    for (std::size_t axis = 0; axis < 2; ++axis) {
        if (g.sources[axis] < 1 || g.kernel[axis] < 1 || g.kernel[axis] > g.sources[axis]) {
            throw BadParameter("kernel", fmt::format("{} x {}", g.kernel[0], g.kernel[1]),
                               fmt::format("at least one element, and no more than the grid of {} "
                                           "x {}",
                                           g.sources[0], g.sources[1]));
        }
    }
}

}  // namespace

ConvolutionMatrix::ConvolutionMatrix(Array kernel, std::array<std::ptrdiff_t, 2> sources,
                                     std::ptrdiff_t stride, GridGeometry::Border border,
                                     bool is_source_first)
    : kernel_(std::move(kernel)), is_source_first_(is_source_first) {
    if (kernel_.rank() != 2) {
        throw ShapeMismatch("ConvolutionMatrix", kernel_.shape().to_vector(), {-1, -1},
                            "give a kernel of two axes");
    }
    const GridGeometry geometry{sources, {kernel_.shape()[0], kernel_.shape()[1]}, stride, border};
    check(geometry);
    geometry_ = std::make_shared<const GridGeometry>(geometry);
    operations_ = {std::make_shared<ConvolutionOperation>(geometry, Side::source),
                   std::make_shared<ConvolutionOperation>(geometry, Side::target)};
}

ConvolutionMatrix ConvolutionMatrix::pooling(std::array<std::ptrdiff_t, 2> sources,
                                             std::ptrdiff_t size, DType dtype,
                                             bool is_source_first) {
    if (size < 1) {
        throw BadParameter("size", fmt::format("{}", size), "1 or more");
    }
    const auto area = static_cast<double>(size * size);
    return {full({size, size}, 1.0 / area, dtype), sources, size, GridGeometry::Border::valid,
            is_source_first};
}

Shape ConvolutionMatrix::shape() const {
    const auto targets = geometry_->targets();
    const std::ptrdiff_t there = targets[0] * targets[1];
    const std::ptrdiff_t here = geometry_->sources[0] * geometry_->sources[1];
    return is_source_first_ ? Shape{here, there} : Shape{there, here};
}

ConvolutionMatrix ConvolutionMatrix::T() const {
    ConvolutionMatrix turned = *this;
    turned.is_source_first_ = !is_source_first_;
    return turned;
}

Array ConvolutionMatrix::product(const Array& x, Side from) const {
    const bool is_last_axis = (from == Side::source) != is_source_first_;
    const std::ptrdiff_t extent = shape()[is_last_axis ? 1 : 0];
    if (x.shape() != Shape{extent}) {
        throw ShapeMismatch("convolution", x.shape().to_vector(), {extent},
                            "give one element per neuron of the grid");
    }
    const DType dtype = kernel_.dtype() == DType::f64 ? DType::f64 : DType::f32;
    const Array vector = x.dtype() == DType::boolean ? x : x.astype(dtype);
    return custom(operations_[from == Side::source ? 0 : 1], dtype, {shape()[is_last_axis ? 0 : 1]},
                  {kernel_.astype(dtype), vector});
}

Array ConvolutionMatrix::dot(const Array& x) const {
    return product(x, is_source_first_ ? Side::target : Side::source);
}

Array ConvolutionMatrix::rdot(const Array& x) const {
    return product(x, is_source_first_ ? Side::source : Side::target);
}

SparseMatrix ConvolutionMatrix::to_sparse() const {
    const auto sources = geometry_->sources[0] * geometry_->sources[1];
    const auto extents = geometry_->targets();
    const Walk walk(*geometry_, Side::source);
    std::vector<std::int64_t> source_of;
    std::vector<std::int64_t> target_of;
    std::vector<std::int64_t> element_of;
    for (std::ptrdiff_t source = 0; source < sources; ++source) {
        walk.for_each(source, [&](std::ptrdiff_t target, std::ptrdiff_t k) {
            source_of.push_back(source);
            target_of.push_back(target);
            element_of.push_back(k);
        });
    }
    const SortedConnections sorted =
        connections_from_pairs(sources, extents[0] * extents[1], source_of, target_of);
    for (std::size_t k = 0; k < sorted.order.size(); ++k) {
        source_of[k] = element_of[sorted.order[k]];
    }
    const Array elements = Array::from(sorted.order.empty() ? element_of : source_of);
    return {pattern_from(sorted.connections), get_items(kernel_.ravel(), {IndexItem(elements)}),
            is_source_first_};
}

}  // namespace monnto
