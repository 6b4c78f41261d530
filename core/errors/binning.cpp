#include "core/errors/binning.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/data/compartments.h"
#include "core/store/annotation_repository.h"

namespace twofold::errors {

namespace {

constexpr std::size_t kNamedSpecies = 6;

/// Where each bin begins; a bin ends where the next begins.
template <std::size_t N>
std::uint32_t binOf(double value, const std::array<double, N>& starts) {
  const auto next = std::upper_bound(starts.begin(), starts.end(), value);
  return static_cast<std::uint32_t>(next - starts.begin()) - 1;
}

/// Bins of proteins as bins of pairs: that of the lower or of the higher protein.
std::vector<std::uint32_t> ofPairs(const PartScores& part, Which which,
                                   const std::function<std::uint32_t(std::size_t)>& binOfProtein) {
  std::vector<std::uint32_t> own(part.proteins.size());
  for (std::size_t p = 0; p < own.size(); ++p) {
    own[p] = binOfProtein(p);
  }
  std::vector<std::uint32_t> bins(part.size());
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto [low, high] = std::minmax(own[static_cast<std::size_t>(part.a[i])],
                                         own[static_cast<std::size_t>(part.b[i])]);
    bins[i] = which == Which::Lower ? low : high;
  }
  return bins;
}

}  // namespace

std::string_view name(Trait trait) noexcept {
  constexpr std::string_view kNames[] = {"length", "degree", "similarity", "species",
                                         "compartment"};
  return kNames[static_cast<std::size_t>(trait)];
}

Trait traitFromName(std::string_view text) {
  std::vector<std::string> names;
  for (const Trait trait : kTraits) {
    if (text == name(trait)) {
      return trait;
    }
    names.emplace_back(name(trait));
  }
  throw Error(ErrorKind::Usage,
              fmt::format("pairs have no bins by \"{}\"{}", text, didYouMean(text, names)));
}

std::string_view name(Which which) noexcept {
  return which == Which::Lower ? "lower" : which == Which::Higher ? "higher" : "both";
}

Binning lengthBins(const PartScores& part, Which which) {
  static constexpr std::array<double, 6> kStarts = {0, 150, 300, 500, 800, 1200};
  return {
      Trait::Length,
      which,
      fmt::format("residues of the {} protein", which == Which::Lower ? "shorter" : "longer"),
      {"below 150", "150–299", "300–499", "500–799", "800–1199", "1200 and more"},
      ofPairs(part, which, [&](std::size_t p) { return binOf(part.proteins[p].length, kStarts); }),
      {}};
}

Binning degreeBins(const PartScores& part, Which which) {
  if (!part.hasTraining) {
    throw Error(ErrorKind::Usage,
                fmt::format("run {} has no split, so what it was trained on is not known; import "
                            "its scores with --split",
                            part.run));
  }
  static constexpr std::array<double, 5> kStarts = {0, 1, 3, 10, 30};
  return {Trait::Degree,
          which,
          fmt::format("training pairs of the protein with {}",
                      which == Which::Lower ? "fewer" : "more"),
          {"0", "1–2", "3–9", "10–29", "30 and more"},
          ofPairs(part, which,
                  [&](std::size_t p) { return binOf(part.proteins[p].trainingPairs, kStarts); }),
          {}};
}

Binning similarityBins(const PartScores& part, std::span<const NearestInTraining> nearest,
                       Which which) {
  if (nearest.size() != part.proteins.size()) {
    throw Error(ErrorKind::Internal, "similarities are of other proteins");
  }
  static constexpr std::array<double, 4> kStarts = {0, 0.01, 0.6, 0.9};
  return {Trait::Similarity,
          which,
          fmt::format("likeness to training of the protein that is {}",
                      which == Which::Lower ? "farther" : "nearer"),
          {"no relative", "40–59 %", "60–89 %", "90 % and more", "in training"},
          ofPairs(part, which,
                  [&](std::size_t p) {
                    return nearest[p].isInTraining ? 4U : binOf(nearest[p].identity, kStarts);
                  }),
          {}};
}

Binning speciesBins(const PartScores& part) {
  Binning bins{Trait::Species, Which::Both, "organism of both proteins", {}, {}, {}};
  std::map<std::string, std::size_t> pairsOf;
  const auto organism = [&](std::int64_t protein) -> const std::string& {
    return part.proteins[static_cast<std::size_t>(protein)].organism;
  };
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (!organism(part.a[i]).empty() && organism(part.a[i]) == organism(part.b[i])) {
      ++pairsOf[organism(part.a[i])];
    }
  }
  std::vector<std::pair<std::size_t, std::string>> common;
  common.reserve(pairsOf.size());
  for (const auto& [name, pairs] : pairsOf) {
    common.emplace_back(pairs, name);
  }
  std::stable_sort(common.begin(), common.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  std::map<std::string, std::uint32_t> binOfName;
  for (std::size_t i = 0; i < common.size(); ++i) {
    binOfName[common[i].second] = static_cast<std::uint32_t>(std::min(i, kNamedSpecies));
    if (i < kNamedSpecies) {
      bins.names.push_back(common[i].second);
    }
  }
  if (common.size() > kNamedSpecies) {
    bins.names.emplace_back("other organisms");
  }
  const auto two = static_cast<std::uint32_t>(bins.names.size());
  bins.names.emplace_back("two organisms");
  bins.none = "an organism that is not known";
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto& a = organism(part.a[i]);
    const auto& b = organism(part.b[i]);
    bins.ofPair.push_back(a.empty() || b.empty() ? Binning::kNone : a == b ? binOfName.at(a) : two);
  }
  return bins;
}

Binning compartmentBins(store::Database& database, const PartScores& part) {
  store::AnnotationRepository repository(database);
  std::vector<data::ProteinKey> keys;
  for (const auto& protein : part.proteins) {
    keys.push_back(protein.key);
  }
  const auto graph = repository.graph();
  std::vector<data::Compartments> compartments;
  for (const auto& annotations : repository.load(keys)) {
    compartments.push_back(data::compartmentsOf(annotations, graph));
  }
  Binning bins{Trait::Compartment,
               Which::Both,
               "compartments of the cell",
               {"have one in common", "have none in common"},
               {},
               "a protein whose compartments are not known"};
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto a = compartments[static_cast<std::size_t>(part.a[i])];
    const auto b = compartments[static_cast<std::size_t>(part.b[i])];
    bins.ofPair.push_back(a == 0 || b == 0 ? Binning::kNone : data::areApart(a, b) ? 1U : 0U);
  }
  return bins;
}

}  // namespace twofold::errors
