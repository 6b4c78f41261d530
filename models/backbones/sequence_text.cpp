#include "models/backbones/sequence_text.h"

#include <fmt/format.h>

#include <limits>
#include <numeric>
#include <utility>

#include "core/base/error.h"

namespace twofold::models {

namespace {

using tokenizers::TokenizedText;
using tokenizers::Tokenizer;

bool isAround(const TokenizedText& text, std::size_t token) {
  return text.ranges[token].begin == text.ranges[token].end;
}

/// A letter that no token covers shares the one before it.
std::vector<std::int64_t> rowsOfLetters(const TokenizedText& text, std::size_t bytes,
                                        std::size_t step) {
  const auto tokens = tokenizers::tokenOfByte(text, bytes);
  std::vector<std::int64_t> rows;
  for (std::size_t byte = 0; byte < bytes; byte += step) {
    const std::int64_t before = rows.empty() ? 0 : rows.back();
    rows.push_back(tokens[byte] < 0 ? before : tokens[byte]);
  }
  return rows;
}

}  // namespace

OptionSpec inputOption(bool withPlainLetters) {
  std::vector<std::string> choices = {"spaced", "text"};
  if (withPlainLetters) {
    choices.insert(choices.begin() + 1, "plain");
  }
  return choiceOption("input", "Input", std::move(choices),
                      "Proteins as spaced letters, a token each, or as plain ones, where several "
                      "letters may share a token; text reads what it is given as it is.");
}

InputKind inputFrom(const Options& options) {
  const std::string& input = options.text("input");
  return input == "plain"  ? InputKind::Plain
         : input == "text" ? InputKind::Text
                           : InputKind::Spaced;
}

void requireFits(const Tokenizer& tokenizer, std::int64_t vocabulary,
                 const std::filesystem::path& folder) {
  if (tokenizer.size() > vocabulary) {
    throw badInput(folder.string(), 0,
                   fmt::format("the tokenizer has {} tokens, config.json's \"vocab_size\" is {}",
                               tokenizer.size(), vocabulary));
  }
}

ResidueTokenizer inputTokenizer(std::unique_ptr<Tokenizer> tokenizer, InputKind input,
                                LongRule& rule) {
  std::shared_ptr<const Tokenizer> shared = std::move(tokenizer);
  if (input != InputKind::Text) {
    return residueTokenizer(std::move(shared),
                            input == InputKind::Spaced ? Letters::Spaced : Letters::Plain);
  }
  if (rule.kind != LongProteins::Crop) {
    throw Error(ErrorKind::Usage, "texts that are too long can only be cropped; use long=crop");
  }
  rule.tokens = rule.limit;
  rule.limit = std::numeric_limits<std::int64_t>::max();
  return textTokenizer(std::move(shared), rule.tokens);
}

ResidueTokenizer aTokenAResidue(std::vector<std::int64_t> (*tokenize)(std::string_view)) {
  return [tokenize](std::string_view sequence) {
    ResidueTokens tokens{tokenize(sequence), std::vector<std::int64_t>(sequence.size())};
    std::iota(tokens.rowOf.begin(), tokens.rowOf.end(), 1);
    return tokens;
  };
}

ResidueTokenizer residueTokenizer(std::shared_ptr<const Tokenizer> tokenizer, Letters letters) {
  return [tokenizer = std::move(tokenizer), letters](std::string_view sequence) {
    const bool isSpaced = letters == Letters::Spaced;
    const std::string text = isSpaced ? tokenizers::spacedLetters(sequence) : std::string(sequence);
    TokenizedText tokens = tokenizer->tokenize(text);
    auto rows = rowsOfLetters(tokens, text.size(), isSpaced ? 2 : 1);
    return ResidueTokens{std::move(tokens.ids), std::move(rows)};
  };
}

ResidueTokenizer textTokenizer(std::shared_ptr<const Tokenizer> tokenizer, std::int64_t most) {
  return [tokenizer = std::move(tokenizer), most](std::string_view text) {
    const TokenizedText all = tokenizer->tokenize(text);
    ResidueTokens kept;
    std::int64_t inside = 0;
    for (std::size_t token = 0; token < all.ids.size(); ++token) {
      const bool around = isAround(all, token);
      if (!around && inside++ >= most) {
        continue;
      }
      if (!around) {
        kept.rowOf.push_back(static_cast<std::int64_t>(kept.ids.size()));
      }
      kept.ids.push_back(all.ids[token]);
    }
    return kept;
  };
}

}  // namespace twofold::models
