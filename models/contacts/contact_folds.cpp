#include "models/contacts/contact_folds.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/sequence_families.h"
#include "core/formats/line_reader.h"

namespace twofold::models {

namespace {

constexpr std::uint64_t kValidation = 41;  // purpose of the seed
constexpr std::size_t kFewestGroups = 3;   // to train on, to stop by, to test on

/// Complexes by group.
std::vector<std::vector<std::uint32_t>> membersOf(const ComplexFamilies& families) {
  std::vector<std::vector<std::uint32_t>> members(families.groups);
  for (std::uint32_t c = 0; c < families.ofComplex.size(); ++c) {
    members[families.ofComplex[c]].push_back(c);
  }
  return members;
}

/// Groups that are taken whole until `wanted` complexes have come together; one at least, and where
/// every group is too large, the smallest.
std::set<std::uint32_t> chosenGroups(const std::map<std::uint32_t, std::size_t>& sizes,
                                     std::size_t wanted, std::uint64_t seed) {
  std::vector<std::uint32_t> order;
  for (const auto& [group, size] : sizes) {
    order.push_back(group);
  }
  Random(derivedSeed(seed, kValidation)).shuffle(std::span(order));
  std::set<std::uint32_t> chosen;
  std::size_t taken = 0;
  for (const auto group : order) {
    if (taken + sizes.at(group) <= wanted) {
      chosen.insert(group);
      taken += sizes.at(group);
    }
  }
  if (chosen.empty()) {
    chosen.insert(*std::min_element(order.begin(), order.end(),
                                    [&](auto a, auto b) { return sizes.at(a) < sizes.at(b); }));
  }
  return chosen;
}

void addFamilies(const ContactSet& set, const ComplexFamilies& families,
                 const std::vector<std::uint32_t>& complexes, std::set<std::uint32_t>& found) {
  for (const auto c : complexes) {
    found.insert(families.ofSequence[set.complexes[c].a]);
    found.insert(families.ofSequence[set.complexes[c].b]);
  }
}

}  // namespace

ComplexFamilies familiesOf(const ContactSet& set, std::span<const std::string> labels,
                           const ProgressSink& progress, const std::stop_token& stop) {
  ComplexFamilies families;
  families.ofSequence = data::sequenceFamilies(set.sequences, {}, progress, stop);
  const auto sequences = static_cast<std::uint32_t>(set.sequences.size());
  std::map<std::string, std::uint32_t> keyOfLabel;
  std::vector<std::vector<std::uint32_t>> keys;
  for (std::size_t c = 0; c < set.complexes.size(); ++c) {
    const auto& complex = set.complexes[c];
    keys.push_back({families.ofSequence[complex.a], families.ofSequence[complex.b]});
    if (!labels.empty()) {
      const auto next = sequences + static_cast<std::uint32_t>(keyOfLabel.size());
      keys.back().push_back(keyOfLabel.emplace(labels[c], next).first->second);
    }
  }
  families.ofComplex = data::joinedGroups(keys);
  for (const auto group : families.ofComplex) {
    families.groups = std::max(families.groups, group + 1);
  }
  return families;
}

std::vector<std::string> readFamilyLabels(const std::filesystem::path& file,
                                          const ContactSet& set) {
  std::map<std::string, std::string, std::less<>> known;
  formats::LineReader reader(file);
  for (std::string_view line; reader.next(line);) {
    if (line.empty()) {
      continue;
    }
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos || tab == 0 || tab + 1 == line.size() ||
        line.find('\t', tab + 1) != std::string_view::npos) {
      throw badInput(file.string(), reader.lineNumber(), "write a structure, a tab and its family");
    }
    if (!known.emplace(line.substr(0, tab), line.substr(tab + 1)).second) {
      throw badInput(file.string(), reader.lineNumber(),
                     fmt::format("structure \"{}\" is there twice", line.substr(0, tab)));
    }
  }
  std::vector<std::string> labels;
  for (const auto& complex : set.complexes) {
    const auto found = known.find(complex.structure);
    if (found == known.end()) {
      throw badInput(
          file.string(), 0,
          fmt::format("structure \"{}\" has no family; add a line for it", complex.structure));
    }
    labels.push_back(found->second);
  }
  return labels;
}

std::vector<std::vector<std::uint32_t>> testFolds(const ComplexFamilies& families,
                                                  std::uint32_t folds) {
  auto members = membersOf(families);
  if (members.size() < kFewestGroups) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the complexes make {} {}, and a study takes three at least: to train "
                            "on, to stop by and to test on; import complexes of other proteins",
                            members.size(), members.size() == 1 ? "family" : "families"));
  }
  if (folds == 1) {
    throw Error(ErrorKind::Usage,
                "one fold has nothing to train on; take --folds 2 or more, or 0 "
                "for a fold a family");
  }
  std::stable_sort(members.begin(), members.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  if (folds == 0 || folds > members.size()) {
    folds = static_cast<std::uint32_t>(members.size());
  }
  std::vector<std::vector<std::uint32_t>> tests(folds);
  for (const auto& group : members) {
    auto& smallest =
        *std::min_element(tests.begin(), tests.end(),
                          [](const auto& a, const auto& b) { return a.size() < b.size(); });
    smallest.insert(smallest.end(), group.begin(), group.end());
  }
  for (auto& test : tests) {
    std::sort(test.begin(), test.end());
  }
  return tests;
}

FoldParts partsOf(const ContactSet& set, const ComplexFamilies& families,
                  std::vector<std::uint32_t> test, std::uint64_t seed) {
  FoldParts parts;
  parts.test = std::move(test);
  const std::set<std::uint32_t> tested(parts.test.begin(), parts.test.end());
  std::map<std::uint32_t, std::size_t> sizes;  // of the groups that are left
  std::size_t left = 0;
  for (std::uint32_t c = 0; c < set.complexes.size(); ++c) {
    if (!tested.contains(c)) {
      ++sizes[families.ofComplex[c]];
      ++left;
    }
  }
  if (sizes.size() < 2) {
    throw Error(ErrorKind::BadInput,
                "fewer than two families of complexes are left to train on and to stop by; import "
                "complexes of other proteins, or take more folds");
  }
  const auto chosen = chosenGroups(sizes, left / 5, seed);
  for (std::uint32_t c = 0; c < set.complexes.size(); ++c) {
    if (!tested.contains(c)) {
      (chosen.contains(families.ofComplex[c]) ? parts.validation : parts.training).push_back(c);
    }
  }
  std::set<std::uint32_t> kept;  // families that no negative may be of
  addFamilies(set, families, parts.test, kept);
  addFamilies(set, families, parts.validation, kept);
  for (std::uint32_t n = 0; n < set.negatives.size(); ++n) {
    const auto& pair = set.negatives[n];
    if (!kept.contains(families.ofSequence[pair.a]) &&
        !kept.contains(families.ofSequence[pair.b])) {
      parts.negatives.push_back(n);
    }
  }
  return parts;
}

}  // namespace twofold::models
