#include "state.hpp"

#include <monnto/array/cell.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace monnto {

StateVisitor::Scope::Scope(StateVisitor& visitor, std::string_view name)
    : visitor_(visitor), length_before_(visitor.place_.size()) {
    visitor_.place_ += name;
    visitor_.place_ += '/';
}

StateVisitor::Scope::~Scope() {
    visitor_.place_.resize(length_before_);
}

void StateVisitor::boolean(std::string_view name, bool& value) {
    std::int64_t number = value ? 1 : 0;
    integer(name, number);
    value = number != 0;
}

std::size_t StateWriter::owner_of(Cell& cell) {
    Cell& owner = cell.owner();
    const auto [at, is_new] = known_.try_emplace(&owner, snapshot_.owners_.size());
    if (is_new) {
        const Array whole{Ref<Cell>(&owner)};
        // Nodes never change, so holding one is a copy; only bytes that somebody outside can reach
        // may.
        NodeRef content = owner.is_pinned() ? whole.copy().node() : owner.read();
        snapshot_.owners_.push_back(
            {owner.dtype(), owner.shape(), std::move(content), owner.is_writable()});
        alive_.emplace_back(&owner);
    }
    return at->second;
}

void StateWriter::array(std::string_view name, Array& value) {
    if (value.is_empty_handle()) {
        put(name, std::int64_t{0});  // stands for the empty handle
        return;
    }
    Cell& cell = value.cell();
    Snapshot::ArrayState state;
    state.owner = owner_of(cell);
    state.window = cell.window();
    state.is_view = cell.is_view();
    state.writable = cell.is_writable();
    put(name, state);
}

template <class T>
const T& StateReader::entry(std::string_view name) const {
    const auto found = snapshot_.entries().find(path(name));
    const T* value = found == snapshot_.entries().end() ? nullptr : std::get_if<T>(&found->second);
    if (value == nullptr) {
        throw BadState(fmt::format(
            "the snapshot has no '{}' of that kind; it was taken of a network built differently",
            path(name)));
    }
    return *value;
}

void StateReader::array(std::string_view name, Array& value) {
    if (const auto found = snapshot_.entries().find(path(name));
        found != snapshot_.entries().end() && std::holds_alternative<std::int64_t>(found->second)) {
        value = Array();
        return;
    }
    const auto& state = entry<Snapshot::ArrayState>(name);
    Ref<Cell>& owner = cells_[state.owner];
    if (!owner) {
        const Snapshot::OwnerState& saved = snapshot_.owners()[state.owner];
        owner = Ref<Cell>(new Cell(saved.content));
        owner->set_writable(saved.writable);
    }
    value = state.is_view ? Array(Ref<Cell>(new Cell(owner, state.window, state.writable)))
                          : Array(owner);
}

void StateReader::integer(std::string_view name, std::int64_t& value) {
    value = entry<std::int64_t>(name);
}
void StateReader::real(std::string_view name, double& value) {
    value = entry<double>(name);
}
void StateReader::text(std::string_view name, std::string& value) {
    value = entry<std::string>(name);
}
void StateReader::opaque(std::string_view name, Snapshot::Opaque& value) {
    value = entry<Snapshot::Opaque>(name);
}

bool StateReader::has(std::string_view name) const {
    return snapshot_.entries().contains(path(name));
}

std::vector<std::string> StateReader::names() const {
    std::vector<std::string> names;
    const auto& entries = snapshot_.entries();
    for (auto at = entries.lower_bound(place_);
         at != entries.end() && at->first.starts_with(place_); ++at) {
        const std::string rest = at->first.substr(place_.size());
        const std::string name = rest.substr(0, rest.find('/'));
        if (names.empty() || names.back() != name) {
            names.push_back(name);
        }
    }
    return names;
}

}  // namespace monnto
