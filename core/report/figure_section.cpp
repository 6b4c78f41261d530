#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/metrics/calibration.h"
#include "core/metrics/ranking.h"
#include "core/report/sections.h"
#include "core/report/words.h"

namespace twofold::report {

namespace {

using Points = std::vector<std::pair<double, double>>;
using CurveOf = std::vector<metrics::CurvePoint> (*)(std::span<const float>,
                                                     std::span<const std::int8_t>);

constexpr std::size_t kMostRows = 30;  // of the plot of intervals
constexpr int kFirstControl = 5;       // colours behind those of models

/// Without the points that nobody would see apart.
Points thinned(const std::vector<metrics::CurvePoint>& curve) {
  constexpr double kApart = 0.003;
  Points points;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const auto& point = curve[i];
    if (i == 0 || i + 1 == curve.size() || std::abs(point.x - points.back().first) > kApart ||
        std::abs(point.y - points.back().second) > kApart) {
      points.emplace_back(point.x, point.y);
    }
  }
  return points;
}

double shownMetric(const ExperimentFacts& facts, const ReportedRun& run,
                   const std::string& metric) {
  const auto part = run.record.parts.find(std::string(data::name(facts.shown)));
  return part == run.record.parts.end() ? std::nan("") : metricOf(part->second, metric);
}

void addCurves(Figure& figure, const ExperimentFacts& facts, const std::string& metric,
               CurveOf curveOf) {
  const auto add = [&](const ReportedRun& run, const ScoredPart& scores, const std::string& name,
                       int colour) {
    if (!scores.labels.empty()) {
      figure.lines.push_back(
          {fmt::format("{}, {}", name, numberText(shownMetric(facts, run, metric))),
           thinned(curveOf(scores.probabilities, scores.labels)), colour, colour >= kFirstControl});
    }
  };
  for (std::size_t i = 0; i < facts.modelScores.size(); ++i) {
    add(facts.models[i], facts.modelScores[i], facts.models[i].record.id, static_cast<int>(i));
  }
  for (std::size_t i = 0; i < facts.controlScores.size(); ++i) {
    add(facts.controls[i], facts.controlScores[i], facts.controls[i].control,
        kFirstControl + static_cast<int>(i));
  }
}

std::string nText(const ExperimentFacts& facts) {
  if (!facts.hasPairs()) {
    return std::string(data::name(facts.shown));
  }
  return fmt::format("{} ({} pairs)", data::name(facts.shown),
                     countText(facts.size(facts.shown).pairs));
}

Figure precisionRecall(const ExperimentFacts& facts) {
  const auto& size = facts.size(facts.shown);
  const double chance =
      size.pairs == 0 ? 0 : static_cast<double>(size.positives) / static_cast<double>(size.pairs);
  Figure figure{
      "Precision and recall on " + nText(facts) + ", with AUPRC",
      {"recall"},
      {"precision"},
      {{fmt::format("chance, {}", numberText(chance)), {{0, chance}, {1, chance}}, kMuted, true}}};
  addCurves(figure, facts, "auprc", metrics::precisionRecallCurve);
  return figure;
}

Figure roc(const ExperimentFacts& facts) {
  Figure figure{"ROC on " + nText(facts) + ", with AUROC",
                {"false positive rate"},
                {"true positive rate"},
                {{"chance, 0.500", {{0, 0}, {1, 1}}, kMuted, true}}};
  addCurves(figure, facts, "auroc", metrics::rocCurve);
  return figure;
}

/// Mean probability and share of positives of each bin that has pairs.
Points reliabilityOf(const ScoredPart& scores) {
  struct Bin {
    double probability = 0;
    double positives = 0;
    double pairs = 0;
  };
  std::array<Bin, metrics::kCalibrationBins> bins;
  for (std::size_t i = 0; i < scores.labels.size(); ++i) {
    auto& bin = bins[static_cast<std::size_t>(metrics::calibrationBin(scores.probabilities[i]))];
    bin.probability += static_cast<double>(scores.probabilities[i]);
    bin.positives += scores.labels[i];
    bin.pairs += 1;
  }
  Points points;
  for (const auto& bin : bins) {
    if (bin.pairs > 0) {
      points.emplace_back(bin.probability / bin.pairs, bin.positives / bin.pairs);
    }
  }
  return points;
}

/// Ranks put pairs in order and say nothing of how likely one is.
bool hasRanks(const ReportedRun& run) {
  return run.spec.imported && run.spec.imported->scale == "rank";
}

/// Without those whose scores are ranks.
Figure reliability(const ExperimentFacts& facts) {
  Figure figure{fmt::format("Reliability on {}, {} bins", nText(facts), metrics::kCalibrationBins),
                {"mean probability"},
                {"share that interacts"},
                {{"to be taken at its word", {{0, 0}, {1, 1}}, kMuted, true}}};
  for (std::size_t i = 0; i < facts.modelScores.size(); ++i) {
    if (!facts.modelScores[i].labels.empty() && !hasRanks(facts.models[i])) {
      figure.lines.push_back({fmt::format("{}, calibration error {}", facts.models[i].record.id,
                                          numberText(shownMetric(facts, facts.models[i], "ece"))),
                              reliabilityOf(facts.modelScores[i]), static_cast<int>(i), false,
                              true});
    }
  }
  return figure;
}

Axis around(std::string title, const std::vector<double>& values) {
  double low = *std::min_element(values.begin(), values.end());
  double high = *std::max_element(values.begin(), values.end());
  const double room = std::max(0.05 * (high - low), 0.005);
  return {std::move(title), low - room, high + room};
}

Figure trainingCurves(const ExperimentFacts& facts) {
  Figure figure{"Loss over the epochs of training", {"epoch"}, {"log loss"}, {}};
  std::vector<double> epochs;
  std::vector<double> losses;
  for (std::size_t i = 0; i < facts.series.size(); ++i) {
    for (const auto& series : facts.series[i]) {
      const bool isTraining = series.part == "train";
      if (series.metric != "loss" || (!isTraining && series.part != "validation")) {
        continue;
      }
      Line line{fmt::format("{}, {}", facts.models[i].record.id, series.part),
                {},
                static_cast<int>(i),
                isTraining,
                series.steps.size() < 2};
      for (std::size_t s = 0; s < series.steps.size(); ++s) {
        if (std::isfinite(series.values[s])) {
          line.points.emplace_back(static_cast<double>(series.steps[s]), series.values[s]);
          epochs.push_back(line.points.back().first);
          losses.push_back(line.points.back().second);
        }
      }
      if (!line.points.empty()) {
        figure.lines.push_back(std::move(line));
      }
    }
  }
  if (!losses.empty()) {
    figure.x = {"epoch", *std::min_element(epochs.begin(), epochs.end()),
                std::max(*std::max_element(epochs.begin(), epochs.end()), epochs.front() + 1)};
    figure.y = around("log loss", losses);
  }
  return figure;
}

/// One row a run: its AUPRC as a dot, the 95 % interval as a line through it.
Figure intervals(const ExperimentFacts& facts) {
  Figure figure{"AUPRC with 95 % intervals on " + nText(facts), {"AUPRC"}, {}, {}};
  std::vector<double> seen;
  const auto add = [&](const ReportedRun& run, const std::string& name, int colour) {
    const double value = shownMetric(facts, run, "auprc");
    if (std::isnan(value) || figure.rows.size() == kMostRows) {
      return;
    }
    const auto height = static_cast<double>(figure.rows.size());
    figure.rows.push_back(name);
    const auto& part = run.record.parts.at(std::string(data::name(facts.shown)));
    if (const auto interval = part.intervals.find("auprc"); interval != part.intervals.end()) {
      figure.lines.push_back(
          {"", {{interval->second.low, height}, {interval->second.high, height}}, colour});
      seen.insert(seen.end(), {interval->second.low, interval->second.high});
    }
    figure.lines.push_back({"", {{value, height}}, colour, false, true, false});
    seen.push_back(value);
  };
  for (const auto& run : facts.models) {
    add(run, fmt::format("{} {}", run.record.id, recipeText(run.spec)), 0);
  }
  for (const auto& run : facts.controls) {
    add(run, fmt::format("{} {}", run.record.id, run.control), kFirstControl);
  }
  const auto& size = facts.size(facts.shown);
  if (!figure.rows.empty() && size.pairs > 0) {
    const double chance = static_cast<double>(size.positives) / static_cast<double>(size.pairs);
    figure.lines.insert(
        figure.lines.begin(),
        Line{fmt::format("chance, {}", numberText(chance)),
             {{chance, -0.5}, {chance, static_cast<double>(figure.rows.size()) - 0.5}},
             kMuted,
             true});
    seen.push_back(chance);
    figure.x = around("AUPRC", seen);
  }
  return figure;
}

}  // namespace

