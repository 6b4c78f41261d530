// Cuts long proteins and puts pieces of near length into batches of a bounded number of tokens.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace twofold::models {

enum class LongProteins { Crop, Windows, Refuse };

/// "crop", "windows" or "refuse".
[[nodiscard]] std::string name(LongProteins rule);

struct LongRule {
  LongProteins kind = LongProteins::Crop;
  std::int64_t limit = 1022;  // residues; what ESM-2 was trained with
  std::int64_t tokens = 0;    // of texts, which have no residues: the tokenizer's to crop
};

/// Residues begin … begin + length - 1 of one sequence.
struct Piece {
  std::size_t sequence = 0;
  std::int64_t begin = 0;
  std::int64_t length = 0;
};

/// Crop: the first `limit` residues of each. Windows: as many windows of `limit` residues as
/// overlap by a quarter at least, evenly spread from the first residue to the last. Refuse: throws
/// Error(BadInput) naming the first that is longer.
[[nodiscard]] std::vector<Piece> pieces(std::span<const std::string> sequences,
                                        const LongRule& rule);

/// Longest first, so that memory shows its peak at once; each batch has one piece at least and at
/// most `tokens` tokens otherwise, a piece taking its length and two more.
[[nodiscard]] std::vector<std::vector<Piece>> lengthBatches(std::vector<Piece> pieces,
                                                            std::int64_t tokens);

}  // namespace twofold::models
