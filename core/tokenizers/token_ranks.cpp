#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/tokenizers/byte_pair.h"
#include "core/tokenizers/byte_text.h"
#include "core/tokenizers/token_lines.h"

namespace twofold::tokenizers {

namespace {

/// Llama 3's has 128 bytes; the time to find the merges grows with the square.
constexpr std::size_t kLongestToken = 512;

/// As in Meta's llama_models 0.3, llama3/tokenizer.py; 3.0 had fewer names, all others reserved.
std::vector<SpecialToken> specialTokens(std::int64_t first) {
  constexpr std::int64_t kCount = 256;
  std::vector<SpecialToken> tokens;
  for (const char* name :
       {"begin_of_text", "end_of_text", "reserved_special_token_0", "reserved_special_token_1",
        "finetune_right_pad_id", "step_id", "start_header_id", "end_header_id", "eom_id", "eot_id",
        "python_tag", "image"}) {
    tokens.push_back({fmt::format("<|{}|>", name), first++});
  }
  for (auto number = 2; static_cast<std::int64_t>(tokens.size()) < kCount; ++number) {
    tokens.push_back({fmt::format("<|reserved_special_token_{}|>", number), first++});
  }
  return tokens;
}

struct RankLine {
  std::string token;
  std::int64_t rank = 0;
};

RankLine parseLine(std::string_view line, const std::string& file, std::size_t number) {
  const std::size_t blank = line.find(' ');
  const auto token = bytesOfBase64(line.substr(0, blank));
  if (blank == std::string_view::npos || !token) {
    throw badInput(file, number, "a token in base64, a blank and its rank are expected");
  }
  if (token->empty() || token->size() > kLongestToken) {
    throw badInput(
        file, number,
        fmt::format("the token has {} bytes, 1 to {} are expected", token->size(), kLongestToken));
  }
  const auto rank = parseInteger(line.substr(blank + 1));
  if (!rank) {
    throw badInput(file, number, fmt::format("\"{}\" is not a rank", line.substr(blank + 1, 40)));
  }
  return {*token, *rank};
}

/// Every way to make a token of two others, by the token's rank: what tiktoken does.
BytePairMerges mergesOf(const Vocabulary& vocabulary) {
  std::vector<std::array<std::uint32_t, 3>> found;
  vocabulary.forEach([&](const std::string& token, std::int64_t rank) {
    for (std::size_t cut = 1; cut < token.size(); ++cut) {
      const auto left = vocabulary.find(std::string_view(token).substr(0, cut));
      const auto right = vocabulary.find(std::string_view(token).substr(cut));
      if (left && right) {
        found.push_back({static_cast<std::uint32_t>(*left), static_cast<std::uint32_t>(*right),
                         static_cast<std::uint32_t>(rank)});
      }
    }
  });
  BytePairMerges merges(found.size());
  for (const auto& [left, right, result] : found) {
    static_cast<void>(merges.add(left, right, {result, result}));  // a pair makes one token
  }
  return merges;
}

}  // namespace

std::unique_ptr<Tokenizer> readTokenRanks(const std::filesystem::path& file) {
  BytePairSetup setup;
  const std::string name = file.string();
  const TokenLines lines(file);
  IdCheck ids(name);
  for (std::size_t i = 0; i < lines.tokens().size(); ++i) {
    auto [token, rank] = parseLine(lines.tokens()[i], name, i + 1);
    ids.add(rank, i + 1);
    if (!setup.vocabulary.add(std::move(token), rank)) {
      throw badInput(name, i + 1, "the token is there twice");
    }
  }
  const auto ranks = ids.countWithoutHoles();
  setup.byteIds = byteIdsOf(setup.vocabulary, name);
  setup.merges = mergesOf(setup.vocabulary);
  auto special = specialTokens(ranks);
  setup.size = ranks + static_cast<std::int64_t>(special.size());
  setup.special = SpecialTokens(std::move(special), {{ranks}, {}});
  return std::make_unique<BytePairTokenizer>(std::move(setup));
}

}  // namespace twofold::tokenizers
