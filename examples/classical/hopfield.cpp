// A Hopfield network (1982, doi 10.1073/pnas.79.8.2554) of 28 x 28 neurons that learns four digits
// and completes what it sees to one of them. As published, the sum of W stays 1, so each image
// weighs less with the next: what was seen last wins, whatever is shown. Learning and recall are
// behaviors of the library; one of them is switched off at a time.
#include "../support/published.hpp"

#include <monnto/monnto.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

using namespace monnto;  // NOLINT(google-build-using-namespace): a script

/// Strokes as lines of a 7 x 7 grid, drawn four pixels thick; scaled to -1 ... 1.
std::vector<Array> digits() {
    static constexpr std::array<std::array<std::string_view, 7>, 4> glyphs = {{
        {"       ", " ##### ", "     # ", "    #  ", "   #   ", "   #   ", "       "},
        {"  ###  ", " #   # ", "     # ", "   ##  ", "  #    ", " ##### ", "       "},
        {"   #   ", "  ##   ", "   #   ", "   #   ", "   #   ", "  ###  ", "       "},
        {"  ###  ", " #   # ", " #   # ", " #   # ", " #   # ", "  ###  ", "       "},
    }};
    std::vector<Array> images;
    for (const auto& glyph : glyphs) {
        std::vector<float> pixels;
        for (std::size_t i = 0; i < 28 * 28; ++i) {
            pixels.push_back(glyph.at(i / 28 / 4)[i % 28 / 4] == '#' ? 1.0F : -1.0F);
        }
        images.push_back(Array::from(pixels));
    }
    return images;
}

/// Shows an image every iteration while the network learns, and a noisy one every 20 afterwards.
class Images final : public NeuronBehavior {
public:
    static constexpr int glimpse = 20;
    bool is_learning = true;

    void iteration(NeuronGroup& n) override {
        if (!is_learning && n.iteration() % glimpse != 0) {
            return;
        }
        const Array image = images_[static_cast<std::size_t>(generator_() % images_.size())];
        n["v"] = image - mean_;
        if (!is_learning) {
            n["v"] += (n.vector("uniform", {.density = 0.5}) - 0.5) * 2.0;
        }
    }
    /// The largest |correlation| of v with an image.
    [[nodiscard]] double recognition(NeuronGroup& n) const {
        double best = 0.0;
        for (const Array& image : images_) {
            const Array v = n["v"] - mean(n["v"]);
            const Array other = image - mean(image);
            best = std::max(
                best, std::abs(v.dot(other).item<double>()) /
                          std::sqrt(v.dot(v).item<double>() * other.dot(other).item<double>()));
        }
        return best;
    }

private:
    std::vector<Array> images_ = digits();
    double mean_ = mean(concatenate(images_)).item<double>();
    std::mt19937 generator_{1};
};

int main() {
    Network net({.seed = 1});
    auto images = std::make_shared<Images>();
    HopfieldRecall::Params recall;
    recall.syn_type = "GLUTAMATE";
    NeuronGroup& n = net.add_neurons("neurons", 28 * 28,
                                     {{1, images}, {3, std::make_shared<HopfieldRecall>(recall)}});
    SynapseGroup& s =
        net.add_synapses("GLUTAMATE", n, n, {{2, std::make_shared<HopfieldLearning>()}});
    net.initialize();

    example::Published published;
    net.deactivate_behaviors("HopfieldRecall");
    net.simulate_iterations(99, {.progress = false});
    published.value("sum of |W|", sum(abs(s["W"])).item<double>(), 1.0, 1e-4);
    published.value("trace of W", trace(s["W"]).item<double>(), 0.0, 0.0);

    net.deactivate_behaviors("HopfieldLearning");
    net.activate_behaviors("HopfieldRecall");
    images->is_learning = false;
    std::vector<float> states;
    for (int i = 0; i < 5; ++i) {
        net.simulate_iteration();
        for (const float pixel : n["v"].host<float>()) {
            states.push_back(pixel);
        }
        net.simulate_iterations(Images::glimpse - 1, {.progress = false});
        for (const float pixel : n["v"].host<float>()) {
            states.push_back(pixel);
        }
        published.value("recognition at the end of glimpse " + std::to_string(i),
                        images->recognition(n), 0.925, 0.075);
        published.value("energy there", n["energy"].item<double>(), -0.45, 0.15);
    }
    example::write_rows("hopfield", states, 28 * 28);
    return published.code();
}
