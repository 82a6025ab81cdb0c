#pragma once

#include <monnto/array/array.hpp>
#include <monnto/recorders/recording.hpp>
#include <monnto/storage/run_store.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace monnto {

/// What a stored text says: True and False, whole and real numbers, else the text itself. Never
/// executes anything.
using StoredValue = std::variant<bool, std::int64_t, double, std::string>;
[[nodiscard]] StoredValue stored_value(std::string_view text);
/// The shortest text that reads back as the same value; a real number always has a point, an
/// exponent, or is nan or inf.
[[nodiscard]] std::string stored_text(const StoredValue& value);
/// The number, with 0 and 1 for truth values; nothing for a text.
[[nodiscard]] std::optional<double> stored_number(const StoredValue& value);

/// Section of parameters that belong to no other.
inline constexpr std::string_view default_section = "Parameters";

void save_parameter(Run& run, std::string_view key, const StoredValue& value,
                    std::string_view section = default_section);
/// Nothing where it was never saved.
[[nodiscard]] std::optional<StoredValue> load_parameter(const Run& run, std::string_view key,
                                                        std::string_view section = default_section);

/// An array as `<key>.npy`, NumPy's format 1.0 (NEP 1): read by NumPy, and what NumPy wrote in
/// C or Fortran order is read back. Throws NothingStored, TypeMismatch, ParseError for a damaged
/// file.
void save_array(Run& run, std::string_view key, const Array& values);
[[nodiscard]] Array load_array(const Run& run, std::string_view key);
[[nodiscard]] std::string npy_bytes(const Array& values);
[[nodiscard]] Array array_of_npy(std::string_view bytes);

/// A picture of shape (height, width), (height, width, 3) or (height, width, 4) of uint8 as
/// `<key><n>.png`, with the first n from 0 that is free. Returns n. Throws ShapeMismatch,
/// TypeMismatch.
std::int64_t save_frame(Run& run, std::string_view key, const Array& picture);
[[nodiscard]] std::string png_bytes(const Array& picture);

/// `<tag><variable>.npy`; a `/` in the variable becomes `%2F`. Returns the key.
std::string save_recording(Run& run, std::string_view tag, const Recording& recording);

/// Sorts runs by a parameter, ascending; first come those that lack it or where it is no number.
/// Runs that are equal keep their order.
void sort_by(std::vector<std::shared_ptr<Run>>& runs, std::string_view key,
             std::string_view section = default_section);
/// One number per run; NaN where it is missing.
[[nodiscard]] std::vector<double> column(const std::vector<std::shared_ptr<Run>>& runs,
                                         std::string_view key,
                                         std::string_view section = default_section);

}  // namespace monnto
