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

/// <cls> residues <eos>; a letter outside the vocabulary becomes <unk>.
[[nodiscard]] std::vector<std::int64_t> tokenizeEsm2(std::string_view sequence);

}  // namespace twofold::tokenizers
