#include "core/imports/split_negatives.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/data/compartments.h"
#include "core/data/negatives.h"
#include "core/store/annotation_repository.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

using CompartmentsOf = std::unordered_map<data::ProteinKey, data::Compartments>;

data::PairKeys knownPositives(store::Project& project) {
  store::PairRepository repository(project.database());
  data::PairKeys known;
  for (const auto& set : repository.sets()) {
    for (const auto& pair : repository.pairs(set.key)) {
      if (pair.label == data::Label::Positive) {
        known.insert(pair.a, pair.b);
      }
    }
  }
  return known;
}

CompartmentsOf compartmentsIn(store::Project& project, const data::Pairs& pairs,
                              std::vector<std::string>& notes) {
  store::AnnotationRepository repository(project.database());
  const auto keys = data::proteinsOf(pairs);
  const auto graph = repository.graph();
  const auto annotations = repository.load(keys);
  CompartmentsOf found;
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto compartments = data::compartmentsOf(annotations[i], graph);
    found[keys[i]] = compartments;
    unknown += compartments == 0 ? 1 : 0;
  }
  if (unknown == keys.size()) {
    throw Error(ErrorKind::Usage,
                "no protein of these pairs has a known compartment; import annotations first, with "
                "GO.sqlite where they are GO terms, or draw negatives without compartments");
  }
  notes.push_back(fmt::format(
      "{} of {} proteins have no known compartment and are in no negative. Negatives from other "
      "compartments are easier than chance would make them: a model that reads annotations can "
      "tell "
      "them by the place alone.",
      unknown, keys.size()));
  return found;
}

std::string drawnNote(store::Project& project, data::Part part, const data::DrawnNegatives& drawn) {
  auto note = fmt::format("{}: {} negatives drawn", data::name(part), drawn.pairs.size());
  if (static_cast<std::int64_t>(drawn.pairs.size()) < drawn.wanted) {
    note += fmt::format(" of {} asked for: the part's proteins leave no other free pairs",
                        drawn.wanted);
  }
  if (drawn.largestDeviation > 0) {
    note += fmt::format(
        "; the largest difference to its positives times the ratio is {}, of protein {}",
        drawn.largestDeviation,
        store::ProteinRepository(project.database()).byKey(drawn.mostDeviating).id);
  }
  return note + ".";
}

data::Pairs pairsOfPart(const data::Pairs& pairs, const data::Split& split, data::Part part) {
  data::Pairs found;
  for (const auto i : split.indices(part)) {
    found.push_back(pairs[i]);
  }
  return found;
}

}  // namespace

data::Pairs positivesOf(const data::Pairs& pairs) {
  data::Pairs positives;
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(positives),
               [](const data::Pair& pair) { return pair.label == data::Label::Positive; });
  if (positives.empty()) {
    throw Error(ErrorKind::Usage,
                "the pair set has no positives to draw negatives beside; use --negatives given");
  }
  return positives;
}

void addNegatives(store::Project& project, const SplitDesign& design, data::Pairs& pairs,
                  data::Cut& cut, const Watch& watch) {
  const data::Pairs positives = pairs;
  auto taken = knownPositives(project);
  CompartmentsOf compartments;
  if (design.negatives.otherCompartments) {
    compartments = compartmentsIn(project, positives, cut.notes);
  }
  for (const data::Part part : data::kParts) {
    const auto own = pairsOfPart(positives, cut.split, part);
    data::NegativeRequest request;
    request.positives = own;
    request.perPositive = design.negatives.perPositive;
    request.kind = design.negatives.kind == "uniform" ? data::NegativeKind::Uniform
                                                      : data::NegativeKind::Degree;
    request.taken = &taken;
    request.stop = watch.stop;
    request.allowed = [&](data::ProteinKey a, data::ProteinKey b) {
      return (!cut.where || cut.where(a, b) == part) &&
             (compartments.empty() || data::areApart(compartments.at(a), compartments.at(b)));
    };
    if (watch.progress) {
      watch.progress({"Drawing negatives", static_cast<std::int64_t>(part), 3, "parts"});
    }
    Random random(derivedSeed(design.seed, 7, static_cast<std::uint64_t>(part)));
    const auto drawn = data::drawNegatives(request, random);
    for (const auto& pair : drawn.pairs) {
      taken.insert(pair.a, pair.b);
      pairs.push_back(pair);
      cut.split.parts.push_back(part);
    }
    if (!own.empty()) {
      cut.notes.push_back(drawnNote(project, part, drawn));
    }
  }
}

}  // namespace twofold::imports
