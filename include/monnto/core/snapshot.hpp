#pragma once

#include <monnto/array/array.hpp>
#include <monnto/core/fwd.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace monnto {

/// The whole state of a network at an iteration boundary (S19): a value that may be kept, copied
/// and restored many times. Array contents are shared with the network until one of them changes,
/// so taking one is cheap.
class Snapshot {
public:
    /// An array by number of the cell that owns its elements: two that shared elements share them
    /// again.
    struct ArrayState {
        std::size_t owner = 0;
        ViewAttr window;
        bool is_view = false;
        bool writable = true;
    };
    struct OwnerState {
        DType dtype = DType::f64;
        Shape shape;
        NodeRef content;
        bool writable = true;
    };
    /// What a language face keeps (its own copies of its own objects).
    using Opaque = std::shared_ptr<const void>;
    using Entry = std::variant<std::int64_t, double, std::string, ArrayState, Opaque>;

    [[nodiscard]] const std::map<std::string, Entry>& entries() const noexcept { return entries_; }
    [[nodiscard]] const std::vector<OwnerState>& owners() const noexcept { return owners_; }
    [[nodiscard]] bool contains(std::string_view path) const {
        return entries_.contains(std::string(path));
    }
    /// A snapshot whose parts come from elsewhere (a file).
    [[nodiscard]] static Snapshot from_parts(std::map<std::string, Entry> entries,
                                             std::vector<OwnerState> owners) {
        Snapshot snapshot;
        snapshot.entries_ = std::move(entries);
        snapshot.owners_ = std::move(owners);
        return snapshot;
    }

private:
    friend class StateWriter;
    friend class StateReader;
    std::map<std::string, Entry> entries_;
    std::vector<OwnerState> owners_;
};

/// Walks over the state of everything, to save it or to restore it: one function names each piece
/// once.
///
///     void visit_state(StateVisitor& visitor) override { visitor.array("trace", trace_); }
///
/// An empty array handle is saved as such. Reading a piece that the snapshot lacks throws BadState.
class StateVisitor {
public:
    StateVisitor() = default;
    StateVisitor(const StateVisitor&) = delete;
    StateVisitor& operator=(const StateVisitor&) = delete;
    virtual ~StateVisitor() = default;

    [[nodiscard]] virtual bool is_saving() const noexcept = 0;
    virtual void array(std::string_view name, Array& value) = 0;
    virtual void integer(std::string_view name, std::int64_t& value) = 0;
    virtual void real(std::string_view name, double& value) = 0;
    virtual void text(std::string_view name, std::string& value) = 0;
    virtual void opaque(std::string_view name, Snapshot::Opaque& value) = 0;
    void boolean(std::string_view name, bool& value);
    /// Whether the snapshot being restored has that piece; true while saving.
    [[nodiscard]] virtual bool has(std::string_view name) const = 0;
    /// Names of the pieces directly below the present place (restoring only): variables that exist
    /// in the snapshot.
    [[nodiscard]] virtual std::vector<std::string> names() const = 0;

    /// Names visited while an object of this lives are below `name`.
    class Scope {
    public:
        Scope(StateVisitor& visitor, std::string_view name);
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;
        ~Scope();

    private:
        StateVisitor& visitor_;
        std::size_t length_before_;
    };

protected:
    [[nodiscard]] std::string path(std::string_view name) const {
        return place_ + std::string(name);
    }
    std::string place_;
};

}  // namespace monnto
