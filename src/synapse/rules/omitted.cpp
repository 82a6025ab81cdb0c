#include "lines.hpp"

#include <algorithm>

namespace monnto {

std::int64_t Omitted::total() const noexcept {
    return std::count_if(self_.begin(), self_.end(), [](std::int64_t self) { return self >= 0; });
}

Omitted omitted_targets(const Ends& ends, const Allowed& allowed) {
    return allowed.autapses ? Omitted() : Omitted(ends.self);
}

Omitted omitted_sources(const Ends& ends, const Allowed& allowed) {
    if (allowed.autapses || ends.self.empty()) {
        return Omitted();
    }
    std::vector<std::int64_t> source_of(static_cast<std::size_t>(ends.targets), -1);
    for (std::size_t source = 0; source < ends.self.size(); ++source) {
        if (ends.self[source] >= 0) {
            source_of[static_cast<std::size_t>(ends.self[source])] =
                static_cast<std::int64_t>(source);
        }
    }
    return Omitted(std::move(source_of));
}

}  // namespace monnto
