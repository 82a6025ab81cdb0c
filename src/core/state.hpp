#pragma once

#include <monnto/core/snapshot.hpp>

#include <unordered_map>

namespace monnto {

/// Fills a snapshot.
class StateWriter final : public StateVisitor {
public:
    explicit StateWriter(Snapshot& snapshot) : snapshot_(snapshot) {}

    [[nodiscard]] bool is_saving() const noexcept override { return true; }
    void array(std::string_view name, Array& value) override;
    void integer(std::string_view name, std::int64_t& value) override { put(name, value); }
    void real(std::string_view name, double& value) override { put(name, value); }
    void text(std::string_view name, std::string& value) override { put(name, value); }
    void opaque(std::string_view name, Snapshot::Opaque& value) override { put(name, value); }
    [[nodiscard]] bool has(std::string_view /*name*/) const override { return true; }
    [[nodiscard]] std::vector<std::string> names() const override { return {}; }

private:
    void put(std::string_view name, Snapshot::Entry entry) {
        snapshot_.entries_.insert_or_assign(path(name), std::move(entry));
    }
    [[nodiscard]] std::size_t owner_of(Cell& cell);

    Snapshot& snapshot_;
    std::unordered_map<const Cell*, std::size_t> known_;
    std::vector<Ref<Cell>> alive_;  // addresses in `known_` must stay those of these cells
};

/// Gives back what a snapshot holds. Each owner becomes one new cell, so that what was shared is
/// shared again.
class StateReader final : public StateVisitor {
public:
    explicit StateReader(const Snapshot& snapshot)
        : snapshot_(snapshot), cells_(snapshot.owners().size()) {}

    [[nodiscard]] bool is_saving() const noexcept override { return false; }
    void array(std::string_view name, Array& value) override;
    void integer(std::string_view name, std::int64_t& value) override;
    void real(std::string_view name, double& value) override;
    void text(std::string_view name, std::string& value) override;
    void opaque(std::string_view name, Snapshot::Opaque& value) override;
    [[nodiscard]] bool has(std::string_view name) const override;
    [[nodiscard]] std::vector<std::string> names() const override;

private:
    template <class T>
    [[nodiscard]] const T& entry(std::string_view name) const;

    const Snapshot& snapshot_;
    std::vector<Ref<Cell>> cells_;
};

}  // namespace monnto
