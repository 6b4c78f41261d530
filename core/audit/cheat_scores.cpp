#include "core/audit/cheat_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/audit/degrees.h"
#include "core/audit/limits.h"
#include "core/base/random.h"
#include "core/metrics/ranking.h"

namespace twofold::audit {

namespace {

constexpr std::uint64_t kFolds = 5;
constexpr std::uint64_t kFoldPurpose = 0x61756469;  // of the seed

using PairScore = std::function<float(std::size_t)>;

bool isLabelled(const Subject& subject, std::size_t i) {
  return subject.pair(i).label != data::Label::Unknown;
}

CheatScore measured(const Subject& subject, data::Part part, const PairScore& score) {
  std::vector<float> scores;
  std::vector<std::int8_t> labels;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    if (subject.part(i) == part && isLabelled(subject, i)) {
      scores.push_back(score(i));
      labels.push_back(subject.pair(i).label == data::Label::Positive ? 1 : 0);
    }
  }
  return measureCheat(part, scores, labels);
}

void add(Finding& finding, const CheatScore& score) {
  const std::string prefix =
      score.part == data::Part::None ? "" : fmt::format("{}_", data::name(score.part));
  finding.numbers.emplace_back(prefix + "auprc", score.auprc);
  finding.numbers.emplace_back(prefix + "baseline", score.baseline);
  finding.numbers.emplace_back(prefix + "auroc", score.auroc);
  finding.severity = std::max(finding.severity, score.severity());
  finding.count += score.severity() == Severity::Ok ? 0 : 1;
  const auto text =
      score.pairs == 0 || std::isnan(score.auroc)
          ? fmt::format("{}: one class only", partText(score.part))
          : fmt::format("{}: AUPRC {:.3f} (baseline {:.3f}), AUROC {:.3f}", partText(score.part),
                        score.auprc, score.baseline, score.auroc);
  finding.what += (finding.what.empty() ? "" : "; ") + text;
}

double shareOfPositives(const Subject& subject, data::Part part) {
  double positives = 0;
  double all = 0;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    if (subject.part(i) == part && isLabelled(subject, i)) {
      all += 1;
      positives += subject.pair(i).label == data::Label::Positive ? 1 : 0;
    }
  }
  return all == 0 ? 0 : positives / all;
}

/// Never infinite: a share of 0 or 1 is measured by nothing anyway, see measureCheat().
double logOdds(const Degree& degree, double share) {
  return std::log((static_cast<double>(degree.positive) + share) /
                  (static_cast<double>(degree.negative) + 1 - share));
}

float degreeScore(const Subject& subject, std::size_t i, const std::vector<Degree>& degrees,
                  double share) {
  const auto [a, b] = subject.sides(i);
  return static_cast<float>(logOdds(degrees[a], share) + logOdds(degrees[b], share));
}

/// Which of the five folds a pair is in; the same for the same two proteins, so that a repeated
/// pair does not tell its copy.
std::uint64_t foldOf(const data::Pair& pair) {
  const auto [low, high] = std::minmax(pair.a, pair.b);
  return derivedSeed(static_cast<std::uint64_t>(low), kFoldPurpose,
                     static_cast<std::uint64_t>(high)) %
         kFolds;
}

CheatScore crossValidated(const Subject& subject, double share) {
  std::vector<std::vector<Degree>> degrees;
  for (std::uint64_t fold = 0; fold < kFolds; ++fold) {
    degrees.push_back(
        degreesOf(subject, [&](std::size_t i) { return foldOf(subject.pair(i)) != fold; }));
  }
  return measured(subject, data::Part::None, [&](std::size_t i) {
    return degreeScore(subject, i, degrees[foldOf(subject.pair(i))], share);
  });
}

float lengthScore(const Subject& subject, std::size_t i) {
  const auto [a, b] = subject.sides(i);
  const auto& proteins = subject.proteins();
  return static_cast<float>(std::log(1.0 + static_cast<double>(proteins[a].sequence.size())) +
                            std::log(1.0 + static_cast<double>(proteins[b].sequence.size())));
}

