#include <algorithm>
#include <cmath>

#include "core/data/splitters/blocks.h"

namespace twofold::data {

namespace {

constexpr int kSweeps = 1000;
constexpr double kFirstPrice = 5;  // of being off the shares, see Refinement::worth()
constexpr double kLastPrice = 50;
constexpr double kOffShare = 0.02;  // of the pairs kept; nearer needs not be
constexpr double kLastThreshold = 0.2;

std::int64_t sumOf(const Counts& kept) {
  return kept[0] + kept[1] + kept[2];
}

/// Pairs by which the blocks are off the shares.
double offShares(const Counts& kept, const Shares& shares) {
  double off = 0;
  for (std::size_t part = 0; part < kept.size(); ++part) {
    off +=
        std::abs(static_cast<double>(kept[part]) - shares[part] * static_cast<double>(sumOf(kept)));
  }
  return off;
}

bool anyIsEmpty(const Counts& kept, const Shares& shares) {
  return (kept[1] == 0 && shares[1] > 0) || (kept[2] == 0 && shares[2] > 0);
}

class Refinement {
 public:
  Refinement(const GroupGraph& graph, std::vector<Part> start, const Shares& shares)
      : m_graph(graph),
        m_shares(shares),
        m_blocks(std::move(start)),
        m_links(graph.size()),
        m_kept(keptBy(graph, m_blocks)),
        m_best(m_blocks),
        m_bestKept(m_kept),
        m_startOff(offShares(m_kept, shares)) {
    for (std::uint32_t group = 0; group < graph.size(); ++group) {
      for (const auto& link : graph.links(group)) {
        m_links[group][at(m_blocks[link.group])] += link.pairs;
      }
    }
  }

  void sweep(double threshold, double price, Random& random) {
    m_price = price;
    for (std::size_t i = 0; i < m_graph.size(); ++i) {
      const auto group = static_cast<std::uint32_t>(random.below(m_graph.size()));
      const Part to = kParts[random.below(kParts.size())];
      const double slack = threshold * random.uniform();
      if (to == m_blocks[group] || m_shares[at(to)] <= 0) {
        continue;
      }
      const Counts kept = after(group, to);
      if (worth(kept) >= worth(m_kept) - slack) {
        move(group, to);
        m_kept = kept;
      }
    }
    takeBest();
  }

  [[nodiscard]] double meanLinks() const {
    return m_graph.size() == 0
               ? 0
               : 2 * static_cast<double>(m_graph.pairs()) / static_cast<double>(m_graph.size());
  }
  [[nodiscard]] const std::vector<Part>& best() const { return m_best; }

 private:
  [[nodiscard]] Counts after(std::uint32_t group, Part to) const {
    Counts kept = m_kept;
    kept[at(m_blocks[group])] -= m_graph.inside(group) + m_links[group][at(m_blocks[group])];
    kept[at(to)] += m_graph.inside(group) + m_links[group][at(to)];
    return kept;
  }

  /// Pairs kept, less a price that is small near the shares, so that groups can change places, and
  /// forbids to put everything into training; it grows while the threshold falls.
  [[nodiscard]] double worth(const Counts& kept) const {
    const auto sum = static_cast<double>(sumOf(kept));
    double price = 0;
    for (std::size_t part = 0; part < kept.size(); ++part) {
      if (m_shares[part] > 0) {
        const double wanted = std::max(1.0, m_shares[part] * sum);
        const double off = static_cast<double>(kept[part]) - wanted;
        price += m_price * off * off / wanted;
      }
    }
    return sum - price;
  }

  void move(std::uint32_t group, Part to) {
    for (const auto& link : m_graph.links(group)) {
      m_links[link.group][at(m_blocks[group])] -= link.pairs;
      m_links[link.group][at(to)] += link.pairs;
    }
    m_blocks[group] = to;
  }

  void takeBest() {
    const double allowed = std::max(m_startOff, kOffShare * static_cast<double>(sumOf(m_kept)));
    const bool isWhole = !anyIsEmpty(m_kept, m_shares) || anyIsEmpty(m_bestKept, m_shares);
    if (isWhole && sumOf(m_kept) > sumOf(m_bestKept) && offShares(m_kept, m_shares) <= allowed) {
      m_best = m_blocks;
      m_bestKept = m_kept;
    }
  }

  const GroupGraph& m_graph;
  Shares m_shares;
  std::vector<Part> m_blocks;
  std::vector<Counts> m_links;  // of each group to each block, in pairs
  Counts m_kept;
  std::vector<Part> m_best;
  Counts m_bestKept;
  double m_startOff;
  double m_price = kFirstPrice;
};

}  // namespace

std::vector<Part> refinedBlocks(const GroupGraph& graph, std::vector<Part> start,
                                const Shares& shares, Random& random, const Watched& watched) {
  Refinement refinement(graph, std::move(start), shares);
  const double first = std::max(refinement.meanLinks(), 1.0);
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    throwIfStopped(watched.stop);
    // Linear in the square, so that most sweeps are spent where it cools out; the last ones climb.
    const double left = 1 - static_cast<double>(sweep) / (kSweeps - 20);
    const double threshold = left > 0 ? first * left * left + kLastThreshold : 0;
    const double price = kFirstPrice + (kLastPrice - kFirstPrice) * (1 - left) * (1 - left);
    refinement.sweep(threshold, left > 0 ? price : kLastPrice, random);
    if (watched.progress) {
      watched.progress({"Keeping pairs together", sweep + 1, kSweeps, "sweeps"});
    }
  }
  return refinement.best();
}

}  // namespace twofold::data
