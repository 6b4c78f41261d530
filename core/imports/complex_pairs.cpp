#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/data/negatives.h"
#include "core/imports/complex_names.h"
#include "core/imports/importers.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

/// Ribosomal proteins would otherwise be two thirds of all positives.
constexpr std::size_t kLargestShare = 70;

struct Member {
  data::ProteinKey protein = 0;
  std::string subunit;
};

using Complexes = std::map<std::pair<std::string, std::string>, std::vector<Member>>;

/// Proteins by (complex, species).
Complexes complexesOf(store::Project& project, ImportReport& report) {
  Complexes complexes;
  for (const auto& protein : store::ProteinRepository(project.database()).summaries()) {
    ++report.read;
    const auto name = subunitOf(protein.name);
    if (name && !protein.organism.empty()) {
      complexes[{name->complex, speciesOf(protein.organism)}].push_back(
          {protein.key, name->subunit});
    }
  }
  return complexes;
}

/// All pairs of different subunits, by the complex's name.
std::map<std::string, data::Pairs> candidatesOf(const Complexes& complexes) {
  std::map<std::string, data::Pairs> candidates;
  for (const auto& [key, members] : complexes) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        if (members[i].subunit != members[j].subunit) {
          candidates[key.first].push_back(
              {members[i].protein, members[j].protein, data::Label::Positive});
        }
      }
    }
  }
  return candidates;
}

}  // namespace

ImportReport makeComplexPairs(store::Project& project, const std::string& name,
                              std::uint64_t seed) {
  ImportReport report;
  auto candidates = candidatesOf(complexesOf(project, report));
  Random random(derivedSeed(seed, 3));
  data::Pairs all;
  data::Pairs pairs;
  for (auto& [complex, found] : candidates) {
    all.insert(all.end(), found.begin(), found.end());
    random.shuffle(std::span(found));
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (i < kLargestShare) {
        pairs.push_back(found[i]);
      } else {
        report.skip("beyond the share of one complex", complex);
      }
    }
  }
  if (pairs.empty()) {
    throw Error(ErrorKind::BadInput,
                "no two proteins of the project are named as subunits of one complex in one "
                "species; import proteins with UniProt headers first");
  }
  const std::size_t positives = pairs.size();
  const data::Pairs negatives = data::degreeMatchedNegatives(pairs, random, all);
  pairs.insert(pairs.end(), negatives.begin(), negatives.end());
  random.shuffle(std::span(pairs));
  store::Transaction transaction(project.database());
  static_cast<void>(store::PairRepository(project.database())
                        .insertSet(name, "subunits named alike in one species", pairs));
  transaction.commit();
  report.kept = static_cast<std::int64_t>(pairs.size());
  report.notes.push_back(
      fmt::format("{} positives from {} named complexes, {} negatives with the "
                  "same proteins as often. These labels come from names; scores "
                  "on them are no benchmark.",
                  positives, candidates.size(), negatives.size()));
  return report;
}

}  // namespace twofold::imports
