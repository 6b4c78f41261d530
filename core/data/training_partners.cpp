#include "core/data/training_partners.h"

#include <algorithm>
#include <map>
#include <set>

namespace twofold::data {

std::span<const ProteinKey> TrainingPartners::of(ProteinKey protein) const {
  const auto found = std::lower_bound(proteins.begin(), proteins.end(), protein);
  if (found == proteins.end() || *found != protein) {
    return {};
  }
  return partners[static_cast<std::size_t>(found - proteins.begin())];
}

TrainingPartners trainingPartners(const Pairs& pairs, const Split& split) {
  std::map<ProteinKey, std::set<ProteinKey>> known;
  for (const std::uint32_t index : split.indices(Part::Train)) {
    const auto& pair = pairs[index];
    auto& ofA = known[pair.a];
    auto& ofB = known[pair.b];
    if (pair.label == Label::Positive) {
      ofA.insert(pair.b);
      ofB.insert(pair.a);
    }
  }
  TrainingPartners result;
  for (const auto& [protein, partners] : known) {
    result.proteins.push_back(protein);
    result.partners.emplace_back(partners.begin(), partners.end());
  }
  return result;
}

}  // namespace twofold::data
