#include "core/tokenizers/residue_vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "core/tokenizers/token_lines.h"

namespace twofold::tokenizers {

namespace {

constexpr std::array<std::string_view, Esm2Vocabulary::kSize> kEsm2{
    "<cls>", "<pad>", "<eos>", "<unk>", "L", "A", "G", "V", "S", "E",        "R",
    "T",     "I",     "D",     "P",     "K", "Q", "N", "F", "Y", "M",        "H",
    "W",     "C",     "X",     "B",     "U", "Z", "O", ".", "-", "<null_1>", "<mask>"};

constexpr std::array<std::string_view, ProtBertVocabulary::kSize> kProtBert{
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "L", "A", "G", "V", "E", "S", "I", "K", "R", "D",
    "T",     "P",     "N",     "Q",     "F",      "Y", "M", "H", "C", "W", "X", "U", "B", "Z", "O"};

}  // namespace

std::span<const std::string_view> esm2Tokens() {
  return kEsm2;
}
std::span<const std::string_view> protBertTokens() {
  return kProtBert;
}

void checkVocabulary(const std::filesystem::path& file,
                     std::span<const std::string_view> expected) {
  const TokenLines lines(file);
  const auto found = lines.tokens();
  const std::size_t shared = std::min(found.size(), expected.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (found[i] != expected[i]) {
      throw badInput(file.string(), i + 1,
                     fmt::format("the token is \"{}\", \"{}\" is expected: these weights were made "
                                 "with another vocabulary",
                                 found[i].substr(0, 40), expected[i]));
    }
  }
  if (found.size() != expected.size()) {
    throw badInput(file.string(), shared + 1,
                   fmt::format("the vocabulary has {} tokens, {} are expected: these weights were "
                               "made with another one",
                               found.size(), expected.size()));
  }
}

}  // namespace twofold::tokenizers
