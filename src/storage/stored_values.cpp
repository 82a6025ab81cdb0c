#include <monnto/storage/stored_values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace monnto {
namespace {

template <class T>
std::optional<T> parsed(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    T value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) {
        return {};
    }
    return value;
}

std::string file_of(std::string_view key, std::string_view ending) {
    return std::string(key) + std::string(ending);
}

}  // namespace

StoredValue stored_value(std::string_view text) {
    if (text == "True" || text == "False") {
        return text == "True";
    }
    if (const auto whole = parsed<std::int64_t>(text)) {
        return *whole;
    }
    if (const auto real = parsed<double>(text)) {
        return *real;
    }
    return std::string(text);
}

std::string stored_text(const StoredValue& value) {
    if (const bool* truth = std::get_if<bool>(&value)) {
        return *truth ? "True" : "False";
    }
    if (const double* real = std::get_if<double>(&value)) {
        const std::string text = fmt::format("{}", *real);
        // Else 2.0 would come back as the whole number 2.
        const bool looks_whole = text.find_first_not_of("+-0123456789") == std::string::npos;
        return looks_whole ? text + ".0" : text;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*whole);
    }
    return std::get<std::string>(value);
}

std::optional<double> stored_number(const StoredValue& value) {
    if (std::holds_alternative<std::string>(value)) {
        return {};
    }
    return std::visit(
        [](const auto& v) -> double {
            if constexpr (std::is_arithmetic_v<std::decay_t<decltype(v)>>) {
                return static_cast<double>(v);
            } else {
                return 0;
            }
        },
        value);
}

void save_parameter(Run& run, std::string_view key, const StoredValue& value,
                    std::string_view section) {
    run.set(section, {{std::string(key), stored_text(value)}});
}

std::optional<StoredValue> load_parameter(const Run& run, std::string_view key,
                                          std::string_view section) {
    const std::optional<std::string> text = run.get(section, key);
    return text ? std::optional(stored_value(*text)) : std::nullopt;
}

void save_array(Run& run, std::string_view key, const Array& values) {
    run.write(file_of(key, ".npy"), npy_bytes(values));
}

Array load_array(const Run& run, std::string_view key) {
    return array_of_npy(run.read(file_of(key, ".npy")));
}

std::int64_t save_frame(Run& run, std::string_view key, const Array& picture) {
    const std::string bytes = png_bytes(picture);
    std::int64_t number = 0;
    while (run.has(file_of(key, std::to_string(number) + ".png"))) {
        ++number;
    }
    run.write(file_of(key, std::to_string(number) + ".png"), bytes);
    return number;
}

std::string save_recording(Run& run, std::string_view tag, const Recording& recording) {
    std::string key(tag);
    for (const char c : recording.key()) {
        key += c == '/' ? "%2F" : std::string(1, c);
    }
    save_array(run, key, recording.array());
    return key;
}

std::vector<double> column(const std::vector<std::shared_ptr<Run>>& runs, std::string_view key,
                           std::string_view section) {
    std::vector<double> values;
    for (const auto& run : runs) {
        const auto stored = load_parameter(*run, key, section);
        const auto number = stored ? stored_number(*stored) : std::nullopt;
        values.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return values;
}

void sort_by(std::vector<std::shared_ptr<Run>>& runs, std::string_view key,
             std::string_view section) {
    const std::vector<double> values = column(runs, key, section);
    std::vector<std::pair<double, std::shared_ptr<Run>>> keyed;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool is_missing = std::isnan(values[i]);
        keyed.emplace_back(is_missing ? -std::numeric_limits<double>::infinity() : values[i],
                           runs[i]);
    }
    std::ranges::stable_sort(keyed, {}, [](const auto& pair) { return pair.first; });
    std::ranges::transform(keyed, runs.begin(), [](const auto& pair) { return pair.second; });
}

}  // namespace monnto
