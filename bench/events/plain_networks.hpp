#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// The networks of the benches as plain loops on one thread: what a person writes who knows which
/// synapses matter, and the yardstick for what scripts reach that only say what is to be computed.
namespace monnto::bench {

/// Words of a counter, mixed: as cheap as noise can be.
[[nodiscard]] inline std::uint32_t mixed(std::uint64_t counter) noexcept {
    std::uint64_t x = counter * 0x9E3779B97F4A7C15U;
    x ^= x >> 32U;
    x *= 0xD6E8FEB86659FD93U;
    return static_cast<std::uint32_t>(x >> 32U);
}
[[nodiscard]] inline float uniform(std::uint64_t counter) noexcept {
    return static_cast<float>(mixed(counter) >> 8U) * 0x1p-24F;
}

/// Leaky integrate-and-fire neurons, all to all, with potentiation of pairs in successive steps:
/// rows of the matrix are sources.
class PlainLif {
public:
    explicit PlainLif(std::size_t size) : size_(size), v_(size, 0.0F), weights_(size * size) {
        const float scale = 1.0F / static_cast<float>(size);
        for (std::size_t k = 0; k < weights_.size(); ++k) {
            weights_[k] = uniform(k + (std::uint64_t{1} << 40U)) * scale;
        }
    }

    void iteration() {
        previous_.swap(spikes_);
        spikes_.clear();
        for (std::size_t j = 0; j < size_; ++j) {
            const bool fires = v_[j] > 6.0F;
            if (fires) {
                spikes_.push_back(static_cast<std::uint32_t>(j));
            }
            v_[j] = (fires ? 0.0F : v_[j] * 0.9F) + uniform(counter_ + j);
        }
        counter_ += size_;
        deliver();
        learn();
        spikes_so_far_ += spikes_.size();
    }
    [[nodiscard]] std::size_t spikes() const noexcept { return spikes_so_far_; }

private:
    void deliver() {
        for (const std::uint32_t i : spikes_) {
            const float* row = weights_.data() + i * size_;
            for (std::size_t j = 0; j < size_; ++j) {
                v_[j] += row[j];
            }
        }
    }
    void learn() {
        for (const std::uint32_t i : previous_) {
            float* row = weights_.data() + i * size_;
            for (const std::uint32_t j : spikes_) {
                const float w = row[j] + 0.001F;
                row[j] = w > 1.0F ? 1.0F : w;
            }
        }
    }

    std::size_t size_;
    std::vector<float> v_, weights_;
    std::vector<std::uint32_t> spikes_, previous_;
    std::uint64_t counter_ = 0;
    std::size_t spikes_so_far_ = 0;
};

/// Izhikevich neurons, all to all, with traces: rows of spiking sources are depressed, columns of
/// spiking targets potentiated, each when it happens.
class PlainIzhikevich {
public:
    /// Lazy: columns are potentiated row by row, just before a row is depressed or read.
    explicit PlainIzhikevich(std::size_t size, bool is_lazy = false)
        : size_(size),
          is_lazy_(is_lazy),
          v_(size),
          u_(size),
          pre_(size),
          post_(size),
          input_(size),
          weights_(size * size),
          first_of_row_(is_lazy ? size : 0, 0) {
        for (std::size_t k = 0; k < weights_.size(); ++k) {
            weights_[k] = uniform(k + (std::uint64_t{1} << 40U));
        }
        for (std::size_t j = 0; j < size; ++j) {
            v_[j] = -65.0F + 7.0F * normal();
            u_[j] = 12.0F + 7.0F * normal();
        }
    }

    void iteration() {
        deliver();
        spikes_.clear();
        for (std::size_t j = 0; j < size_; ++j) {
            step(j);
        }
        is_lazy_ ? learn_later() : learn();
        spikes_so_far_ += spikes_.size();
    }
    [[nodiscard]] std::size_t spikes() const noexcept { return spikes_so_far_; }

private:
    /// Twelve uniform numbers, of which a few bits are enough.
    [[nodiscard]] float normal() noexcept {
        std::uint32_t sum = 0;
        for (int k = 0; k < 3; ++k) {
            const std::uint32_t word = mixed(counter_++);
            sum += (word & 255U) + (word >> 8U & 255U) + (word >> 16U & 255U) + (word >> 24U);
        }
        return (static_cast<float>(sum) - 1530.0F) / 256.0F;
    }
    void deliver() {
        for (float& each : input_) {
            each = 0.0F;
        }
        for (const std::uint32_t i : spikes_) {
            const float* row = weights_.data() + i * size_;
            for (std::size_t j = 0; j < size_; ++j) {
                input_[j] += row[j];
            }
        }
    }
    void step(std::size_t j) {
        const float current = 15.0F + normal() + input_[j] / static_cast<float>(size_);
        const bool fires = v_[j] >= 30.0F;
        if (fires) {
            spikes_.push_back(static_cast<std::uint32_t>(j));
            v_[j] = -65.0F;
            u_[j] += 2.0F;
        }
        const float v = v_[j];
        v_[j] += 0.04F * v * v + 5.0F * v + 140.0F - u_[j] + current;
        u_[j] += 0.02F * (0.04F * v - u_[j]);
        pre_[j] += (fires ? 1.0F : 0.0F) - pre_[j] / 20.0F;
        post_[j] += (fires ? 1.0F : 0.0F) - post_[j] / 20.0F;
    }
    void learn() {
        for (const std::uint32_t i : spikes_) {
            float* row = weights_.data() + i * size_;
            for (std::size_t j = 0; j < size_; ++j) {
                row[j] -= 0.012F * post_[j] * row[j];
            }
        }
        for (std::size_t i = 0; i < size_; ++i) {
            float* row = weights_.data() + i * size_;
            for (const std::uint32_t j : spikes_) {
                row[j] += 0.01F * pre_[i] * (1.0F - row[j]);
            }
        }
    }

    /// What `learn` does, for the rows that spike; the others wait with their columns.
    void learn_later() {
        for (const std::uint32_t i : spikes_) {
            catch_up(i);
            float* row = weights_.data() + i * size_;
            for (std::size_t j = 0; j < size_; ++j) {
                row[j] -= 0.012F * post_[j] * row[j];
            }
        }
        waiting_.push_back({spikes_, pre_});
        for (const std::uint32_t i : spikes_) {
            catch_up(i);
        }
    }
    void catch_up(std::size_t i) {
        float* row = weights_.data() + i * size_;
        for (std::size_t k = first_of_row_[i]; k < waiting_.size(); ++k) {
            const float rate = 0.01F * waiting_[k].pre[i];
            for (const std::uint32_t j : waiting_[k].spikes) {
                row[j] += rate * (1.0F - row[j]);
            }
        }
        first_of_row_[i] = waiting_.size();
    }

    struct Waiting {
        std::vector<std::uint32_t> spikes;
        std::vector<float> pre;
    };
    std::size_t size_;
    bool is_lazy_;
    std::vector<float> v_, u_, pre_, post_, input_, weights_;
    std::vector<std::uint32_t> spikes_;
    std::vector<std::size_t> first_of_row_;
    std::vector<Waiting> waiting_;
    std::uint64_t counter_ = 0;
    std::size_t spikes_so_far_ = 0;
};

}  // namespace monnto::bench
