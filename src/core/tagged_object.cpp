#include <monnto/core/tagged_object.hpp>

#include <monnto/core/object.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

namespace monnto {
namespace {

std::atomic<std::uint64_t> version_now{1};

std::vector<std::string> cut_at_commas(std::string_view text) {
    std::vector<std::string> pieces;
    for (;;) {
        const std::size_t comma = text.find(',');
        pieces.emplace_back(text.substr(0, comma));
        if (comma == std::string_view::npos) {
            return pieces;
        }
        text.remove_prefix(comma + 1);
    }
}

}  // namespace

std::uint64_t structure_version() noexcept {
    return version_now.load(std::memory_order_relaxed);
}

void touch_structure() noexcept {
    version_now.fetch_add(1, std::memory_order_relaxed);
}

Findable::~Findable() {
    touch_structure();
}

std::shared_ptr<Findable> Findable::holder() {
    if (auto shared = weak_from_this().lock()) {
        return shared;
    }
    return {std::shared_ptr<void>{}, this};
}

bool TaggedObject::has_tag(std::string_view tag) const noexcept {
    return std::find(tags_.begin(), tags_.end(), tag) != tags_.end();
}

void TaggedObject::add_tag(std::string_view tags) {
    for (std::string& piece : cut_at_commas(tags)) {
        if (!has_tag(piece)) {
            tags_.push_back(std::move(piece));
        }
    }
    touch_structure();
}

void TaggedObject::rename_tag(std::size_t position, std::string tag) {
    tags_.at(position) = std::move(tag);
    touch_structure();
}

void TaggedObject::set_tags(std::string_view user_tags, std::string_view class_tag) {
    tags_.clear();
    if (!user_tags.empty()) {
        tags_ = cut_at_commas(user_tags);
    }
    tags_.emplace_back(class_tag);
    touch_structure();
}

Found TaggedObject::all(std::string_view key) {
    const auto cached = cache_.find(key);
    if (cached != cache_.end() && cached->second.version == structure_version()) {
        Found found;
        found.reserve(cached->second.matches.size());
        for (Findable* match : cached->second.matches) {
            found.push_back(match->holder());
        }
        return found;
    }
    Found found;
    if (has_tag(key)) {
        found.push_back(holder());
    }
    append_matches(key, found);
    std::stable_partition(found.begin(), found.end(),
                          [&](const auto& match) { return match->is_called(key); });
    CachedSearch search;
    for (const auto& match : found) {
        search.matches.push_back(match.get());
    }
    // Read last: a match that is made for this search alone dies with its last holder and thereby
    // makes this entry stale.
    search.version = structure_version();
    cache_.insert_or_assign(std::string(key), std::move(search));
    return found;
}

Object& TaggedObject::find(std::string_view key) {
    return find<Object>(key);
}

std::vector<std::string> TaggedObject::known_tags() const {
    std::vector<std::string> every = tags_;
    append_tags(every);
    std::set<std::string> seen;
    std::erase_if(every, [&](const std::string& tag) { return !seen.insert(tag).second; });
    return every;
}

void TaggedObject::refuse_unknown(std::string_view key) const {
    throw UnknownName("tag", std::string(key), description(), known_tags());
}

void TaggedObject::append_matches(std::string_view /*key*/, Found& /*found*/) {}

void TaggedObject::append_tags(std::vector<std::string>& /*tags*/) const {}

std::string TaggedObject::description() const {
    const std::string name = class_name();
    return tags_.empty() || tag() == name ? name : fmt::format("{} '{}'", name, tag());
}

}  // namespace monnto
