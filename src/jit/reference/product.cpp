#include "kernels.hpp"
#include "operand.hpp"
#include "product.hpp"
#include "team.hpp"

namespace monnto::reference {
namespace {

/// The shapes of a product: a matrix times a matrix, where a missing axis has extent 1.
struct ProductShape {
    Shape batch;
    std::ptrdiff_t rows = 1, columns = 1, sources = 1;
};

/// Axes in front of the matrix (or vector) axes, as strides over the batch.
Strides batch_strides(const Node& input, const Strides& strides, int own, const Shape& batch) {
    Shape front;
    Strides front_strides;
    for (int axis = 0; axis < input.shape.size() - own; ++axis) {
        front.push_back(input.shape[axis]);
        front_strides.push_back(strides[axis]);
    }
    return broadcast_strides(front, front_strides, batch);
}

/// Threads own rows of the result, so that no sum depends on their number.
template <class T>
void multiply_rows(const Matrix<T>& m, const T* x, std::ptrdiff_t x_step, T* out,
                   std::ptrdiff_t rows, std::ptrdiff_t sources) {
    constexpr std::ptrdiff_t together = 64;
    in_parallel(rows, together, rows * sources, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        multiply_vector<T>({m.data + first * m.row, m.row, m.column}, x, x_step, out + first,
                           last - first, sources);
    });
}

template <class T>
void multiply(const Matrix<T>& a, const Matrix<T>& b, T* out, const ProductShape& shape) {
    if (shape.columns == 1) {
        multiply_rows(a, b.data, b.row, out, shape.rows, shape.sources);
    } else if (shape.rows == 1) {
        multiply_rows(b.transposed(), a.data, a.column, out, shape.columns, shape.sources);
    } else {
        in_parallel(shape.rows, 64, shape.rows * shape.columns * shape.sources,
                    [&](std::ptrdiff_t first, std::ptrdiff_t last) {
                        multiply_matrices<T>({a.data + first * a.row, a.row, a.column}, b,
                                             out + first * shape.columns, last - first,
                                             shape.columns, shape.sources);
                    });
    }
}

}  // namespace

Value run_product(Node& node) {
    const Node& left = *node.inputs()[0];
    const Node& right = *node.inputs()[1];
    const Operand a = operand(left);
    const Operand b = operand(right);
    const int left_own = left.shape.size() == 1 ? 1 : 2;
    const int right_own = right.shape.size() == 1 ? 1 : 2;
    ProductShape shape;
    shape.sources = left.shape.back();
    shape.rows = left_own == 2 ? left.shape[left.shape.size() - 2] : 1;
    shape.columns = right_own == 2 ? right.shape.back() : 1;
    for (int axis = 0; axis < node.shape.size() - (left_own + right_own - 2); ++axis) {
        shape.batch.push_back(node.shape[axis]);
    }
    const std::ptrdiff_t a_row = left_own == 2 ? a.strides[a.strides.size() - 2] : 0;
    const std::ptrdiff_t b_row = b.strides[b.strides.size() - right_own];
    const std::ptrdiff_t b_column = right_own == 2 ? b.strides.back() : 0;
    Value result = place_for(node);
    dispatch(node.dtype, [&]<class T>() {
        T* out = elements<T>(result);
        for_each_row<2>(shape.batch,
                        {batch_strides(left, a.strides, left_own, shape.batch),
                         batch_strides(right, b.strides, right_own, shape.batch)},
                        [&](const auto& at, std::ptrdiff_t count, const auto& step) {
                            for (std::ptrdiff_t i = 0; i < count; ++i) {
                                multiply<T>(
                                    {a.as<T>() + at[0] + i * step[0], a_row, a.strides.back()},
                                    {b.as<T>() + at[1] + i * step[1], b_row, b_column}, out, shape);
                                out += shape.rows * shape.columns;
                            }
                        });
    });
    return result;
}

}  // namespace monnto::reference
