// Proteins as texts for networks that read words: which letters become which tokens.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/options.h"
#include "core/tokenizers/tokenizer.h"
#include "models/backbones/packed_backbone.h"

namespace twofold::models {

enum class Letters { Plain, Spaced };
enum class InputKind { Spaced, Plain, Text };

/// "input": proteins as spaced letters (the default) or, where a network knows more than single
/// letters, as plain ones; or texts as they are.
[[nodiscard]] OptionSpec inputOption(bool withPlainLetters);
[[nodiscard]] InputKind inputFrom(const Options& options);

/// Throws Error(BadInput) when the network's vocabulary has no room for all tokens.
void requireFits(const tokenizers::Tokenizer& tokenizer, std::int64_t vocabulary,
                 const std::filesystem::path& folder);

/// Of texts, `rule` counts tokens and crops; it is changed so that nothing is cut before. Throws
/// Error(Usage) for texts with another rule.
[[nodiscard]] ResidueTokenizer inputTokenizer(std::unique_ptr<tokenizers::Tokenizer> tokenizer,
                                              InputKind input, LongRule& rule);

/// Of a vocabulary of residues: one token each, behind one at the front.
[[nodiscard]] ResidueTokenizer aTokenAResidue(
    std::vector<std::int64_t> (*tokenize)(std::string_view sequence));

/// A residue gets the token that covers its letter; in plain text several may share one.
[[nodiscard]] ResidueTokenizer residueTokenizer(
    std::shared_ptr<const tokenizers::Tokenizer> tokenizer, Letters letters);

/// Any text: each token that is not put around it has a vector of its own. Tokens past `most`,
/// those put around it not counted, are left out.
[[nodiscard]] ResidueTokenizer textTokenizer(std::shared_ptr<const tokenizers::Tokenizer> tokenizer,
                                             std::int64_t most);

}  // namespace twofold::models
