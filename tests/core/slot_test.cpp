#include <monnto/monnto.hpp>

#include <gtest/gtest.h>

namespace monnto {
namespace {

using Floats = std::vector<float>;

class SlotTest : public ::testing::Test {
protected:
    Network net_{Settings{.seed = 1}};
    NeuronGroup& n_ = net_.add_neurons("n", 3);
};

TEST_F(SlotTest, KeepsItsAddressWhateverIsAssigned) {
    Slot* v = &n_["v"];
    n_["v"] = n_.vector(1.0);
    for (int i = 0; i < 100; ++i) {
        n_["other" + std::to_string(i)] = 0;
    }
    n_["v"] = n_.vector(2.0);
    EXPECT_EQ(v, &n_["v"]);
    EXPECT_EQ(v->host<float>(), (Floats{2, 2, 2}));
}

TEST_F(SlotTest, S2_RebindsOnlyItselfOnAssignment) {
    n_["v"] = n_.vector(1.0);
    n_["old"] = n_["v"];
    n_["v"] = n_["v"] + 1.0;
    EXPECT_EQ(n_["old"].host<float>(), (Floats{1, 1, 1}));
    EXPECT_EQ(n_["v"].host<float>(), (Floats{2, 2, 2}));
}

TEST_F(SlotTest, S2_WritesThroughInPlaceFillAndSelection) {
    n_["v"] = n_.vector(1.0);
    n_["same"] = n_["v"];
    n_["v"] += 1.0;
    n_["v"](1) = 7.0;
    EXPECT_EQ(n_["same"].host<float>(), (Floats{2, 7, 2}));
    n_["v"](n_["v"] > 5.0) = 0.0;
    EXPECT_EQ(n_["same"].host<float>(), (Floats{2, 0, 2}));
    n_["v"].fill(4);
    EXPECT_EQ(n_["same"].host<float>(), (Floats{4, 4, 4}));
}

TEST_F(SlotTest, HoldsNumbersThatDoNotWidenTheDtypeAndAreImmutable) {
    n_["tau"] = 20.0;
    n_["kept"] = n_["tau"];
    n_["tau"] += 1.0;
    EXPECT_EQ(n_["tau"].item<double>(), 21.0);
    EXPECT_EQ(n_["kept"].item<double>(), 20.0);
    EXPECT_EQ((n_.vector() * n_["tau"]).dtype(), DType::f32);
    n_["count"] = 3;
    EXPECT_EQ(n_["count"].dtype(), DType::i64);
    n_["flag"] = true;
    EXPECT_EQ(n_["flag"].dtype(), DType::boolean);
}

TEST_F(SlotTest, RefusesToBeReadBeforeItIsAssignedNamingTheNearest) {
    n_["voltage"] = n_.vector();
    try {
        (void)n_["voltge"].array();
        FAIL() << "read a variable that does not exist";
    } catch (const UnknownName& error) {
        EXPECT_EQ(error.kind, "variable");
        EXPECT_EQ(error.nearest, "voltage");
    }
    EXPECT_FALSE(n_.has_variable("voltge"));
    EXPECT_EQ(n_.variable_names(), std::vector<std::string>{"voltage"});
}

TEST_F(SlotTest, TellsOnceThatItWasReboundFromHere) {
    n_["v"] = n_.vector();
    n_["v"] = n_.vector();
    EXPECT_EQ(n_.take_rebound(), std::vector<Slot*>{&n_["v"]});
    EXPECT_TRUE(n_.take_rebound().empty());
    n_["v"] += 1.0;  // no other array than before
    EXPECT_TRUE(n_.take_rebound().empty());
    n_["v"].bind_quietly(n_.vector(2.0));
    EXPECT_TRUE(n_.take_rebound().empty());
    n_["v"] = n_.vector();
    EXPECT_EQ(n_.take_rebound().size(), 1U);
}

TEST_F(SlotTest, AsksTheLanguageFaceBeforeItIsRead) {
    class Face : public LanguageFace {
    public:
        void refresh(Slot& slot) override {
            if (slot.name() == "v") {
                slot.bind_quietly(Array::from<float>({5, 6, 7}));
            }
        }
        std::optional<expression::Value> value(std::string_view /*name*/) override {
            return std::nullopt;
        }
        std::vector<std::string> names() override { return {"v"}; }
    };
    n_.set_face(std::make_shared<Face>());
    EXPECT_TRUE(n_.has_variable("v"));
    EXPECT_EQ(n_["v"].host<float>(), (Floats{5, 6, 7}));
}

TEST(BufferRollTest, ShiftsRowsInPlaceWithTheNewestFirstOrLast) {
    Array buffer = Array::from<double>({1, 2, 3});
    const Array same = buffer;
    Object::buffer_roll(buffer, 9.0);
    EXPECT_EQ(same.host<double>(), (std::vector<double>{9, 1, 2}));
    buffer = Array::from<double>({1, 2, 3});
    Object::buffer_roll(buffer, 9.0, true);
    EXPECT_EQ(buffer.host<double>(), (std::vector<double>{2, 3, 9}));
}

}  // namespace
}  // namespace monnto
