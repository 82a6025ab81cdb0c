// All lines of a rule, made in parallel and put together in order.
#include "lines.hpp"
#include "parallel.hpp"

#include <monnto/array/executor.hpp>

#include <algorithm>
#include <mutex>
#include <numeric>
#include <utility>

namespace monnto {
namespace {

constexpr std::int64_t lines_at_a_time = 64;

void sum_up(std::vector<std::uint64_t>& starts) {
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
}

template <class T>
void fill(const Lines& lines, const std::vector<std::uint64_t>& starts, UnfilledVector<T>& places) {
    places.resize(starts.back());
    for_lines(lines.count(), lines_at_a_time, static_cast<double>(starts.back()),
              [&](std::int64_t first, std::int64_t last) {
                  std::vector<std::uint32_t> row;
                  for (std::int64_t line = first; line < last; ++line) {
                      lines.row(line, row);
                      std::transform(row.begin(), row.end(),
                                     places.begin() + static_cast<std::ptrdiff_t>(
                                                          starts[static_cast<std::size_t>(line)]),
                                     [](std::uint32_t number) { return static_cast<T>(number); });
                  }
              });
}

Connections of_known_lengths(const Lines& lines) {
    Connections made = no_connections(lines.count(), lines.others());
    for (std::int64_t line = 0; line < lines.count(); ++line) {
        made.starts[static_cast<std::size_t>(line) + 1] =
            static_cast<std::uint64_t>(lines.length(line));
    }
    sum_up(made.starts);
    std::visit([&](auto& places) { fill(lines, made.starts, places); }, made.target);
    return made;
}

// Lines whose lengths show only when they are made: pieces first, then where they belong.
template <class T>
void gather(const Lines& lines, Connections& made, UnfilledVector<T>& places) {
    const auto pieces = (lines.count() + lines_at_a_time - 1) / lines_at_a_time;
    std::vector<std::vector<T>> piece(static_cast<std::size_t>(pieces));
    const double cost = std::max(lines.expected(), static_cast<double>(lines.count()) * 100.0);
    const auto make = [&](std::int64_t first, std::int64_t last) {
        std::vector<std::uint32_t> row;
        for (std::int64_t line = first; line < last; ++line) {
            lines.row(line, row);
            auto& mine = piece[static_cast<std::size_t>(line / lines_at_a_time)];
            std::transform(row.begin(), row.end(), std::back_inserter(mine),
                           [](std::uint32_t number) { return static_cast<T>(number); });
            made.starts[static_cast<std::size_t>(line) + 1] = row.size();
        }
    };
    for_lines(lines.count(), lines_at_a_time, cost, make);
    sum_up(made.starts);
    places.resize(made.size());
    const auto put = [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t line = first; line < last; line += lines_at_a_time) {
            auto& mine = piece[static_cast<std::size_t>(line / lines_at_a_time)];
            std::copy(mine.begin(), mine.end(),
                      places.begin() +
                          static_cast<std::ptrdiff_t>(made.starts[static_cast<std::size_t>(line)]));
            mine = {};
        }
    };
    for_lines(lines.count(), lines_at_a_time, static_cast<double>(made.size()), put);
}

Connections of_unknown_lengths(const Lines& lines) {
    Connections made = no_connections(lines.count(), lines.others());
    std::visit([&](auto& places) { gather(lines, made, places); }, made.target);
    return made;
}

// Columns become rows: each thread writes the rows of a share of the sources and reads all columns
// in order, so that targets ascend.
template <class From, class To>
void turn(const Connections& columns, const From& from, Connections& rows, To& to) {
    to.resize(columns.size());
    const std::int64_t shares = std::max(1, threads());
    const std::int64_t share = (rows.sources + shares - 1) / shares;
    for_lines(rows.sources, share, static_cast<double>(columns.size()),
              [&](std::int64_t first, std::int64_t last) {
                  std::vector<std::uint64_t> next(rows.starts.begin() + first,
                                                  rows.starts.begin() + last);
                  for (std::int64_t target = 0; target < columns.sources; ++target) {
                      const auto begin = columns.starts[static_cast<std::size_t>(target)];
                      const auto end = columns.starts[static_cast<std::size_t>(target) + 1];
                      for (std::uint64_t synapse = begin; synapse < end; ++synapse) {
                          const std::int64_t source = from[synapse];
                          if (source >= first && source < last) {
                              to[next[static_cast<std::size_t>(source - first)]++] =
                                  static_cast<typename To::value_type>(target);
                          }
                      }
                  }
              });
}

Connections turned(const Connections& columns) {
    Connections rows = no_connections(columns.targets, columns.sources);
    const std::vector<std::uint64_t> degrees = columns.indegrees();
    std::copy(degrees.begin(), degrees.end(), rows.starts.begin() + 1);
    sum_up(rows.starts);
    std::visit([&](const auto& from, auto& to) { turn(columns, from, rows, to); }, columns.target,
               rows.target);
    return rows;
}

}  // namespace

Connections built(const Lines& lines) {
    const bool is_known = lines.count() == 0 || lines.length(0) >= 0;
    Connections made = is_known ? of_known_lengths(lines) : of_unknown_lengths(lines);
    return lines.is_by_target() ? turned(made) : std::move(made);
}

}  // namespace monnto
