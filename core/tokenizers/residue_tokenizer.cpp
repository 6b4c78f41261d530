#include "core/tokenizers/residue_tokenizer.h"

#include <array>

namespace twofold::tokenizers {

namespace {

/// Tokens 4 to 30 in order.
constexpr std::string_view kLetters = "LAGVSERTIDPKQNFYMHWCXBUZO.-";
constexpr std::int64_t kFirstLetter = 4;

constexpr std::array<std::int64_t, 256> makeTable() {
  std::array<std::int64_t, 256> table{};
  table.fill(Esm2Vocabulary::kUnknown);
  std::int64_t token = kFirstLetter;
  for (const char letter : kLetters) {
    table[static_cast<unsigned char>(letter)] = token++;
  }
  return table;
}

constexpr auto kTable = makeTable();

}  // namespace

std::vector<std::int64_t> tokenizeEsm2(std::string_view sequence) {
  std::vector<std::int64_t> tokens;
  tokens.reserve(sequence.size() + 2);
  tokens.push_back(Esm2Vocabulary::kCls);
  for (const char letter : sequence) {
    tokens.push_back(kTable[static_cast<unsigned char>(letter)]);
  }
  tokens.push_back(Esm2Vocabulary::kEos);
  return tokens;
}

}  // namespace twofold::tokenizers
