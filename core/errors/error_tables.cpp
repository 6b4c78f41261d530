#include "core/errors/error_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/errors/cell.h"

namespace twofold::errors {

namespace {

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

std::string withInterval(const metrics::Estimate& estimate) {
  return estimate.interval ? fmt::format("{}\t{}\t{}", number(estimate.value),
                                         estimate.interval->low, estimate.interval->high)
                           : number(estimate.value) + "\t\t";
}

}  // namespace

std::vector<std::uint32_t> mostWrongFirst(const PartScores& part, double threshold) {
  std::vector<double> how(part.size());
  for (std::size_t i = 0; i < how.size(); ++i) {
    how[i] = wrongness(part.labels[i] != 0, static_cast<double>(part.scores[i]), threshold);
  }
  std::vector<std::uint32_t> rows(part.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::uint32_t x, std::uint32_t y) { return how[x] > how[y]; });
  return rows;
}

std::string pairsTsv(const PartScores& part, double threshold,
                     std::span<const std::uint32_t> rows) {
  std::string text = "protein_a\tprotein_b\tlabel\tscore\tcell\n";
  for (const auto i : rows) {
    const bool label = part.labels[i] != 0;
    text +=
        fmt::format("{}\t{}\t{:d}\t{}\t{}\n", part.proteins[static_cast<std::size_t>(part.a[i])].id,
                    part.proteins[static_cast<std::size_t>(part.b[i])].id, label, part.scores[i],
                    name(cellOf(label, static_cast<double>(part.scores[i]) >= threshold)));
  }
  return text;
}

std::string proteinsTsv(const PartScores& part, const ProteinErrorList& list,
                        std::span<const NearestInTraining> nearest) {
  std::string text =
      "protein\tpairs\twrong\terror_rate\tlow\thigh\texpected_wrong\tabove\ttrue_positives\t"
      "false_positives\ttrue_negatives\tfalse_negatives\tmcc\tlength\ttraining_pairs";
  text += nearest.empty() ? "\n" : "\tin_training\tidentity_to_training\n";
  for (const auto& own : list.proteins) {
    const auto& protein = part.proteins[own.protein];
    const auto& at = own.counts;
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:d}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", protein.id,
                        own.pairs, own.wrong, own.errorRate(), own.rate.low, own.rate.high,
                        own.expected, own.isAbove, at.truePositives, at.falsePositives,
                        at.trueNegatives, at.falseNegatives, number(own.mcc), protein.length,
                        part.hasTraining ? std::to_string(protein.trainingPairs) : "");
    if (!nearest.empty()) {
      text += fmt::format("\t{:d}\t{}", nearest[own.protein].isInTraining,
                          nearest[own.protein].identity);
    }
    text += "\n";
  }
  return text;
}

std::string strataTsv(std::span<const Strata> all) {
  std::string text =
      "by\tof\tbin\tpairs\tpositives\twrong\terror_rate\terror_low\terror_high\tprecision\t"
      "precision_low\tprecision_high\trecall\trecall_low\trecall_high\tmcc\tmcc_low\tmcc_high\t"
      "difference\tdifference_low\tdifference_high\tp\tp_holm\n";
  for (const auto& strata : all) {
    for (const auto& bin : strata.bins) {
      text += fmt::format(
          "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", name(strata.trait),
          name(strata.which), bin.name, bin.pairs, bin.positives, bin.wrong,
          withInterval(bin.errorRate), withInterval(bin.precision), withInterval(bin.recall),
          withInterval(bin.mcc), withInterval(bin.difference), number(bin.p), number(bin.holm));
    }
  }
  return text;
}

std::string coverageTsv(const metrics::SelectiveCurve& curve, std::size_t pairs) {
  std::string text = "coverage\taccuracy\tpairs\n";
  for (const auto& point : curve.points) {
    text += fmt::format("{}\t{}\t{}\n", point.coverage, point.accuracy,
                        std::llround(point.coverage * static_cast<double>(pairs)));
  }
  return text;
}

}  // namespace twofold::errors
