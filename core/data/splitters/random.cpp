#include <cmath>

#include "core/base/random.h"
#include "core/data/splitters/pair_groups.h"
#include "core/data/splitters/rules.h"
#include "core/data/splitters/shares.h"

namespace twofold::data {

namespace {

std::vector<Cut> cutAtRandom(const SplitRequest& request, const Options& /*options*/) {
  const auto shares = sharesOf(request.ratio);
  Cut cut;
  auto& parts = cut.split.parts;
  parts.assign(request.pairs.size(), Part::None);
  for (auto& [label, groups] : pairGroups(request.pairs)) {
    auto shuffled = groups;
    Random random(derivedSeed(request.seed, 1, static_cast<std::uint64_t>(label)));
    random.shuffle(std::span(shuffled));
    const auto total = static_cast<double>(pairsIn(shuffled));
    const double trainEnd = std::round(total * shares[0]);
    const double validationEnd = std::round(total * (shares[0] + shares[1]));
    std::size_t before = 0;
    for (const auto& group : shuffled) {
      const auto position = static_cast<double>(before);
      const Part part = position < trainEnd        ? Part::Train
                        : position < validationEnd ? Part::Validation
                                                   : Part::Test;
      for (const std::size_t i : group) {
        parts[i] = part;
      }
      before += group.size();
    }
  }
  return {std::move(cut)};
}

}  // namespace

SplitRule randomRule() {
  return {{"random",
           "Random",
           "Shuffles the pairs, positives and negatives apart; a protein can be in every part, "
           "so scores look better than they are for new proteins.",
           {}},
          {{}, cutAtRandom}};
}

}  // namespace twofold::data
