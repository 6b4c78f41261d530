#include "core/audit/cheat_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

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

using Counts = std::function<bool(std::size_t)>;  // whether a pair, by its index, is learned from

/// Shrunk towards `share` by one pair, so never infinite: with a share of 0 or 1 nothing is
/// learned.
double logOdds(double positive, double negative, double share) {
  return std::log((positive + share) / (negative + 1 - share));
}

/// Of the labelled pairs that count; NaN for none.
double shareOfPositives(const Subject& subject, const Counts& counts) {
  double positives = 0;
  double all = 0;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    if (isLabelled(subject, i) && counts(i)) {
      all += 1;
      positives += subject.pair(i).label == data::Label::Positive ? 1 : 0;
    }
  }
  return positives / all;
}

PairScore degreeScore(const Subject& subject, const Counts& counts) {
  const double share = shareOfPositives(subject, counts);
  std::vector<float> odds;
  for (const auto& [positive, negative] : degreesOf(subject, counts)) {
    odds.push_back(static_cast<float>(
        logOdds(static_cast<double>(positive), static_cast<double>(negative), share)));
  }
  return [&subject, odds](std::size_t i) {
    const auto [a, b] = subject.sides(i);
    return odds[a] + odds[b];
  };
}

/// Lengths in ten classes of as many proteins of pairs each; a pair is one of 55 cells.
class LengthCells {
 public:
  LengthCells(const Subject& subject, const Counts& counts) {
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < subject.size(); ++i) {
      if (isLabelled(subject, i) && counts(i)) {
        const auto [a, b] = subject.sides(i);
        lengths.push_back(lengthOf(subject, a));
        lengths.push_back(lengthOf(subject, b));
      }
    }
    std::sort(lengths.begin(), lengths.end());
    for (std::size_t i = 0; i + 1 < kClasses && !lengths.empty(); ++i) {
      m_bounds.at(i) = lengths[lengths.size() * (i + 1) / kClasses];
    }
  }

  static constexpr std::size_t kClasses = 10;

  [[nodiscard]] std::size_t cellOf(const Subject& subject, std::size_t i) const {
    const auto [a, b] = subject.sides(i);
    const auto first = classOf(lengthOf(subject, a));
    const auto second = classOf(lengthOf(subject, b));
    return std::min(first, second) * kClasses + std::max(first, second);
  }

 private:
  static std::size_t lengthOf(const Subject& subject, std::uint32_t protein) {
    return subject.proteins()[protein].sequence.size();
  }
  [[nodiscard]] std::size_t classOf(std::size_t length) const {
    return static_cast<std::size_t>(std::upper_bound(m_bounds.begin(), m_bounds.end(), length) -
                                    m_bounds.begin());
  }

  std::array<std::size_t, kClasses - 1> m_bounds{};
};

PairScore lengthScore(const Subject& subject, const Counts& counts) {
  const LengthCells cells(subject, counts);
  std::vector<double> positive(LengthCells::kClasses * LengthCells::kClasses, 0);
  auto negative = positive;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    if (isLabelled(subject, i) && counts(i)) {
      (subject.pair(i).label == data::Label::Positive ? positive
                                                      : negative)[cells.cellOf(subject, i)] += 1;
    }
  }
  const double share = shareOfPositives(subject, counts);
  std::vector<float> odds;
  for (std::size_t cell = 0; cell < positive.size(); ++cell) {
    odds.push_back(static_cast<float>(logOdds(positive[cell], negative[cell], share)));
  }
  return [&subject, cells, odds](std::size_t i) { return odds[cells.cellOf(subject, i)]; };
}

/// Which of the five folds a pair is in; the same for the same two proteins, so that a repeated
/// pair does not tell its copy.
std::uint64_t foldOf(const data::Pair& pair) {
  const auto [low, high] = std::minmax(pair.a, pair.b);
  return derivedSeed(static_cast<std::uint64_t>(low), kFoldPurpose,
                     static_cast<std::uint64_t>(high)) %
         kFolds;
}

using Learner = PairScore (*)(const Subject& subject, const Counts& counts);

/// Each evaluated part by what training says; without a split every fold by the other four.
void addScores(Finding& finding, const Subject& subject, Learner learn) {
  if (subject.hasSplit()) {
    const auto score =
        learn(subject, [&](std::size_t i) { return subject.part(i) == data::Part::Train; });
    for (const auto part : subject.evaluatedParts()) {
      add(finding, measured(subject, part, score));
    }
    return;
  }
  std::vector<PairScore> scores;
  for (std::uint64_t fold = 0; fold < kFolds; ++fold) {
    scores.push_back(
        learn(subject, [&](std::size_t i) { return foldOf(subject.pair(i)) != fold; }));
  }
  add(finding, measured(subject, data::Part::None,
                        [&](std::size_t i) { return scores[foldOf(subject.pair(i))](i); }));
  finding.what += ", over five folds";
}

data::Part learnedFrom(const Subject& subject) {
  return subject.hasSplit() ? data::Part::Train : data::Part::None;
}

/// Why nothing can be learned; empty when something can.
std::string nothingToLearn(const Subject& subject) {
  const auto part = learnedFrom(subject);
  const double share =
      shareOfPositives(subject, [&](std::size_t i) { return subject.part(i) == part; });
  return share > 0 && share < 1 ? ""
                                : fmt::format("{} has labels of one kind or none.", partText(part));
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
  if (auto reason = nothingToLearn(subject); !reason.empty()) {
    return skipped(Kind::DegreeCheat, std::move(reason));
  }
  Finding finding{Kind::DegreeCheat};
  addScores(finding, subject, degreeScore);
  finding.what = "How often proteins stand in training pairs alone gives " + finding.what + ".";
  finding.cure = finding.count == 0
                     ? ""
                     : "Draw negatives that keep each protein's degree, or cut by proteins; always "
                       "report this score beside a model's.";
  return finding;
}

Finding findLengthImbalance(const Subject& subject) {
  if (auto reason = nothingToLearn(subject); !reason.empty()) {
    return skipped(Kind::LengthImbalance, std::move(reason));
  }
  Finding finding{Kind::LengthImbalance};
  addScores(finding, subject, lengthScore);
  const auto part = learnedFrom(subject);
  const double positive = medianLength(subject, part, data::Label::Positive);
  const double negative = medianLength(subject, part, data::Label::Negative);
  finding.numbers.emplace_back("median_of_positives", positive);
  finding.numbers.emplace_back("median_of_negatives", negative);
  finding.what = fmt::format(
      "The lengths of the two proteins alone give {}. Median residues of a pair in {}: {} of "
      "positives, {} of negatives.",
      finding.what, partText(part), positive, negative);
  finding.cure = finding.count == 0 ? ""
                                    : "Draw negatives of like lengths, and train the run on "
                                      "composition alone beside the model.";
  return finding;
}

}  // namespace twofold::audit
