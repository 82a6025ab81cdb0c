#include <monnto/array/functions.hpp>
#include <monnto/storage/stored_values.hpp>

#include <bit>
#include <charconv>
#include <cstring>
#include <vector>

static_assert(std::endian::native == std::endian::little, "headers say little-endian");

namespace monnto {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t alignment = 64;  // of the data, as NumPy pads

/// NumPy's type text: kind and bytes.
std::string descriptor_of(DType dtype) {
    if (dtype == DType::bf16) {
        throw TypeMismatch("save", "bfloat16", "NumPy has no such type: cast to float32 first");
    }
    const char kind = is_bool(dtype)       ? 'b'
                      : is_unsigned(dtype) ? 'u'
                      : is_signed(dtype)   ? 'i'
                                           : 'f';
    return std::string(size_of(dtype) == 1 ? "|" : "<") + kind + std::to_string(size_of(dtype));
}

DType dtype_of_descriptor(std::string_view text) {
    const bool is_big = text.starts_with('>') && !text.ends_with('1');
    const std::string_view name = text.size() > 1 ? text.substr(1) : text;
    const std::optional<DType> found =
        name == "b1" ? std::optional(DType::boolean) : dtype_named(name);
    if (!found || is_big) {
        throw TypeMismatch("load", std::string(text), "an array of numbers, little-endian");
    }
    return *found;
}

/// The text behind `'key':` in a header.
std::string_view entry(std::string_view header, std::string_view key) {
    const std::size_t at = header.find("'" + std::string(key) + "'");
    const std::size_t colon = at == std::string_view::npos ? at : header.find(':', at);
    if (colon == std::string_view::npos) {
        throw ParseError(std::string(header), 0, "no '" + std::string(key) + "' in a .npy header");
    }
    std::string_view rest = header.substr(colon + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return rest;
}

Shape shape_in(std::string_view text) {
    Shape shape;
    for (std::size_t at = 1; at < text.size() && text[at] != ')';) {
        std::ptrdiff_t extent = 0;
        const auto [end, problem] =
            std::from_chars(text.data() + at, text.data() + text.size(), extent);
        if (problem == std::errc()) {
            if (shape.size() == max_rank) {
                throw ParseError(std::string(text), at, "more than eight axes");
            }
            shape.push_back(extent);
            at = static_cast<std::size_t>(end - text.data());
        } else {
            ++at;
        }
    }
    return shape;
}

struct Header {
    std::string_view text;
    std::size_t end;
};

Header header_of(std::string_view bytes) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
    };
    if (bytes.size() < 12 || !bytes.starts_with(magic)) {
        throw ParseError(std::string(bytes.substr(0, 12)), 0, "no .npy file");
    }
    const bool is_first = byte(6) == 1;  // versions 2 and 3 have longer headers
    const std::size_t length = is_first
                                   ? byte(8) + (byte(9) << 8)
                                   : byte(8) + (byte(9) << 8) + (byte(10) << 16) + (byte(11) << 24);
    const std::size_t start = is_first ? 10 : 12;
    if (start + length > bytes.size()) {
        throw ParseError("", 0, "a .npy file that ends within its header");
    }
    return {bytes.substr(start, length), start + length};
}

}  // namespace

std::string npy_bytes(const Array& values) {
    std::string shape;
    for (int axis = 0; axis < values.rank(); ++axis) {
        shape += std::to_string(values.shape()[axis]) + (values.rank() == 1 ? "," : "") +
                 (axis + 1 < values.rank() ? ", " : "");
    }
    std::string header = "{'descr': '" + descriptor_of(values.dtype()) +
                         "', 'fortran_order': False, 'shape': (" + shape + "), }";
    const std::size_t used = magic.size() + 4 + header.size() + 1;
    header.append((alignment - used % alignment) % alignment, ' ');
    header += '\n';
    std::string bytes(magic);
    bytes += {'\x01', '\x00', static_cast<char>(header.size() & 0xFF),
              static_cast<char>(header.size() >> 8)};
    bytes += header;
    const std::size_t start = bytes.size();
    bytes.resize(start + static_cast<std::size_t>(values.size()) * size_of(values.dtype()));
    if (values.size() > 0) {
        values.copy_to(bytes.data() + start);
    }
    return bytes;
}

Array array_of_npy(std::string_view bytes) {
    const Header header = header_of(bytes);
    const std::string_view descriptor = entry(header.text, "descr");
    const std::size_t quote = descriptor.find('\'', 1);
    if (descriptor[0] != '\'' || quote == std::string_view::npos) {
        throw TypeMismatch("load", std::string(descriptor.substr(0, 20)), "an array of numbers");
    }
    const DType dtype = dtype_of_descriptor(descriptor.substr(1, quote - 1));
    const Shape shape = shape_in(entry(header.text, "shape"));
    const bool is_fortran = entry(header.text, "fortran_order").starts_with("True");
    const auto count = static_cast<std::size_t>(shape.product());
    if (bytes.size() - header.end < count * size_of(dtype)) {
        throw ParseError("", bytes.size(), "a .npy file that ends within its data");
    }
    Shape stored;
    for (int axis = 0; axis < shape.size(); ++axis) {
        stored.push_back(shape[is_fortran ? shape.size() - 1 - axis : axis]);
    }
    const Array values = Array::from_bytes(dtype, bytes.data() + header.end, count, stored);
    return is_fortran ? values.T().copy() : values;
}

}  // namespace monnto
