// NumPy as the oracle of the table of functions: names, order of arguments, keywords, dtypes,
// values.
#include "numpy_results.hpp"

#include <monnto/expression/evaluate.hpp>
#include <monnto/expression/parser.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace monnto::expression {
namespace {

std::string real_text(double value) {
    std::ostringstream text;
    text << std::setprecision(17) << value;
    return std::isnan(value) ? "nan" : text.str();
}

std::string array_text(const Array& array) {
    std::string text = std::string(monnto::name_of(array.dtype())) + "(";
    for (int i = 0; i < array.rank(); ++i) {
        text += (i == 0 ? "" : ",") + std::to_string(array.shape()[i]);
    }
    text += ")[";
    const char* separator = "";
    for (const double element : array.astype(DType::f64).ravel().host<double>()) {
        text += std::exchange(separator, " ") + real_text(element);
    }
    return text + "]";
}

std::string text_of(const Value& value) {
    if (const auto* items = value.get_if<Items>()) {
        std::string text = "(";
        const char* separator = "";
        for (const Value& item : items->items) {
            text += std::exchange(separator, " ") + text_of(item);
        }
        return text + ")";
    }
    if (const auto* array = value.get_if<Array>()) {
        return array_text(*array);
    }
    if (const auto* flag = value.get_if<bool>()) {
        return *flag ? "True" : "False";
    }
    if (const auto* whole = value.get_if<std::int64_t>()) {
        return std::to_string(*whole);
    }
    return real_text(std::get<double>(value.data));
}

// S13: equal where NumPy's value is exact, close where the order of a sum or a polynomial decides.
double tolerance_of(const std::string& text) {
    if (text.find("float16") != std::string::npos) {
        return 2e-3;
    }
    return text.find("float32") != std::string::npos ? 1e-6 : 1e-14;
}

bool is_number(const std::string& word) {
    char* end = nullptr;
    (void)std::strtod(word.c_str(), &end);
    return !word.empty() && *end == '\0';
}

std::vector<std::string> words_of(std::string text) {
    for (char& c : text) {
        c = c == '[' || c == ']' || c == '(' || c == ')' || c == ',' ? ' ' : c;
    }
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
    return words;
}

void expect_alike(const std::string& ours, const std::string& numpys) {
    const std::vector<std::string> found = words_of(ours);
    const std::vector<std::string> wanted = words_of(numpys);
    ASSERT_EQ(found.size(), wanted.size()) << ours << "\n" << numpys;
    const double tolerance = tolerance_of(numpys);
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i] == wanted[i]) {
            continue;
        }
        ASSERT_TRUE(is_number(found[i]) && is_number(wanted[i])) << ours << "\n" << numpys;
        const double x = std::strtod(found[i].c_str(), nullptr);
        const double y = std::strtod(wanted[i].c_str(), nullptr);
        ASSERT_NEAR(x, y, tolerance * (std::abs(y) + 0.01)) << ours << "\n" << numpys;
    }
}

std::map<std::string, Value> variables() {
    return {
        {"v", Array::from<float>({1.5F, -2.25F, 3.0F, 0.5F, 7.125F, -0.75F})},
        {"u", Array::from<float>({0.5F, 2.0F, 3.0F, 0.25F, 1.0F, 4.0F})},
        {"k", Array::from<std::int64_t>({3, 1, 2, 3, 0})},
        {"W", Array::from<double>({1, -2, 3.5, 4, 5, 6, -7, 8.25, 9, 10, 11, -12}).reshape({3, 4})},
        {"b", Array::from<bool>({true, false, false, true, true, false})},
        {"z", Array::from<double>({1, std::numeric_limits<double>::quiet_NaN(), 3, 2})},
        {"tau", 2.5}};
}

// Names that NumPy has not, or not in every version, as formulas of names that it has.
struct Synonym {
    const char* source;
    const char* same;
};
constexpr Synonym synonyms[] = {
    {"torch.as_tensor(v)", "v"},
    {"torch.tensor([1, 2])", "np.array([1, 2])"},
    {"torch.cat((v, u), dim=0)", "np.concatenate((v, u))"},
    {"torch.clamp(v, 0, 2)", "np.clip(v, 0, 2)"},
    {"torch.clamp(v, max=2)", "np.minimum(v, 2)"},
    {"np.empty_like(v)*0", "np.zeros_like(v)"},
    {"torch.flatten(W)", "W.ravel()"},
    {"torch.ger(v, u)", "np.outer(v, u)"},
    {"torch.mm(W, W.T)", "W @ W.T"},
    {"torch.mv(W, W[0])", "W @ W[0]"},
    {"torch.movedim(W, 0, 1)", "W.T"},
    {"torch.norm(W)", "np.linalg.norm(W)"},
    {"torch.numel(W)", "W.size"},
    {"torch.permute(W, (1, 0))", "W.T"},
    {"torch.relu(v)", "np.where(v > 0, v, 0)"},
    {"torch.repeat_interleave(v, 2)", "np.repeat(v, 2)"},
    {"np.row_stack((v, u))", "np.stack((v, u))"},
    {"torch.sigmoid(W)", "1/(1+np.exp(-W))"},
    {"torch.unsqueeze(v, 0)", "v[None]"},
    {"torch.erf(W*0)", "W*0"},
    {"np.trapz(W)", "np.trapezoid(W)"},
};

TEST(NumPyResultsTest, EveryFunctionTakesAndGivesWhatNumPyDoes) {
    const TableScope scope(variables());
    for (const auto& [source, result] : support::numpy_results) {
        SCOPED_TRACE(source);
        try {
            expect_alike(text_of(evaluate(parse(source), scope)), result);
        } catch (const std::exception& error) {
            ADD_FAILURE() << error.what();
        }
    }
}

TEST(NumPyResultsTest, SynonymsMeanTheSame) {
    const TableScope scope(variables());
    for (const auto& [source, same] : synonyms) {
        SCOPED_TRACE(source);
        expect_alike(text_of(evaluate(parse(source), scope)),
                     text_of(evaluate(parse(same), scope)));
    }
}

// A function that no expression above uses could take its arguments in any order.
TEST(NumPyResultsTest, EveryFunctionOccurs) {
    std::string all;
    for (const auto& [source, result] : support::numpy_results) {
        all += std::string(source) + " ";
    }
    for (const auto& [source, same] : synonyms) {
        all += std::string(source) + " ";
    }
    std::string missing;
    for (const std::string& name : known_functions()) {
        if (all.find("." + name + "(") == std::string::npos) {
            missing += name + " ";
        }
    }
    EXPECT_EQ(missing, "");
}

}  // namespace
}  // namespace monnto::expression
