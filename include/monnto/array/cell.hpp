#pragma once

#include <monnto/array/node.hpp>

#include <memory>

namespace monnto {

struct Picked;

/// What `Array` handles share: the identity of an array, whose content changes over time while
/// nodes do not. An owning cell points at the node of its present content. A view cell is a window
/// on an owning cell: reading it reads the base's present content, writing it writes through (S6).
class Cell final : public RefCounted {
public:
    explicit Cell(NodeRef content);
    /// Contract: `base` is an owning cell.
    Cell(Ref<Cell> base, const ViewAttr& window, bool writable);
    /// What a mask picks, before anybody counts it. It becomes an ordinary owning cell when more
    /// than its dtype is asked for.
    explicit Cell(std::shared_ptr<const Picked> picked);
    Cell(const Cell&) = delete;
    Cell& operator=(const Cell&) = delete;
    ~Cell();

    [[nodiscard]] DType dtype() const noexcept { return dtype_; }
    [[nodiscard]] const Shape& shape() const { return window().shape; }
    [[nodiscard]] bool is_view() const noexcept { return static_cast<bool>(base_); }
    [[nodiscard]] bool is_picked() const noexcept { return picked_ != nullptr; }
    /// Contract: is_picked().
    [[nodiscard]] const std::shared_ptr<const Picked>& picked() const noexcept { return picked_; }
    /// In place: contract as above.
    void pick(std::shared_ptr<const Picked> picked) noexcept { picked_ = std::move(picked); }
    /// The owning cell: itself or its base.
    [[nodiscard]] const Cell& owner() const {
        make_ordinary();
        return base_ ? *base_ : *this;
    }
    [[nodiscard]] Cell& owner() {
        make_ordinary();
        return base_ ? *base_ : *this;
    }
    /// Window on the owner's C-ordered elements.
    [[nodiscard]] const ViewAttr& window() const {
        make_ordinary();
        return window_;
    }

    /// With its address, what tells this cell from those that lived there before.
    [[nodiscard]] std::uint64_t birth() const noexcept { return birth_; }
    /// The node of the owner's elements.
    [[nodiscard]] const NodeRef& content() const { return owner().content_; }
    /// The present content, as a node of this cell's shape.
    [[nodiscard]] NodeRef read() const;
    /// Makes `content` the present content: same dtype, a shape that broadcasts to this one.
    /// Throws BadState for a read-only cell.
    void write(NodeRef content);

    [[nodiscard]] bool is_writable() const noexcept;
    void set_writable(bool writable) noexcept { writable_ = writable; }
    /// Turns the same elements into another shape in place (`a.shape = ...`); contract: same size,
    /// contiguous.
    void set_window(const ViewAttr& window) noexcept { window_ = window; }

    /// Whether somebody outside can reach the bytes (S8).
    [[nodiscard]] bool is_pinned() const;
    /// Counts what a mask picks, if that is what this is.
    void make_ordinary() const {
        if (picked_ != nullptr) {
            gather();
        }
    }

    /// Settles the content in a buffer that no other node shares and returns it as a strided window
    /// of this cell's shape: what an exported view may write to. The caller adds the export to the
    /// buffer.
    [[nodiscard]] Value expose();

    /// Another node with the elements that the present content has. Contract: an owning cell, both
    /// settled.
    void exchange_content(NodeRef same);

private:
    friend class PendingCells;

    void gather() const;
    void set_content(NodeRef content);
    void write_pinned(NodeRef content);
    [[nodiscard]] bool covers_owner() const noexcept;
    /// This cell's window on the settled, C-ordered content of its owner.
    [[nodiscard]] Value window_value() const;

    DType dtype_;
    bool writable_ = true;
    std::uint64_t birth_;  // id of its first content
    ViewAttr window_;
    NodeRef content_;                       // owning cells only
    Ref<Cell> base_;                        // views only
    std::shared_ptr<const Picked> picked_;  // then there is no content yet
    Cell* previous_ = nullptr;              // list of cells whose content is not settled
    Cell* next_ = nullptr;
    bool pending_ = false;
};

inline void destroy(Cell* cell) noexcept {
    delete cell;
}

}  // namespace monnto
