#include "core/metrics/isotonic.h"

#include <algorithm>

#include "core/metrics/class_order.h"

namespace twofold::metrics {

namespace {

/// Neighbouring scores that share one probability.
struct Block {
  double positives = 0;
  double count = 0;
  std::size_t points = 0;  // distinct scores
};

/// Blocks of rising share of positives; shares are compared as products, which are exact.
std::vector<Block> pooled(const std::vector<Block>& points) {
  std::vector<Block> blocks;
  for (Block block : points) {
    while (!blocks.empty() &&
           blocks.back().positives * block.count >= block.positives * blocks.back().count) {
      block.positives += blocks.back().positives;
      block.count += blocks.back().count;
      block.points += blocks.back().points;
      blocks.pop_back();
    }
    blocks.push_back(block);
  }
  return blocks;
}

}  // namespace

IsotonicScale::IsotonicScale(std::span<const float> scores, std::span<const std::int8_t> labels) {
  std::vector<double> distinct;
  std::vector<Block> points;
  ClassOrder(scores, labels).descend([&](float score, double positives, double negatives) {
    distinct.push_back(static_cast<double>(score));
    points.push_back({positives, positives + negatives, 1});
  });
  std::reverse(distinct.begin(), distinct.end());
  std::reverse(points.begin(), points.end());
  std::size_t at = 0;
  for (const Block& block : pooled(points)) {
    const double probability = block.positives / block.count;
    m_scores.push_back(distinct[at]);
    m_probabilities.push_back(probability);
    if (block.points > 1) {
      m_scores.push_back(distinct[at + block.points - 1]);
      m_probabilities.push_back(probability);
    }
    at += block.points;
  }
}

double IsotonicScale::probability(double score) const {
  if (m_scores.empty()) {
    return score;
  }
  const auto above = std::upper_bound(m_scores.begin(), m_scores.end(), score);
  const auto i = static_cast<std::size_t>(above - m_scores.begin());
  if (above == m_scores.begin()) {
    return m_probabilities.front();
  }
  if (above == m_scores.end()) {
    return m_probabilities.back();
  }
  const double share = (score - m_scores[i - 1]) / (m_scores[i] - m_scores[i - 1]);
  return m_probabilities[i - 1] + share * (m_probabilities[i] - m_probabilities[i - 1]);
}

}  // namespace twofold::metrics
