#include "app/worker/split_report.h"

#include <fmt/format.h>

#include "app/worker/text.h"

namespace twofold::app {

namespace {

using formats::Json;

Json toJson(const data::DegreeDistribution& degrees) {
  Json quantiles = Json::array();
  for (std::size_t i = 0; i < degrees.quantiles.size(); ++i) {
    quantiles.push_back(
        {{"share", data::DegreeDistribution::kShares[i]}, {"degree", degrees.quantiles[i]}});
  }
  Json histogram = Json::array();
  for (const auto& bin : degrees.histogram) {
    histogram.push_back({{"from", bin.from}, {"to", bin.to}, {"proteins", bin.proteins}});
  }
  return {{"quantiles", quantiles}, {"histogram", histogram}};
}

Json toJson(const data::PartSummary& part) {
  return {{"pairs", part.pairs},
          {"positives", part.positives},
          {"negatives", part.negatives},
          {"proteins", part.proteins},
          {"only_positive_proteins", part.onlyPositive},
          {"only_negative_proteins", part.onlyNegative},
          {"degrees", toJson(part.degrees)}};
}

std::vector<std::string> rowOf(std::string name, const data::PartSummary& part) {
  std::vector<std::string> row = {std::move(name),
                                  countText(part.pairs),
                                  countText(part.positives),
                                  countText(part.negatives),
                                  countText(part.proteins),
                                  countText(part.onlyPositive),
                                  countText(part.onlyNegative)};
  for (const auto degree : part.degrees.quantiles) {
    row.push_back(countText(degree));
  }
  return row;
}

/// Histograms of all parts side by side; bins that no part has are left out by construction.
std::string histogramText(const data::SplitSummary& summary) {
  std::vector<std::vector<std::string>> rows = {{"pairs a protein", "train", "validation", "test"}};
  std::size_t longest = 0;
  for (const auto& part : summary.parts) {
    longest = std::max(longest, part.degrees.histogram.size());
  }
  for (std::size_t bin = 0; bin < longest; ++bin) {
    const std::int64_t from = std::int64_t{1} << bin;
    rows.push_back(
        {bin == 0 ? "1" : fmt::format("{} to {}", countText(from), countText(2 * from - 1))});
    for (const auto& part : summary.parts) {
      const auto& histogram = part.degrees.histogram;
      rows.back().push_back(countText(bin < histogram.size() ? histogram[bin].proteins : 0));
    }
  }
  return tableText(rows);
}

}  // namespace

Json reportOf(const imports::PlannedSplit& planned) {
  const auto& summary = planned.summary;
  Json parts;
  for (const data::Part part : data::kParts) {
    parts[std::string(data::name(part))] = toJson(summary.parts[static_cast<std::size_t>(part)]);
  }
  return {{"split", planned.name},
          {"rule", planned.cut.split.rule},
          {"hash", planned.cut.split.hash()},
          {"parts", parts},
          {"shared_proteins",
           {{"train_validation", summary.sharedProteins[0]},
            {"train_test", summary.sharedProteins[1]},
            {"validation_test", summary.sharedProteins[2]}}},
          {"dropped", planned.cut.dropped},
          {"notes", planned.cut.notes}};
}

std::string reportText(const imports::PlannedSplit& planned) {
  const auto& summary = planned.summary;
  std::vector<std::vector<std::string>> rows = {{"part", "pairs", "positives", "negatives",
                                                 "proteins", "only +", "only -", "degree: least",
                                                 "25 %", "50 %", "75 %", "90 %", "most"}};
  for (const data::Part part : data::kParts) {
    rows.push_back(
        rowOf(std::string(data::name(part)), summary.parts[static_cast<std::size_t>(part)]));
  }
  std::string text = tableText(rows) + "\n\n" + histogramText(summary);
  text += fmt::format(
      "\n\nProteins of two parts: train and validation {}, train and test {}, "
      "validation and test {}.",
      countText(summary.sharedProteins[0]), countText(summary.sharedProteins[1]),
      countText(summary.sharedProteins[2]));
  for (const auto& [reason, count] : planned.cut.dropped) {
    text += fmt::format("\n{} pairs are in no part: {}.", countText(count), reason);
  }
  for (const auto& note : planned.cut.notes) {
    text += "\n" + note;
  }
  return text;
}

}  // namespace twofold::app
