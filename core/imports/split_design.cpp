#include "core/imports/split_design.h"

#include <fmt/format.h>

#include "core/imports/split_negatives.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

std::vector<data::SplitProtein> proteinsFor(store::Project& project, const data::Pairs& pairs,
                                            const data::SplitNeeds& needs) {
  store::ProteinRepository repository(project.database());
  const auto dates = needs.dates ? repository.created() : std::map<data::ProteinKey, std::string>();
  const auto keys = data::proteinsOf(pairs);
  std::vector<data::SplitProtein> proteins;
  if (!needs.sequences && !needs.organisms && !needs.dates) {
    for (const auto key : keys) {
      proteins.push_back({key, {}, {}, {}});
    }
    return proteins;
  }
  for (auto& protein : repository.load(keys)) {
    const auto date = dates.find(protein.key);
    proteins.push_back({protein.key, std::move(protein.sequence), std::move(protein.organism),
                        date == dates.end() ? std::string() : date->second});
  }
  return proteins;
}

void requireOnePart(const SplitDesign& design, const std::vector<data::Cut>& cuts) {
  if (cuts.size() > 1) {
    throw Error(ErrorKind::Usage,
                fmt::format("rule {} makes several splits of one pair set, so it takes the "
                            "negatives that are given; draw them first, with another rule, and cut "
                            "the pair set that comes of it into folds",
                            design.rule));
  }
}

std::string sourceOf(const SplitDesign& design) {
  const auto& negatives = design.negatives;
  return fmt::format("positives of {}, {} negatives 1:{}{} by split {}", design.pairSet,
                     negatives.kind == "uniform" ? "uniform" : "degree-preserving",
                     negatives.perPositive,
                     negatives.otherCompartments ? " from other compartments" : "", design.name);
}

/// Recorded, and covered by the hash.
void recordNegatives(const NegativeChoice& negatives, data::Split& split) {
  split.options["negatives"] = negatives.kind;
  split.options["per_positive"] = fmt::format("{}", negatives.perPositive);
  split.options["other_compartments"] = negatives.otherCompartments ? "true" : "false";
}

void requireWhole(const PlannedSplit& planned, const std::array<double, 3>& ratio) {
  const auto& parts = planned.summary.parts;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (ratio[part] > 0 && parts[part].pairs == 0) {
      throw Error(
          ErrorKind::Usage,
          fmt::format("split {} would have {} train, {} validation and {} test pairs, {} in no "
                      "part: nothing is left for {}; ask for another ratio, seed or rule "
                      "(--preview shows the numbers)",
                      planned.name, parts[0].pairs, parts[1].pairs, parts[2].pairs,
                      planned.summary.dropped, data::name(data::kParts[part])));
    }
  }
}

}  // namespace

std::vector<OptionSpec> negativeOptions() {
  return {
      choiceOption(
          "negatives", "Negatives", {"given", "degree", "uniform"},
          "Those of the pair set; or drawn in each part, each protein as often negative as "
          "positive (degree), or at random (uniform)."),
      integerOption("per_positive", "Negatives per positive", 1, 1, 100, "Of drawn negatives."),
      switchOption("other_compartments", "From other compartments", false,
                   "Drawn negatives join proteins that were never seen in one compartment of the "
                   "cell; proteins of which none is known are in no negative.")};
}

NegativeChoice negativeChoice(const OptionValues& values) {
  const auto specs = negativeOptions();
  const Options options("split", specs, values);
  NegativeChoice choice{options.text("negatives"), options.integer("per_positive"),
                        options.flag("other_compartments")};
  if (choice.kind == "given" && (choice.perPositive != 1 || choice.otherCompartments)) {
    throw Error(ErrorKind::Usage,
                "how many negatives and from which compartments can be chosen only where they are "
                "drawn: by degree or uniform");
  }
  return choice;
}

SplitPlan planSplit(store::Project& project, const SplitDesign& design, const Watch& watch) {
  store::PairRepository repository(project.database());
  const auto& rule = data::splitters().find(design.rule);
  const bool draws = design.negatives.kind != "given";
  const auto all = repository.pairs(repository.set(design.pairSet).key);
  auto pairs = draws ? positivesOf(all) : all;
  const auto proteins = proteinsFor(project, pairs, rule.make.needs);
  auto cuts = data::cutPairs(design.rule, {pairs, proteins, design.ratio, design.seed,
                                           design.options, watch.progress, watch.stop});
  SplitPlan plan;
  plan.pairSet = design.pairSet;
  plan.ratio = design.ratio;
  if (draws) {
    requireOnePart(design, cuts);
    if (pairs.size() < all.size()) {
      cuts[0].notes.push_back(fmt::format("{} pairs of {} that are no positives were left out.",
                                          all.size() - pairs.size(), design.pairSet));
    }
    addNegatives(project, design, pairs, cuts[0], watch);
    recordNegatives(design.negatives, cuts[0].split);
    plan.pairSet = design.name;
    plan.source = sourceOf(design);
  }
  for (auto& cut : cuts) {
    auto summary = data::summaryOf(pairs, cut.split);
    plan.splits.push_back({design.name + cut.suffix, std::move(cut), std::move(summary)});
  }
  if (draws) {
    plan.drawn = std::move(pairs);
  }
  return plan;
}

std::vector<data::SplitInfo> storeSplit(store::Project& project, const SplitPlan& plan) {
  for (const auto& planned : plan.splits) {
    requireWhole(planned, plan.ratio);
  }
  store::PairRepository repository(project.database());
  store::Transaction transaction(project.database());
  const auto key = plan.drawn ? repository.insertSet(plan.pairSet, plan.source, *plan.drawn)
                              : repository.set(plan.pairSet).key;
  for (const auto& planned : plan.splits) {
    static_cast<void>(repository.insertSplit(planned.name, key, planned.cut.split));
  }
  transaction.commit();
  std::vector<data::SplitInfo> stored;
  for (const auto& planned : plan.splits) {
    stored.push_back(repository.splitInfo(plan.pairSet, planned.name));
  }
  return stored;
}

}  // namespace twofold::imports
