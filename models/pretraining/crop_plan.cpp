#include "models/pretraining/crop_plan.h"

#include <algorithm>
#include <utility>

#include "core/base/random.h"
#include "core/tokenizers/residue_tokenizer.h"

namespace twofold::models {

namespace {

enum Purpose : std::uint64_t { kDraw = 11, kWindow, kOrder, kPlace };

/// Shorter pieces hold too little to recognise their protein by.
constexpr std::int64_t kShortestPaired = 48;
/// Large enough that a batch's lengths are nearly equal, small beside an epoch.
constexpr std::size_t kWindowDraws = 4096;

}  // namespace

TokenCorpus::TokenCorpus(std::span<const std::string> sequences) {
  m_starts.reserve(sequences.size() + 1);
  m_starts.push_back(0);
  for (const auto& sequence : sequences) {
    for (const auto token : tokenizers::tokenizeEsm2(sequence)) {
      m_tokens.push_back(static_cast<std::uint8_t>(token));
    }
    m_starts.push_back(m_tokens.size());
  }
}

std::int64_t CropBatch::residues() const {
  return std::count_if(tokens.begin(), tokens.end(), [](std::uint8_t token) {
    return token != tokenizers::Esm2Vocabulary::kCls && token != tokenizers::Esm2Vocabulary::kEos;
  });
}

CropPlan::CropPlan(const TokenCorpus& corpus, const CropRule& rule, std::int64_t epoch)
    : m_corpus(corpus), m_rule(rule), m_epoch(epoch) {
  std::vector<Draw> paired;
  std::vector<Draw> whole;
  draw(paired, whole);
  cut(std::move(paired), true);
  cut(std::move(whole), false);
  Random random(derivedSeed(m_rule.seed, kOrder, static_cast<std::uint64_t>(m_epoch)));
  random.shuffle(std::span(m_batches));
}

void CropPlan::draw(std::vector<Draw>& paired, std::vector<Draw>& whole) const {
  Random random(derivedSeed(m_rule.seed, kDraw, static_cast<std::uint64_t>(m_epoch)));
  for (std::uint32_t protein = 0; protein < m_corpus.size(); ++protein) {
    const auto size = static_cast<std::int64_t>(m_corpus.tokens(protein).size());
    const std::int64_t half = std::min(m_rule.pairCrop, size / 2);
    const std::int64_t full = std::min(m_rule.wholeCrop, size);
    for (std::int64_t seen = 0; seen < size;) {
      const bool isPaired = half >= kShortestPaired && random.uniform() >= m_rule.wholeShare;
      auto& draws = isPaired ? paired : whole;
      draws.push_back({protein, static_cast<std::uint32_t>(isPaired ? half : full)});
      seen += isPaired ? 2 * half : full;
    }
  }
}

void CropPlan::cut(std::vector<Draw> draws, bool isPaired) {
  const auto step = 2 * static_cast<std::uint64_t>(m_epoch) + (isPaired ? 1 : 0);
  Random random(derivedSeed(m_rule.seed, kWindow, step));
  random.shuffle(std::span(draws));
  const std::int64_t pieces = isPaired ? 2 : 1;
  for (std::size_t start = 0; start < draws.size(); start += kWindowDraws) {
    const auto end = std::min(draws.size(), start + kWindowDraws);
    // By length alone: a protein's draws in one batch, now rare, are each other's wrong answers.
    std::stable_sort(draws.begin() + static_cast<std::ptrdiff_t>(start),
                     draws.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const Draw& a, const Draw& b) { return a.length < b.length; });
    for (std::size_t i = start; i < end;) {
      const auto length = draws[i].length;
      const auto fitting = std::max<std::int64_t>(1, m_rule.batchTokens / (pieces * length));
      const auto count = std::min(end - i, static_cast<std::size_t>(fitting));
      m_batches.push_back({m_draws.size() + i, count, length, isPaired});
      i += count;
    }
  }
  m_draws.insert(m_draws.end(), draws.begin(), draws.end());
}

CropBatch CropPlan::batch(std::int64_t index) const {
  const Batch& batch = m_batches.at(static_cast<std::size_t>(index));
  Random random(derivedSeed(derivedSeed(m_rule.seed, kPlace, static_cast<std::uint64_t>(m_epoch)),
                            kPlace, static_cast<std::uint64_t>(index)));
  const std::size_t length = batch.length;
  CropBatch crops;
  crops.rows = static_cast<std::int64_t>(batch.count) * (batch.isPaired ? 2 : 1);
  crops.length = static_cast<std::int64_t>(length);
  crops.isPaired = batch.isPaired;
  crops.tokens.reserve(static_cast<std::size_t>(crops.rows) * length);
  const auto take = [&](std::span<const std::uint8_t> tokens, std::size_t place) {
    const auto piece = tokens.subspan(place, length);
    crops.tokens.insert(crops.tokens.end(), piece.begin(), piece.end());
  };
  for (std::size_t i = batch.first; i < batch.first + batch.count; ++i) {
    const auto tokens = m_corpus.tokens(m_draws[i].protein);
    if (!batch.isPaired) {
      take(tokens, random.below(tokens.size() - length + 1));
      continue;
    }
    const auto left = random.below(tokens.size() - 2 * length + 1);
    const auto right = left + length + random.below(tokens.size() - 2 * length - left + 1);
    const bool isSwapped = random.below(2) == 1;
    take(tokens, isSwapped ? right : left);
    take(tokens, isSwapped ? left : right);
  }
  return crops;
}

}  // namespace twofold::models
