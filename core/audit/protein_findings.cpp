#include "core/audit/protein_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/audit/degrees.h"
#include "core/audit/limits.h"

namespace twofold::audit {

namespace {

/// What one part has of proteins with one label.
struct OneLabel {
  std::vector<std::uint32_t> proteins;
  double expected = 0;  // were the part's labels dealt out at random
  double variance = 0;
  std::int64_t touched = 0;   // pairs with such a protein
  std::int64_t unlikely = 0;  // pairs with one that has too many pairs for an accident
  std::int64_t pairs = 0;     // labelled

  /// More than chance makes, by a normal approximation.
  [[nodiscard]] bool isMoreThanChance() const {
    return static_cast<double>(proteins.size()) > expected + kStandardErrors * std::sqrt(variance);
  }
};

/// Below this chance, over all proteins of the part, one label is no accident.
constexpr double kAccident = 0.05;

bool hasOnly(data::Label label, const Degree& degree) {
  return label == data::Label::Positive ? degree.positive > 0 && degree.negative == 0
                                        : degree.negative > 0 && degree.positive == 0;
}

/// Of the part's labelled pairs.
double shareOf(const Subject& subject, data::Part part, data::Label label) {
  std::int64_t all = 0;
  std::int64_t of = 0;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    if (subject.part(i) == part && subject.pair(i).label != data::Label::Unknown) {
      ++all;
      of += subject.pair(i).label == label ? 1 : 0;
    }
  }
  return all == 0 ? 0 : static_cast<double>(of) / static_cast<double>(all);
}

OneLabel oneLabelIn(const Subject& subject, data::Part part, data::Label label,
                    std::span<const Degree> degrees) {
  OneLabel found;
  const double share = shareOf(subject, part, label);
  const auto inPart =
      static_cast<double>(std::count_if(degrees.begin(), degrees.end(), [](const Degree& degree) {
        return degree.positive + degree.negative > 0;
      }));
  std::vector<bool> is(degrees.size(), false);
  std::vector<bool> isUnlikely(degrees.size(), false);
  for (std::uint32_t i = 0; i < degrees.size(); ++i) {
    const auto pairs = static_cast<double>(degrees[i].positive + degrees[i].negative);
    const double chance = pairs == 0 ? 0 : std::pow(share, pairs);
    found.expected += chance;
    found.variance += chance * (1 - chance);
    is[i] = hasOnly(label, degrees[i]);
    isUnlikely[i] = is[i] && chance * inPart < kAccident;
    if (is[i]) {
      found.proteins.push_back(i);
    }
  }
  for (std::size_t i = 0; i < subject.size(); ++i) {
    if (subject.part(i) == part && subject.pair(i).label != data::Label::Unknown) {
      const auto [a, b] = subject.sides(i);
      ++found.pairs;
      found.touched += is[a] || is[b] ? 1 : 0;
      found.unlikely += isUnlikely[a] || isUnlikely[b] ? 1 : 0;
    }
  }
  return found;
}

Severity severityIn(const OneLabel& found) {
  return severityOf(found.isMoreThanChance() ? found.touched : found.unlikely, found.pairs);
}

void addPart(Finding& finding, const Subject& subject, data::Part part, data::Label label) {
  const auto degrees = degreesOf(subject, [&](std::size_t i) { return subject.part(i) == part; });
  const auto found = oneLabelIn(subject, part, label, degrees);
  const std::string prefix = part == data::Part::None ? "" : fmt::format("{}_", data::name(part));
  const auto count = static_cast<std::int64_t>(found.proteins.size());
  finding.count += count;
  finding.numbers.emplace_back(prefix + "proteins", static_cast<double>(count));
  finding.numbers.emplace_back(prefix + "expected_by_chance", found.expected);
  finding.numbers.emplace_back(prefix + "pairs_touched", static_cast<double>(found.touched));
  finding.severity = std::max(finding.severity, severityIn(found));
  finding.what += fmt::format(
      "{}{}: {} ({:.0f} expected by chance), in {}", finding.what.empty() ? "" : "; ",
      partText(part), countOf(count, "protein"), found.expected, countOf(found.touched, "pair"));
  for (const auto protein : found.proteins) {
    const auto& [positive, negative] = degrees[protein];
    finding.rows.push_back(
        {part, Row::kNone, Row::kNone, subject.proteins()[protein].key, 0,
         label == data::Label::Positive
             ? fmt::format("{}, no negative one", countOf(positive, "positive pair"))
             : fmt::format("{}, no positive one", countOf(negative, "negative pair"))});
  }
}

}  // namespace

