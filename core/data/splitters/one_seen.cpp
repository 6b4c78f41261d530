#include <numeric>

#include "core/base/random.h"
#include "core/data/splitters/protein_index.h"
#include "core/data/splitters/rules.h"
#include "core/data/splitters/shares.h"

namespace twofold::data {

namespace {

/// A pair of a protein that is seen and one that is held out is of the latter's part.
Part partOf(Part a, Part b) {
  if (a == Part::Train || b == Part::Train) {
    return a == Part::Train ? b : a;
  }
  return Part::None;
}

/// Holds proteins out of training, one after another.
class HeldOut {
 public:
  HeldOut(std::span<const Ends> ends, std::size_t proteins, const Shares& shares)
      : m_homes(proteins, Part::Train),
        m_partners(proteins,
                   [ends](auto take) {
                     for (const auto& [a, b] : ends) {
                       take(a, b);
                       if (a != b) {
                         take(b, a);
                       }
                     }
                   }),
        m_growth(shares, {static_cast<std::int64_t>(ends.size()), 0, 0}) {}

  std::vector<Part> grown(Random& random) {
    std::vector<std::uint32_t> order(m_homes.size());
    std::iota(order.begin(), order.end(), 0U);
    random.shuffle(std::span(order));
    for (const bool whatever : {false, true}) {
      for (const auto protein : order) {
        const auto part = m_growth.behind();
        if (!part) {
          return m_homes;
        }
        if (m_homes[protein] == Part::Train &&
            m_growth.take(*part, after(protein, *part), whatever)) {
          m_homes[protein] = *part;
        }
      }
    }
    return m_homes;
  }

 private:
  [[nodiscard]] Counts after(std::uint32_t protein, Part part) const {
    Counts counts = m_growth.counts();
    for (const auto other : m_partners.of(protein)) {
      --counts[at(m_homes[other])];
      if (other != protein && m_homes[other] == Part::Train) {
        ++counts[at(part)];
      }
    }
    return counts;
  }

  std::vector<Part> m_homes;
  LinkLists<std::uint32_t> m_partners;
  Growth m_growth;
};

std::vector<Cut> cutOneSeen(const SplitRequest& request, const Options& /*options*/) {
  const auto ends = endsOf(request);
  Random random(derivedSeed(request.seed, 3));
  auto homes =
      HeldOut(ends, request.proteins.size(), sharesWithTraining(request.ratio)).grown(random);
  std::vector<bool> isSeen(homes.size());
  for (const auto& [a, b] : ends) {
    if (homes[a] == Part::Train && homes[b] == Part::Train) {
      isSeen[a] = isSeen[b] = true;
    }
  }
  Cut cut;
  for (const auto& [a, b] : ends) {
    Part part = partOf(homes[a], homes[b]);
    if (part == Part::None) {
      ++cut.dropped["both proteins are held out"];
    } else if (part != Part::Train && !isSeen[a] && !isSeen[b]) {
      part = Part::None;
      ++cut.dropped["the protein that is not held out has no training pair"];
    }
    cut.split.parts.push_back(part);
  }
  cut.where = [home = BlockOfProtein(request.proteins, std::move(homes))](
                  ProteinKey a, ProteinKey b) { return partOf(home(a), home(b)); };
  return {std::move(cut)};
}

}  // namespace

SplitRule oneSeenRule() {
  return {{"c2",
           "One protein seen (C2)",
           "One protein of every validation and test pair is in training pairs, the other is in "
           "none: whether a model finds partners for a new protein.",
           {}},
          {{}, cutOneSeen}};
}

}  // namespace twofold::data
