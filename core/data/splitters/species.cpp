#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/nearest_name.h"
#include "core/base/random.h"
#include "core/base/text_option.h"
#include "core/data/splitters/pair_groups.h"
#include "core/data/splitters/protein_index.h"
#include "core/data/splitters/rules.h"
#include "core/data/splitters/shares.h"

namespace twofold::data {

namespace {

/// Throws Error(Usage) naming the organisms that there are.
void requireOrganism(const SplitRequest& request, const std::string& option,
                     const std::string& organism) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& protein : request.proteins) {
    if (!protein.organism.empty()) {
      ++counts[protein.organism];
    }
  }
  if (counts.empty()) {
    throw Error(ErrorKind::Usage,
                "no protein of these pairs has an organism; import UniProt entries or FASTA with "
                "OS= in its headers");
  }
  std::vector<std::string> names;
  names.reserve(counts.size());
  for (const auto& [name, count] : counts) {
    names.push_back(name);
  }
  if (!counts.contains(organism)) {
    throw Error(ErrorKind::Usage, fmt::format("option {}: no protein of these pairs is of \"{}\"{}",
                                              option, organism, didYouMean(organism, names)));
  }
}

/// Where no organism is for validation, a share of the training pairs is.
void drawValidation(const SplitRequest& request, Split& split) {
  const auto shares = sharesWithTraining(request.ratio);
  Random random(derivedSeed(request.seed, 5));
  for (auto& [label, groups] : pairGroups(request.pairs)) {
    std::vector<PairGroup> training;
    for (const auto& group : groups) {
      if (split.parts[group.front()] == Part::Train) {
        training.push_back(group);
      }
    }
    random.shuffle(std::span(training));
    const double wanted =
        std::round(static_cast<double>(pairsIn(training)) * shares[1] / (shares[0] + shares[1]));
    std::size_t before = 0;
    for (const auto& group : training) {
      if (static_cast<double>(before) >= wanted) {
        break;
      }
      for (const std::size_t i : group) {
        split.parts[i] = Part::Validation;
      }
      before += group.size();
    }
  }
}

std::vector<Part> blocksOf(const SplitRequest& request, const std::string& test,
                           const std::string& validation) {
  std::vector<Part> blocks;
  for (const auto& protein : request.proteins) {
    blocks.push_back(protein.organism.empty()         ? Part::None
                     : protein.organism == test       ? Part::Test
                     : protein.organism == validation ? Part::Validation
                                                      : Part::Train);
  }
  return blocks;
}

std::vector<Cut> cutBySpecies(const SplitRequest& request, const Options& options) {
  const auto& test = options.text("test");
  const auto& validation = options.text("validation");
  requireOrganism(request, "test", test);
  if (!validation.empty()) {
    requireOrganism(request, "validation", validation);
  }
  if (test == validation) {
    throw Error(ErrorKind::Usage, "one organism cannot be test and validation; name another");
  }
  auto blocks = blocksOf(request, test, validation);
  Cut cut;
  cut.byRatio = false;
  for (const auto& [a, b] : endsOf(request)) {
    const bool isKnown = blocks[a] != Part::None && blocks[b] != Part::None;
    const bool isKept = isKnown && blocks[a] == blocks[b];
    if (!isKept) {
      ++cut.dropped[isKnown ? "its proteins are of organisms of two parts"
                            : "a protein has no organism"];
    }
    cut.split.parts.push_back(isKept ? blocks[a] : Part::None);
  }
  if (validation.empty()) {
    drawValidation(request, cut.split);
    cut.notes.emplace_back(
        "Validation is a share of the training organisms' pairs, chosen at random: it shares "
        "proteins with training.");
  } else {
    cut.where = [block = BlockOfProtein(request.proteins, std::move(blocks))](ProteinKey a,
                                                                              ProteinKey b) {
      return block(a) == block(b) ? block(a) : Part::None;
    };
  }
  return {std::move(cut)};
}

}  // namespace

SplitRule speciesRule() {
  return {
      {"species",
       "Species",
       "Pairs of one organism are the test part, those of another or a share of the rest "
       "validation; pairs between organisms of two parts are dropped.",
       {textOption("test", "Test organism", "Scientific name, as proteins have it."),
        textOption("validation", "Validation organism",
                   "Empty: validation is drawn from the other organisms' pairs by the ratio.")}},
      {{.organisms = true}, cutBySpecies}};
}

}  // namespace twofold::data
