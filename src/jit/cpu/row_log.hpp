#pragma once

#include "events/pending_rows.hpp"
#include "events/region.hpp"
#include "mask_bits.hpp"
#include "region_run.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace monnto::cpu {

/// Updates of a matrix's columns, kept with all that they read until a row is read next (D5). A
/// column crosses a line of memory in each row; row by row, hundreds of updates meet a row while it
/// is in the cache. Each element sees the same operations in the same order, so bits are the same.
class RowLog final : public events::PendingRows {
public:
    /// Of a matrix of that many elements, which are `width` bytes each.
    RowLog(std::ptrdiff_t rows, std::ptrdiff_t columns, std::size_t width);
    RowLog(const RowLog&) = delete;
    RowLog& operator=(const RowLog&) = delete;
    ~RowLog() override;

    [[nodiscard]] bool fits(std::ptrdiff_t rows, std::ptrdiff_t columns,
                            std::size_t width) const noexcept {
        return rows == rows_ && columns == columns_ && width == width_;
    }
    /// The log of a buffer, where it has one of that kind.
    [[nodiscard]] static RowLog* of(const Buffer& buffer) noexcept {
        return dynamic_cast<RowLog*>(buffer.changes());
    }
    /// Whether rows have lately been read few at a time, so that waiting pays.
    [[nodiscard]] bool is_patient() noexcept { return pays_.asks(); }
    /// Per operand its bits, where that is a matrix beside the changed one.
    using Masks = std::vector<std::shared_ptr<const MaskBits>>;
    /// Keeps an update of the region's columns in all rows but those of the region, which are done:
    /// copies of what it reads of vectors, and masks.
    void append(const BoundKernel& kernel, const events::Region& region, const Masks& masks);
    [[nodiscard]] events::RowLayout layout() const noexcept override { return {columns_}; }
    void catch_up(std::byte* data, std::span<const std::int32_t> rows) override;
    void settle(std::byte* data) noexcept override;

    [[nodiscard]] std::size_t pending() const noexcept { return used_; }
    /// Of all that is pending.
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    /// Whether it holds so much that all rows should catch up.
    [[nodiscard]] bool is_full() const noexcept;

private:
    struct Update;
    struct Few;
    struct Workspace;
    class RowsAhead;
    void replay(std::byte* data, Few& few, RowsAhead& ahead);
    template <class T>
    void replay_elements(T* data, const Few& few, RowsAhead& ahead) const;
    static void bring_masks(const Update& update, const Few& few, std::size_t active,
                            Workspace& own);
    void bring_rows(std::size_t at, const Few& few, std::size_t active, Workspace& own) const;
    template <class Rows>
    void replay_all(std::byte* data, std::ptrdiff_t count, const Rows& row_at);

    std::ptrdiff_t rows_, columns_;
    std::size_t width_;
    std::vector<Update> updates_;  // the first `used_`; the others are memory for later
    std::size_t used_ = 0;
    std::size_t bytes_ = 0;
    std::vector<std::uint32_t> next_;  // update, per row
    events::WaitingPays pays_;
};

/// Rows that catch up together: one call of a kernel for all of them, and what is written for one
/// row has left the store buffer before it is read as vectors.
struct RowLog::Few {
    static constexpr std::size_t most = 32;
    std::array<std::int32_t, most> rows{};
    std::size_t count = 0;
};

/// What has to be known of an update to make it later.
struct RowLog::Update {
    kernel::Function function = nullptr;
    std::vector<std::uint64_t> words;  // arguments; rows of the matrix are filled in
    std::size_t matrix = 0;            // which of them: where the picked elements are, and
    std::size_t matrix_row = 0;        // bytes from row to row
    std::size_t output = 0;
    std::size_t output_row = 0;
    std::vector<std::int32_t> columns;            // padded to whole vectors by the last
    std::ptrdiff_t count = 0;                     // of columns without padding
    std::vector<std::vector<std::byte>> vectors;  // per operand
    /// Operands with an element per row: which argument is their address, and their elements.
    struct AlongRows {
        std::size_t word;
        const std::byte* elements;
        std::size_t bytes;  // of one
    };
    std::vector<AlongRows> along_rows;
    /// Operands that are masks: which arguments are their address and the bytes from row to row.
    struct Masked {
        std::size_t word, row_word;
        std::size_t bytes;  // of an element
        std::uint64_t one;
        std::shared_ptr<const MaskBits> bits;
    };
    std::vector<Masked> masked;

    void keep(const BoundKernel& kernel, const events::Region& region, std::ptrdiff_t rows,
              const Masks& masks);
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    void keep_operand(const BoundKernel& kernel, std::size_t k, const events::Region& region,
                      std::ptrdiff_t rows);
    void keep_mask(const BoundKernel& kernel, std::size_t k,
                   const std::shared_ptr<const MaskBits>& bits);
};

}  // namespace monnto::cpu
