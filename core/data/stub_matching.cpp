#include "core/data/stub_matching.h"

#include <utility>

#include "core/base/progress.h"

namespace twofold::data {

namespace {

constexpr int kRounds = 64;

class StubMatching {
 public:
  StubMatching(std::vector<ProteinKey> stubs, const MayBe& mayBe, Random& random)
      : m_random(random), m_mayBe(mayBe), m_stubs(std::move(stubs)) {
    m_random.shuffle(std::span(m_stubs));
    m_valid.assign(m_stubs.size() / 2, false);
  }

  Pairs match(const std::stop_token& stop) {
    std::vector<std::size_t> open(m_valid.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
      open[i] = i;
    }
    std::erase_if(open, [this](std::size_t i) { return take(i); });
    for (int round = 0; round < kRounds && !open.empty(); ++round) {
      throwIfStopped(stop);
      std::erase_if(open, [this](std::size_t i) { return m_valid[i] || exchange(i); });
    }
    return taken();
  }

 private:
  bool take(std::size_t i) {
    const ProteinKey a = m_stubs[2 * i];
    const ProteinKey b = m_stubs[2 * i + 1];
    m_valid[i] = a != b && m_mayBe(a, b) && m_used.insert(a, b);
    return m_valid[i];
  }

  void release(std::size_t i) {
    if (m_valid[i]) {
      m_used.erase(m_stubs[2 * i], m_stubs[2 * i + 1]);
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
  const MayBe& m_mayBe;
  std::vector<ProteinKey> m_stubs;  // ends 2i and 2i + 1 are pair i
  std::vector<bool> m_valid;
  PairKeys m_used;
};

}  // namespace

Pairs matchedStubs(std::vector<ProteinKey> stubs, const MayBe& mayBe, Random& random,
                   const std::stop_token& stop) {
  return StubMatching(std::move(stubs), mayBe, random).match(stop);
}

}  // namespace twofold::data
