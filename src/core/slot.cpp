#include <monnto/core/slot.hpp>

#include <monnto/array/record.hpp>
#include <monnto/core/object.hpp>

namespace monnto {

const Array& Slot::array() const {
    if (LanguageFace* face = owner_->face()) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): a cache of what the face holds
        face->refresh(const_cast<Slot&>(*this));
    }
    if (array_.is_empty_handle()) {
        throw UnknownName("variable", name_, owner_->description(), owner_->variable_names());
    }
    return array_;
}

bool Slot::is_assigned() const {
    if (LanguageFace* face = owner_->face()) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): a cache of what the face holds
        face->refresh(const_cast<Slot&>(*this));
    }
    return !array_.is_empty_handle();
}

Slot& Slot::operator=(const Array& value) {
    (void)value.cell();  // refuses an empty handle
    array_ = value;
    owner_->mark_rebound(*this);
    return *this;
}

void Slot::assign_number(const Number& value) {
    const DType dtype = value.weak && is_float(value.dtype) ? owner_->default_dtype() : value.dtype;
    *this = Array(value.cast_to(dtype));
}

Slot& Slot::in_place(Op op, const Operand& other) {
    const Array& present = array();
    if (present.rank() == 0) {
        // Zero-dimensional arrays are immutable (S4): whoever shares this one keeps its value.
        return *this = binary(op, present, other);
    }
    Array shared = present;
    shared.in_place(op, other);
    return *this;
}

// NOLINTNEXTLINE(readability-make-member-function-const): what the slot holds changes
void Slot::fill(const Number& value) {
    Array shared = array();
    shared.fill(value);
}

void Slot::bind_quietly(Array value) {
    array_ = std::move(value);
    ++version_;
}

}  // namespace monnto
