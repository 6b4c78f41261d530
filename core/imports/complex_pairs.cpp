#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
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

/// Of each complex no more than its share.
data::Pairs sharesOf(std::map<std::string, data::Pairs>& candidates, Random& random,
                     ImportReport& report) {
  data::Pairs pairs;
  for (auto& [complex, found] : candidates) {
    random.shuffle(std::span(found));
    const std::size_t share = std::min(found.size(), kLargestShare);
    pairs.insert(pairs.end(), found.begin(), found.begin() + static_cast<std::ptrdiff_t>(share));
    for (std::size_t i = share; i < found.size(); ++i) {
      report.skip("beyond the share of one complex", complex);
    }
  }
  return pairs;
}

/// The positives of a pair set that `pairs` does not hold yet, homomers left out.
data::Pairs joining(store::Project& project, const std::string& set, const data::Pairs& pairs) {
  std::set<std::pair<data::ProteinKey, data::ProteinKey>> known;
  for (const data::Pair& pair : pairs) {
    known.insert(std::minmax(pair.a, pair.b));
  }
  store::PairRepository repository(project.database());
  data::Pairs added;
  for (const data::Pair& pair : repository.pairs(repository.set(set).key)) {
    if (pair.label == data::Label::Positive && pair.a != pair.b &&
        known.insert(std::minmax(pair.a, pair.b)).second) {
      added.push_back(pair);
    }
  }
  return added;
}

void append(data::Pairs& pairs, const data::Pairs& more) {
  pairs.insert(pairs.end(), more.begin(), more.end());
}

}  // namespace

ImportReport makeComplexPairs(store::Project& project, const ComplexPairs& request) {
  ImportReport report;
  auto candidates = candidatesOf(complexesOf(project, report));
  data::Pairs known;  // no negative may be one of these
  for (const auto& [complex, found] : candidates) {
    append(known, found);
  }
  Random random(derivedSeed(request.seed, 3));
  const data::Pairs named = sharesOf(candidates, random, report);
  if (named.empty()) {
    throw Error(ErrorKind::BadInput,
                "no two proteins of the project are named as subunits of one complex in one "
                "species; import proteins with UniProt headers first");
  }
  const data::Pairs joined =
      request.together.empty() ? data::Pairs{} : joining(project, request.together, named);
  append(known, joined);

  data::Pairs pairs = named;
  append(pairs, data::degreeMatchedNegatives(named, random, known));
  append(pairs, joined);
  append(pairs, data::degreeMatchedNegatives(joined, random, known));
  random.shuffle(std::span(pairs));
  store::Transaction transaction(project.database());
  static_cast<void>(store::PairRepository(project.database())
                        .insertSet(request.name,
                                   "subunits named alike in one species" +
                                       (joined.empty() ? "" : ", with " + request.together),
                                   pairs));
  transaction.commit();
  report.kept = static_cast<std::int64_t>(pairs.size());
  const std::size_t positives = named.size() + joined.size();
  report.notes.push_back(fmt::format(
      "{} positives from {} named complexes{}, {} negatives with the same proteins as "
      "often. These labels come from names; scores on them are no benchmark.",
      positives, candidates.size(),
      joined.empty() ? "" : fmt::format(" and {} from \"{}\"", joined.size(), request.together),
      pairs.size() - positives));
  return report;
}

}  // namespace twofold::imports