Finding findSharedProteins(const Subject& subject) {
  if (!subject.hasSplit()) {
    return skipped(Kind::SharedProtein,
                   "A set without a split has no parts that could share something: name a split.");
  }
  Finding finding{Kind::SharedProtein};
  const auto trained = subject.proteinsIn(data::Part::Train);
  std::vector<std::int64_t> evaluated(trained.size(), 0);
  std::vector<std::int64_t> training(trained.size(), 0);
  std::array<std::int64_t, 3> pairsBySharedProteins{};
  std::int64_t pairs = 0;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    const auto [a, b] = subject.sides(i);
    if (subject.isEvaluated(i)) {
      ++pairs;
      ++pairsBySharedProteins.at((trained[a] ? 1U : 0U) + (trained[b] ? 1U : 0U));
      ++evaluated[a];
      ++evaluated[b];
    } else if (subject.part(i) == data::Part::Train) {
      ++training[a];
      ++training[b];
    }
  }
  std::int64_t proteins = 0;
  for (std::size_t i = 0; i < trained.size(); ++i) {
    proteins += evaluated[i] > 0 ? 1 : 0;
    if (trained[i] && evaluated[i] > 0) {
      finding.rows.push_back({data::Part::None, Row::kNone, Row::kNone, subject.proteins()[i].key,
                              0,
                              fmt::format("{} and {}", countOf(training[i], "training pair"),
                                          countOf(evaluated[i], "evaluated pair"))});
    }
  }
  for (std::uint32_t i = 0; i < subject.size(); ++i) {
    const auto [a, b] = subject.sides(i);
    if (subject.part(i) == data::Part::Train && (evaluated[a] > 0 || evaluated[b] > 0)) {
      finding.leaving.push_back(i);
    }
  }
  finding.count = static_cast<std::int64_t>(finding.rows.size());
  const auto [none, one, both] = pairsBySharedProteins;
  finding.severity = severityOf(one + both, pairs);
  finding.numbers = {{"evaluated_proteins", static_cast<double>(proteins)},
                     {"pairs_with_both", static_cast<double>(both)},
                     {"pairs_with_one", static_cast<double>(one)},
                     {"pairs_with_none", static_cast<double>(none)}};
  finding.what = fmt::format(
      "{} of {} in validation or test also in training; evaluated pairs with both known there "
      "(C1): {}, with one (C2): {}, with none (C3): {}.",
      countOf(finding.count, "protein"), proteins, both, one, none);
  finding.cure = finding.count == 0
                     ? ""
                     : "Leave their pairs out of training, or cut by proteins: a model may know "
                       "these proteins instead of what makes proteins interact.";
  return finding;
}

Finding findOneLabelProteins(const Subject& subject, Kind kind) {
  Finding finding{kind};
  const auto label = kind == Kind::PositiveOnly ? data::Label::Positive : data::Label::Negative;
  for (const auto part : subject.parts()) {
    addPart(finding, subject, part, label);
  }
  finding.what += ".";
  finding.cure =
      finding.severity == Severity::Ok
          ? ""
          : "Draw negatives so that each protein keeps its degree in both labels; leaving pairs "
            "out would only make others one-sided.";
  return finding;
}

}  // namespace twofold::audit