Blocks figureSection(const ExperimentFacts& facts) {
  Blocks blocks = {Heading{"Figures"}};
  if (auto forest = intervals(facts); !forest.rows.empty()) {
    blocks.push_back(Figures{{std::move(forest)}});
  }
  const bool hasScores = std::any_of(facts.modelScores.begin(), facts.modelScores.end(),
                                     [](const ScoredPart& part) { return !part.labels.empty(); });
  if (hasScores) {
    blocks.push_back(Figures{{precisionRecall(facts), roc(facts)}});
    std::vector<Figure> pair;
    if (auto bins = reliability(facts); bins.lines.size() > 1) {  // the first is the diagonal
      pair.push_back(std::move(bins));
    }
    if (auto curves = trainingCurves(facts); !curves.lines.empty()) {
      pair.push_back(std::move(curves));
    }
    if (!pair.empty()) {
      blocks.push_back(Figures{std::move(pair)});
    }
    if (std::any_of(facts.models.begin(), facts.models.end(), hasRanks)) {
      blocks.push_back(Paragraph{
          "Imported scores that are ranks have no reliability: they are no probabilities."});
    }
  } else {
    blocks.push_back(Paragraph{"No run kept its probabilities, so there are no curves."});
  }
  return blocks;
}

}  // namespace twofold::report
