#include "core/data/negatives.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace twofold::data {

namespace {

constexpr int kRounds = 64;

/// Configuration model with repair: each protein has one stub for each positive, stubs are
/// joined at random, and a pair that may not be exchanges an end with another one.
class StubMatching {
 public:
  StubMatching(std::span<const Pair> positives, std::span<const Pair> excluded, Random& random)
      : m_random(random) {
    for (const Pair& pair : positives) {
      m_forbidden.insert(key(pair.a, pair.b));
      m_stubs.push_back(pair.a);
      m_stubs.push_back(pair.b);
    }
    for (const Pair& pair : excluded) {
      m_forbidden.insert(key(pair.a, pair.b));
    }
    m_random.shuffle(std::span(m_stubs));
    m_valid.assign(positives.size(), false);
  }

  Pairs match() {
    std::vector<std::size_t> open(m_valid.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
      open[i] = i;
    }
    std::erase_if(open, [this](std::size_t i) { return take(i); });
    for (int round = 0; round < kRounds && !open.empty(); ++round) {
      std::erase_if(open, [this](std::size_t i) { return m_valid[i] || exchange(i); });
    }
    return taken();
  }

 private:
  using Key = std::pair<ProteinKey, ProteinKey>;

  static Key key(ProteinKey a, ProteinKey b) { return std::minmax(a, b); }
  Key keyAt(std::size_t i) const { return key(m_stubs[2 * i], m_stubs[2 * i + 1]); }

  bool take(std::size_t i) {
    const Key pair = keyAt(i);
    m_valid[i] =
        pair.first != pair.second && !m_forbidden.contains(pair) && m_used.insert(pair).second;
    return m_valid[i];
  }

  void release(std::size_t i) {
    if (m_valid[i]) {
      m_used.erase(keyAt(i));
      m_valid[i] = false;
    }
  }

  /// Swaps an end of the invalid pair `i` with that of another; undone unless both become valid,
  /// or `i` does and the other was invalid before.
  bool exchange(std::size_t i) {
    const std::size_t j = m_random.below(m_valid.size());
    if (i == j) {
      return false;
    }
    const bool otherWasValid = m_valid[j];
    auto& mine = m_stubs[2 * i + m_random.below(2)];
    auto& theirs = m_stubs[2 * j + m_random.below(2)];
    release(j);
    std::swap(mine, theirs);
    if (take(i)) {
      if (take(j) || !otherWasValid) {
        return true;
      }
      release(i);
    }
    std::swap(mine, theirs);
    take(j);
    return false;
  }

  Pairs taken() const {
    Pairs pairs;
    for (std::size_t i = 0; i < m_valid.size(); ++i) {
      if (m_valid[i]) {
        pairs.push_back({m_stubs[2 * i], m_stubs[2 * i + 1], Label::Negative});
      }
    }
    return pairs;
  }

  Random& m_random;
  std::vector<ProteinKey> m_stubs;  // ends 2i and 2i + 1 are pair i
  std::vector<bool> m_valid;
  std::set<Key> m_forbidden;
  std::set<Key> m_used;
};

}  // namespace

Pairs degreeMatchedNegatives(std::span<const Pair> positives, Random& random,
                             std::span<const Pair> excluded) {
  return StubMatching(positives, excluded, random).match();
}

}  // namespace twofold::data