/// Of the sum of both lengths, over pairs of that label; 0 for none.
double medianLength(const Subject& subject, data::Part part, data::Label label) {
  std::vector<std::size_t> lengths;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    if (subject.part(i) == part && subject.pair(i).label == label) {
      const auto [a, b] = subject.sides(i);
      lengths.push_back(subject.proteins()[a].sequence.size() +
                        subject.proteins()[b].sequence.size());
    }
  }
  if (lengths.empty()) {
    return 0;
  }
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return static_cast<double>(*middle);
}

}  // namespace

Severity CheatScore::severity() const {
  // NaN compares false, so it is ok.
  if (!(auroc - 0.5 > kStandardErrors * error) || auroc < kCheatWarns) {
    return Severity::Ok;
  }
  return auroc >= kCheatIsBad ? Severity::Bad : Severity::Warn;
}

CheatScore measureCheat(data::Part part, std::span<const float> scores,
                        std::span<const std::int8_t> labels) {
  CheatScore score;
  score.part = part;
  score.pairs = static_cast<std::int64_t>(labels.size());
  const auto positives =
      static_cast<double>(std::count(labels.begin(), labels.end(), std::int8_t{1}));
  const auto negatives = static_cast<double>(labels.size()) - positives;
  score.auroc = metrics::auroc(scores, labels);
  score.auprc = metrics::auprc(scores, labels);
  score.baseline = labels.empty() ? 0 : positives / static_cast<double>(labels.size());
  score.error = positives == 0 || negatives == 0
                    ? 0
                    : std::sqrt((positives + negatives + 1) / (12 * positives * negatives));
  return score;
}

Finding findDegreeCheat(const Subject& subject) {
  Finding finding{Kind::DegreeCheat};
  const auto known = subject.hasSplit() ? data::Part::Train : data::Part::None;
  const double share = shareOfPositives(subject, known);
  if (share == 0 || share == 1) {
    return skipped(Kind::DegreeCheat,
                   fmt::format("{} has labels of one kind or none, so degrees tell nothing apart.",
                               partText(known)));
  }
  if (!subject.hasSplit()) {
    add(finding, crossValidated(subject, share));
    finding.what += ", over five folds of the set";
  } else {
    const auto degrees =
        degreesOf(subject, [&](std::size_t i) { return subject.part(i) == data::Part::Train; });
    for (const auto part : subject.evaluatedParts()) {
      add(finding, measured(subject, part, [&](std::size_t i) {
            return degreeScore(subject, i, degrees, share);
          }));
    }
  }
  finding.what = "How often proteins stand in training pairs alone gives " + finding.what + ".";
  finding.cure = finding.count == 0
                     ? ""
                     : "Draw negatives that keep each protein's degree, or cut by proteins; always "
                       "report this score beside a model's.";
  return finding;
}

Finding findLengthImbalance(const Subject& subject) {
  Finding finding{Kind::LengthImbalance};
  const auto known = subject.hasSplit() ? data::Part::Train : data::Part::None;
  const auto learned =
      measured(subject, known, [&](std::size_t i) { return lengthScore(subject, i); });
  if (std::isnan(learned.auroc)) {
    return skipped(Kind::LengthImbalance,
                   fmt::format("{} has labels of one kind or none.", partText(known)));
  }
  const float sign = learned.auroc < 0.5 ? -1 : 1;
  const auto parts = subject.hasSplit() ? subject.evaluatedParts() : subject.parts();
  for (const auto part : parts) {
    add(finding,
        measured(subject, part, [&](std::size_t i) { return sign * lengthScore(subject, i); }));
  }
  const double positive = medianLength(subject, known, data::Label::Positive);
  const double negative = medianLength(subject, known, data::Label::Negative);
  finding.numbers.emplace_back("median_of_positives", positive);
  finding.numbers.emplace_back("median_of_negatives", negative);
  finding.what = fmt::format(
      "The lengths of the two proteins alone give {}. Median residues of a pair in {}: {} of "
      "positives, {} of negatives.",
      finding.what, partText(known), positive, negative);
  finding.cure = finding.count == 0 ? ""
                                    : "Draw negatives of like lengths, and train the run on "
                                      "composition alone beside the model.";
  return finding;
}

}  // namespace twofold::audit
