#include <monnto/core/genes.hpp>

#include <monnto/base/error.hpp>
#include <monnto/expression/gene_text.hpp>
#include <monnto/expression/parameter_text.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <utility>
#include <variant>

namespace monnto {
namespace {

struct Genes {
    Genome genome;
    GeneHost host;
};

Genes& genes() {
    static Genes instance;
    return instance;
}

// Without zeros at the end, as the texts that an evolution hands to its scripts.
std::string number_text(const expression::NumberText& number) {
    if (const auto* whole = std::get_if<std::int64_t>(&number.value)) {
        return std::to_string(*whole);
    }
    std::string text = fmt::format("{:.15f}", std::get<double>(number.value));
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::string default_of(const std::string& given, std::string_view text, std::string_view name) {
    const auto number = expression::computed(given);
    if (!number) {
        throw BadParameter(std::string(name), std::string(text),
                           fmt::format("the default '{}' is no number", given));
    }
    return number_text(*number);
}

std::string value_of(const expression::GeneText& gene, std::string_view text,
                     std::string_view name) {
    Genome& known = genes().genome;
    const auto found = known.find(gene.key);
    if (found == known.end()) {
        if (!gene.default_text) {
            return std::string(text.substr(gene.begin, gene.end - gene.begin));
        }
        return known.emplace(gene.key, default_of(*gene.default_text, text, name)).first->second;
    }
    const auto number = expression::computed(found->second);
    return number ? number_text(*number) : found->second;
}

// `value` gives what stands for a gene.
template <class Value>
std::string replaced(std::string_view text, Value value) {
    std::string result;
    std::size_t behind = 0;
    for (const expression::GeneText& gene : expression::find_genes(text)) {
        result += text.substr(behind, gene.begin - behind);
        result += value(gene);
        behind = gene.end;
    }
    return result += text.substr(behind);
}

}  // namespace

void set_genome(Genome genome) {
    genes().genome = std::move(genome);
}

const Genome& genome() noexcept {
    return genes().genome;
}

std::string with_genes(std::string_view text, std::string_view name) {
    if (text.find('[') == std::string_view::npos) {
        return std::string(text);
    }
    if (genes().host) {
        return genes().host(std::string(text), std::string(name));
    }
    return replaced(text,
                    [&](const expression::GeneText& gene) { return value_of(gene, text, name); });
}

bool has_genes(std::string_view text) {
    return text.find('[') != std::string_view::npos && !expression::find_genes(text).empty();
}

std::string with_default_genes(std::string_view text) {
    return replaced(text, [](const expression::GeneText& gene) -> std::string {
        return gene.default_text.value_or("0");
    });
}

void set_gene_host(GeneHost host) {
    genes().host = std::move(host);
}

}  // namespace monnto
