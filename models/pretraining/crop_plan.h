// Which pieces of which proteins a step of pretraining sees. A function of the seed alone.
// Torch-free.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace twofold::models {

/// Token strings (<cls> residues <eos>) of one corpus, one after the other.
class TokenCorpus {
 public:
  explicit TokenCorpus(std::span<const std::string> sequences);

  [[nodiscard]] std::size_t size() const { return m_starts.size() - 1; }
  [[nodiscard]] std::span<const std::uint8_t> tokens(std::size_t protein) const {
    return std::span(m_tokens).subspan(m_starts[protein],
                                       m_starts[protein + 1] - m_starts[protein]);
  }
  [[nodiscard]] std::int64_t residues() const {
    return static_cast<std::int64_t>(m_tokens.size() - 2 * size());
  }

 private:
  std::vector<std::uint8_t> m_tokens;
  std::vector<std::size_t> m_starts;  // size() + 1
};

/// Pieces of one length, so that a batch needs neither padding nor masks.
struct CropBatch {
  std::int64_t rows = 0;
  std::int64_t length = 0;           // tokens a row
  bool isPaired = false;             // rows 2i and 2i + 1: disjoint pieces of one protein
  std::vector<std::uint8_t> tokens;  // [rows, length]

  /// Tokens but for <cls> and <eos>.
  [[nodiscard]] std::int64_t residues() const;
};

struct CropRule {
  std::int64_t batchTokens = 8192;
  std::int64_t pairCrop = 192;   // tokens, at most, of each of two disjoint pieces
  std::int64_t wholeCrop = 512;  // tokens, at most, of a single piece
  double wholeShare = 0.3;       // of the draws that are single pieces
  std::uint64_t seed = 1;
};

/// One pass over a corpus: proteins are drawn about once for each wholeCrop tokens they have, drawn
/// pieces are sorted by length within a shuffled window and cut into batches, and each piece is cut
/// to the shortest of its batch (<= 1 % of the tokens in real proteomes) at a random place.
class CropPlan {
 public:
  /// Borrows `corpus`.
  CropPlan(const TokenCorpus& corpus, const CropRule& rule, std::int64_t epoch);

  [[nodiscard]] std::int64_t batches() const { return static_cast<std::int64_t>(m_batches.size()); }
  [[nodiscard]] CropBatch batch(std::int64_t index) const;

 private:
  struct Draw {
    std::uint32_t protein = 0;
    std::uint32_t length = 0;
  };
  struct Batch {
    std::size_t first = 0;  // of m_draws
    std::size_t count = 0;
    std::uint32_t length = 0;
    bool isPaired = false;
  };
  void draw(std::vector<Draw>& paired, std::vector<Draw>& whole) const;
  void cut(std::vector<Draw> draws, bool isPaired);

  const TokenCorpus& m_corpus;
  CropRule m_rule;
  std::int64_t m_epoch;
  std::vector<Draw> m_draws;
  std::vector<Batch> m_batches;
};

}  // namespace twofold::models
