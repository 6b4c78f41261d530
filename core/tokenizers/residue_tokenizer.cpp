#include "core/tokenizers/residue_tokenizer.h"

#include <array>

namespace twofold::tokenizers {

namespace {

using Table = std::array<std::int64_t, 256>;

constexpr Table makeTable(std::string_view letters, std::int64_t first, std::int64_t unknown) {
  Table table{};
  table.fill(unknown);
  for (const char letter : letters) {
    table[static_cast<unsigned char>(letter)] = first++;
  }
  return table;
}

constexpr Table kEsm2 = makeTable("LAGVSERTIDPKQNFYMHWCXBUZO.-", 4, Esm2Vocabulary::kUnknown);

constexpr Table makeProtBert() {
  Table table = makeTable("LAGVESIKRDTPNQFYMHCWX", 5, ProtBertVocabulary::kUnknown);
  for (const char letter : {'U', 'Z', 'O', 'B'}) {
    table[static_cast<unsigned char>(letter)] = table['X'];
  }
  return table;
}

constexpr Table kProtBert = makeProtBert();

constexpr Table kUnirep = makeTable("-MRHKDESTNQCUGPAVIFYWLO", 0, UnirepVocabulary::kUnknown);

std::vector<std::int64_t> tokensOf(std::string_view sequence, const Table& table,
                                   std::int64_t before, std::int64_t after) {
  std::vector<std::int64_t> tokens;
  tokens.reserve(sequence.size() + 2);
  tokens.push_back(before);
  for (const char letter : sequence) {
    tokens.push_back(table[static_cast<unsigned char>(letter)]);
  }
  tokens.push_back(after);
  return tokens;
}

}  // namespace

std::vector<std::int64_t> tokenizeEsm2(std::string_view sequence) {
  return tokensOf(sequence, kEsm2, Esm2Vocabulary::kCls, Esm2Vocabulary::kEos);
}

std::vector<std::int64_t> tokenizeProtBert(std::string_view sequence) {
  return tokensOf(sequence, kProtBert, ProtBertVocabulary::kCls, ProtBertVocabulary::kSep);
}

std::vector<std::int64_t> tokenizeUnirep(std::string_view sequence) {
  auto tokens = tokensOf(sequence, kUnirep, UnirepVocabulary::kStart, UnirepVocabulary::kStop);
  tokens.pop_back();
  return tokens;
}

}  // namespace twofold::tokenizers
