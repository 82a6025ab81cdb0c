#include <monnto/array/cell.hpp>

#include "pending.hpp"
#include "picked.hpp"
#include "strided_copy.hpp"

#include <monnto/array/changes.hpp>
#include <monnto/array/executor.hpp>
#include <monnto/array/read_only.hpp>
#include <monnto/array/record.hpp>

#include <functional>
#include <utility>

namespace monnto {

namespace {

/// Whether two buffers share bytes: one host array can have been adopted twice.
bool may_overlap(const Buffer& a, const Buffer& b) noexcept {
    return std::less<>()(a.data(), b.data() + b.bytes()) &&
           std::less<>()(b.data(), a.data() + a.bytes());
}

}  // namespace

Cell::Cell(NodeRef content)
    : dtype_(content->dtype),
      birth_(content->id),
      window_{0, content->shape, contiguous_strides(content->shape)} {
    set_content(std::move(content));
}

Cell::Cell(Ref<Cell> base, const ViewAttr& window, bool writable)
    : dtype_(base->dtype_),
      writable_(writable),
      birth_(base->birth_),
      window_(window),
      base_(std::move(base)) {}

Cell::Cell(std::shared_ptr<const Picked> picked)
    : dtype_(picked->whole->dtype), birth_(picked->whole->id), picked_(std::move(picked)) {
    PendingCells::insert(*this);
}

void Cell::gather() const {
    const std::shared_ptr<const Picked> picked = picked_;
    const NodeRef content = picked->gathered().node();
    auto& self = const_cast<Cell&>(*this);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    self.window_ = {0, content->shape, contiguous_strides(content->shape)};
    self.set_content(content);
    self.picked_.reset();
}

Cell::~Cell() {
    PendingCells::remove(*this);
}

void Cell::set_content(NodeRef content) {
    const bool unsettled = !content->is_settled();
    PendingCells::replace(*this, std::move(content));
    if (unsettled) {
        PendingCells::insert(*this);
    }
}

NodeRef Cell::read() const {
    make_ordinary();
    const Cell& source = owner();
    // The shape can differ from the content's even without a base: `a.shape = ...`.
    if (!base_ && window_.shape == source.content_->shape) {
        return source.content_;
    }
    return record(Op::view, dtype_, window_.shape, window_, {source.content_});
}

bool Cell::is_writable() const noexcept {
    return writable_ && (!base_ || base_->is_writable());
}

bool Cell::is_pinned() const {
    const NodeRef& content = owner().content_;
    return content->is_settled() && content->value().buffer->is_pinned();
}

bool Cell::covers_owner() const noexcept {
    const Shape& whole = owner().content_->shape;
    return window_.shape == whole && window_.offset == 0 && is_contiguous(whole, window_.strides);
}

void Cell::write(NodeRef content) {
    if (!is_writable()) {
        throw ReadOnly();
    }
    Changes::note();
    Cell& target = owner();
    if (is_pinned()) {
        write_pinned(std::move(content));
    } else if (covers_owner() && content->shape == target.content_->shape) {
        const bool is_shared = content->is_settled() && content->value().buffer->is_pinned();
        target.set_content(is_shared ? record(Op::copy, dtype_, content->shape, {}, {content})
                                     : std::move(content));
    } else {
        target.set_content(record(Op::update, dtype_, target.content_->shape, window_,
                                  {target.content_, content}));
    }
}

void Cell::write_pinned(NodeRef content) {
    const Value to = window_value();
    evaluate(content);
    if (may_overlap(*content->value().buffer, *to.buffer)) {
        // An overlapping source (`v[1:] = v[:-1]`) must be read before it is written.
        content = record(Op::copy, dtype_, content->shape, {}, {content});
        evaluate(content);
    }
    if (!to.buffer->is_writable()) {
        throw ReadOnly();
    }
    const Value& from = content->value();
    const auto bytes = static_cast<std::ptrdiff_t>(size_of(dtype_));
    strided_copy(size_of(dtype_), window_.shape, to.buffer->data() + to.offset * bytes, to.strides,
                 from.buffer->data() + from.offset * bytes,
                 broadcast_strides(content->shape, from.strides, window_.shape));
}

Value Cell::window_value() const {
    const Node& content = *owner().content_;
    const Value& whole = content.value();
    if (!base_) {
        return {whole.buffer, whole.offset,
                window_.shape == content.shape ? whole.strides : contiguous_strides(window_.shape)};
    }
    // An owner that is exposed or pinned is C-ordered (see expose), so window strides are buffer
    // strides.
    return {whole.buffer, whole.offset + window_.offset, window_.strides};
}

void Cell::exchange_content(NodeRef same) {
    PendingCells::replace(*this, std::move(same));
}

Value Cell::expose() {
    Changes::note();
    Cell& target = owner();
    evaluate(target.content_);
    evaluate_pending();  // readers of the present content must not see what the host writes later
    const Value& value = target.content_->value();
    // One reference is the node's. The node itself may be shared by other cells or held as a
    // snapshot.
    const bool is_private =
        target.content_.get()->ref_count() == 1 && value.buffer->ref_count() == 1;
    const bool is_ordered = is_contiguous(target.content_->shape, value.strides);
    if (!value.buffer->is_pinned() && (!is_private || !is_ordered)) {
        NodeRef copy = record(Op::copy, dtype_, target.content_->shape, {}, {target.content_});
        evaluate(copy);
        target.set_content(std::move(copy));
    }
    const bool is_first_export = !target.content_->value().buffer->is_pinned();
    if (target.content_->op != Op::data || is_first_export) {
        // The host may write to the bytes: what it wrote must not be taken for the constant or the
        // cast that the bytes once came from. The number of the node tells since when that is so.
        target.set_content(
            NodeRef(new Node(dtype_, target.content_->shape, target.content_->value())));
    }
    target.content_->facts.reset();
    return window_value();
}

}  // namespace monnto
