#include <monnto/storage/stored_values.hpp>

#include <zlib.h>

#include <array>
#include <vector>

// Portable Network Graphics, ISO/IEC 15948: eight bits a channel, no filter, one chunk of data.

namespace monnto {
namespace {

void append_u32(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>((value >> shift) & 0xFF);
    }
}

void append_chunk(std::string& out, std::string_view name, std::string_view data) {
    append_u32(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t start = out.size();
    out += name;
    out += data;
    const auto* bytes = reinterpret_cast<const Bytef*>(out.data() + start);
    append_u32(
        out, static_cast<std::uint32_t>(::crc32(0, bytes, static_cast<uInt>(out.size() - start))));
}

std::string compressed(std::string_view data) {
    uLongf size = ::compressBound(static_cast<uLong>(data.size()));
    std::string out(size, '\0');
    // Frames of a video are many and short-lived: fast rather than small.
    if (::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                    reinterpret_cast<const Bytef*>(data.data()), static_cast<uLong>(data.size()),
                    3) != Z_OK) {
        throw InternalError("png: zlib could not compress");
    }
    out.resize(size);
    return out;
}

}  // namespace

std::string png_bytes(const Array& picture) {
    const Shape& shape = picture.shape();
    const std::ptrdiff_t channels = shape.size() == 2 ? 1 : shape.size() == 3 ? shape[2] : 0;
    if ((channels != 1 || shape.size() == 3) && channels != 3 && channels != 4) {
        throw ShapeMismatch("picture", shape.to_vector(), {0, 0, 3},
                            "(height, width), (height, width, 3) or (height, width, 4)");
    }
    if (picture.dtype() != DType::u8) {
        throw TypeMismatch("picture", std::string(name_of(picture.dtype())),
                           "uint8, from 0 to 255");
    }
    const std::vector<std::uint8_t> pixels = picture.host<std::uint8_t>();
    const auto row = static_cast<std::size_t>(shape[1] * channels);
    std::string lines;
    lines.reserve(pixels.size() + static_cast<std::size_t>(shape[0]));
    for (std::size_t at = 0; at < pixels.size(); at += row) {
        lines += '\0';  // filter: none
        lines.append(reinterpret_cast<const char*>(pixels.data() + at), row);
    }
    constexpr std::array<char, 5> color_types = {0, 0, 0, 2, 6};  // by channels: gray, RGB, RGBA
    std::string header;
    append_u32(header, static_cast<std::uint32_t>(shape[1]));
    append_u32(header, static_cast<std::uint32_t>(shape[0]));
    header += {8, color_types.at(static_cast<std::size_t>(channels)), 0, 0, 0};
    std::string out = "\x89PNG\r\n\x1a\n";
    append_chunk(out, "IHDR", header);
    append_chunk(out, "IDAT", compressed(lines));
    append_chunk(out, "IEND", "");
    return out;
}

}  // namespace monnto
