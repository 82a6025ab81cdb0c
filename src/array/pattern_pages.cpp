// Patterns whose targets are cut into pages, within which numbers of 16 bits do.
#include <monnto/array/parallel.hpp>
#include <monnto/array/pattern.hpp>

#include <algorithm>
#include <utility>

namespace monnto {
namespace {

constexpr std::ptrdiff_t largest_page = 65536;

/// Writes the rows of a share of the sources in pages.
class Pager {
public:
    Pager(const Pattern& plain, Pattern::Parts& paged) : plain_(plain), paged_(paged) {}

    void run(std::ptrdiff_t first, std::ptrdiff_t last) const {
        plain_.for_rows(first, last, [&](auto source, auto row, const auto* targets) {
            auto* out = reinterpret_cast<std::uint16_t*>(paged_.indices->data()) + row.first;
            std::uint32_t* end =
                paged_.segment_ends.data() + source * plain_.blocks() * paged_.pages;
            for (std::ptrdiff_t k = 0; k < plain_.blocks(); ++k) {
                const Pattern::Range block = plain_.block(source, k);
                std::int64_t at = block.first - row.first;
                for (std::ptrdiff_t page = 0; page < paged_.pages; ++page) {
                    const auto begin = page_first(page);
                    const auto behind = page_first(page + 1);
                    for (; at < block.last - row.first && targets[at] < behind; ++at) {
                        out[at] = static_cast<std::uint16_t>(targets[at] - begin);
                    }
                    *end++ = static_cast<std::uint32_t>(at);
                }
            }
        });
    }

private:
    [[nodiscard]] std::uint32_t page_first(std::ptrdiff_t page) const noexcept {
        return static_cast<std::uint32_t>(
            Pattern::share(paged_.targets, static_cast<int>(paged_.pages), static_cast<int>(page)));
    }
    const Pattern& plain_;
    Pattern::Parts& paged_;
};

}  // namespace

std::ptrdiff_t Pattern::pages_for(std::ptrdiff_t sources, std::ptrdiff_t targets,
                                  std::ptrdiff_t synapses, std::ptrdiff_t delays) noexcept {
    const std::ptrdiff_t pages = (targets + largest_page - 1) / largest_page;
    const std::ptrdiff_t segments = sources * std::max<std::ptrdiff_t>(1, delays) * pages;
    return pages > 1 && segments * std::ptrdiff_t{sizeof(std::uint32_t)} <= synapses ? pages : 1;
}

Pattern::Parts Pattern::in_pages(Parts parts, std::ptrdiff_t pages) {
    if (pages < 2) {
        return parts;
    }
    const Pattern plain(std::move(parts));
    Parts paged;
    paged.sources = plain.sources();
    paged.targets = plain.targets();
    paged.starts = plain.starts();
    paged.delays = plain.delays();
    paged.pages = pages;
    paged.indices = Buffer::allocate(static_cast<std::size_t>(plain.size()) * 2);
    paged.segment_ends.resize(static_cast<std::size_t>(plain.sources() * plain.blocks() * pages));
    const EngineLock engine;
    const Pager pager(plain, paged);
    in_parallel(plain.sources(), 16, plain.size() * 8,
                [&](std::ptrdiff_t first, std::ptrdiff_t last) { pager.run(first, last); });
    return paged;
}

}  // namespace monnto
