#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace monnto {

/// Genes by key, as texts: numbers or names.
using Genome = std::map<std::string, std::string, std::less<>>;

/// The genes that parameters take when behaviors are initialized from now on, in every network of
/// the process. Not while a network initializes.
void set_genome(Genome genome);
/// Those that were set, and those that were asked for with a default.
[[nodiscard]] const Genome& genome() noexcept;

/// `text` with its genes replaced: `[0.5#key]` by the gene `key`, or where there is none by its
/// default, which is the gene from then on; `[key]` by the gene. Without a gene of that name it is
/// an index and stays. Defaults may compute (`[1/3#key]`); numbers have up to 15 decimals. Throws
/// BadParameter, of parameter `name`, for a default that is no number.
[[nodiscard]] std::string with_genes(std::string_view text, std::string_view name);
/// Whether anything in it is a gene, set or not: `[0.5#key]`, or `[key]` of a name.
[[nodiscard]] bool has_genes(std::string_view text);
/// `text` with every gene replaced by its default, or by 0 where it has none.
[[nodiscard]] std::string with_default_genes(std::string_view text);

/// Where genes come from instead, with the meaning of with_genes: faces set it.
using GeneHost = std::function<std::string(const std::string& text, const std::string& name)>;
void set_gene_host(GeneHost host);

}  // namespace monnto
