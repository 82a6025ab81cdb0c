#pragma once

#include <monnto/base/error.hpp>
#include <monnto/core/fwd.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace monnto {

/// Anything that a tag search can return: objects, behaviors, recordings, and what a language face
/// adds.
class Findable : public std::enable_shared_from_this<Findable> {
public:
    Findable() = default;
    Findable(const Findable&) = delete;
    Findable& operator=(const Findable&) = delete;
    virtual ~Findable();

    /// A holder of this. It owns where somebody shares ownership already; a network on the stack
    /// yields a pointer that does not own.
    [[nodiscard]] std::shared_ptr<Findable> holder();
    /// Whether a match of `key` has that very name. Searches list the others, which match by
    /// meaning (`n.voltage` for a recorded `voltage`), behind.
    [[nodiscard]] virtual bool is_called(std::string_view /*key*/) const { return true; }
};

using Found = std::vector<std::shared_ptr<Findable>>;

/// Counts every change that may alter the result of a search, in all networks together: tags,
/// behaviors, groups, recordings, and the death of anything that can be found. Caches compare it.
[[nodiscard]] std::uint64_t structure_version() noexcept;
void touch_structure() noexcept;

/// Base of everything that carries tags and can be searched by them.
///
/// A tag text is cut at commas without trimming; the class name follows. Searching looks at the
/// object itself, then below it (`append_matches`); results are cached until the structure changes.
class TaggedObject : public Findable {
public:
    [[nodiscard]] const std::vector<std::string>& tags() const noexcept { return tags_; }
    /// The first tag, or "" where there is none.
    [[nodiscard]] std::string tag() const { return tags_.empty() ? std::string() : tags_.front(); }
    [[nodiscard]] bool has_tag(std::string_view tag) const noexcept;
    /// Appends tags, cut at commas.
    void add_tag(std::string_view tags);
    /// Replaces one tag by another in place (how duplicate first tags become unique).
    void rename_tag(std::size_t position, std::string tag);

    /// All matches in search order; empty where nothing matches. Never throws for unknown tags.
    [[nodiscard]] Found all(std::string_view key);
    template <class T>
    [[nodiscard]] std::vector<T*> all(std::string_view key) {
        std::vector<T*> matches;
        for (const auto& match : all(key)) {
            if (auto* typed = dynamic_cast<T*>(match.get())) {
                matches.push_back(typed);
            }
        }
        return matches;
    }
    /// The first match of that type. Throws UnknownName with the nearest tag where there is none.
    template <class T>
    [[nodiscard]] T& find(std::string_view key) {
        const std::vector<T*> matches = all<T>(key);
        if (matches.empty()) {
            refuse_unknown(key);
        }
        return *matches.front();
    }
    /// The first network, group or synapse group with that tag: `net.find("exc")["v"]`.
    [[nodiscard]] Object& find(std::string_view key);

    /// Every tag that a search from here can find, each once.
    [[nodiscard]] std::vector<std::string> known_tags() const;
    /// Throws the UnknownName of a search for `key`.
    [[noreturn]] void refuse_unknown(std::string_view key) const;

    /// Looks below this object; called after its own tags were compared. `append_tags` lists what
    /// it can answer.
    virtual void append_matches(std::string_view key, Found& found);
    virtual void append_tags(std::vector<std::string>& tags) const;

    /// "Network", "NeuronGroup", or the class of a behavior.
    [[nodiscard]] virtual std::string class_name() const = 0;
    /// "NeuronGroup 'exc'": for messages.
    [[nodiscard]] std::string description() const;

protected:
    TaggedObject() = default;
    /// Constructor rule of tags: those of the user, then the class name.
    void set_tags(std::string_view user_tags, std::string_view class_tag);

private:
    struct CachedSearch {
        std::uint64_t version = 0;
        std::vector<Findable*> matches;  // alive while the version holds
    };
    std::vector<std::string> tags_;
    std::map<std::string, CachedSearch, std::less<>> cache_;
};

}  // namespace monnto
