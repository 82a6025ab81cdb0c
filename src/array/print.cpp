#include <monnto/array/array.hpp>

#include <fmt/format.h>

namespace monnto {

namespace {

constexpr std::ptrdiff_t most_elements = 1000;  // above, each axis shows three at either end
constexpr std::ptrdiff_t edge = 3;

/// Writes the elements below one position of the outer axes.
class Printer {
public:
    Printer(DType dtype, const Shape& shape, const std::vector<std::byte>& bytes)
        : dtype_(dtype),
          shape_(shape),
          bytes_(bytes),
          shortened_(shape.product() > most_elements) {}

    std::string print() {
        if (shape_.empty()) {
            return element(0);
        }
        axis(0, 0);
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string element(std::ptrdiff_t at) const {
        return Number::load(dtype_,
                            bytes_.data() + at * static_cast<std::ptrdiff_t>(size_of(dtype_)))
            .to_string();
    }

    void axis(int depth, std::ptrdiff_t start) {
        const std::ptrdiff_t step = contiguous_strides(shape_)[depth];
        const bool innermost = depth + 1 == shape_.size();
        text_ += '[';
        for (std::ptrdiff_t i = 0; i < shape_[depth]; ++i) {
            if (i != 0) {
                text_ += innermost ? std::string(" ")
                                   : "\n" + std::string(static_cast<std::size_t>(depth) + 1, ' ');
            }
            if (shortened_ && shape_[depth] > 2 * edge && i == edge) {
                text_ += "...";
                i = shape_[depth] - edge - 1;
                continue;
            }
            if (innermost) {
                text_ += element(start + i * step);
            } else {
                axis(depth + 1, start + i * step);
            }
        }
        text_ += ']';
    }

    DType dtype_;
    Shape shape_;
    const std::vector<std::byte>& bytes_;
    bool shortened_;
    std::string text_;
};

}  // namespace

std::string Array::to_string() const {
    std::vector<std::byte> bytes(static_cast<std::size_t>(size()) * size_of(dtype()));
    copy_to(bytes.data());
    return Printer(dtype(), shape(), bytes).print();
}

}  // namespace monnto
