#include "app/worker/errors_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/worker/results.h"
#include "app/worker/text.h"
#include "core/comparison/comparison_words.h"

namespace twofold::app {

using formats::Json;
using metrics::Estimate;

namespace {

std::string countOf(double value) {
  return countText(std::llround(value));
}

Json json(const Estimate& estimate) {
  Json made = {{"value", numberOrNull(estimate.value)}};
  if (estimate.interval) {
    made["ci"] = {estimate.interval->low, estimate.interval->high};
  }
  return made;
}

Json json(const errors::Rates& rates) {
  return {{"accuracy", json(rates.accuracy)},
          {"precision", json(rates.precision)},
          {"recall", json(rates.recall)},
          {"f1", json(rates.f1)},
          {"mcc", json(rates.mcc)}};
}

Json json(const metrics::Confusion& counts) {
  return {{"true_positives", std::llround(counts.truePositives)},
          {"false_positives", std::llround(counts.falsePositives)},
          {"true_negatives", std::llround(counts.trueNegatives)},
          {"false_negatives", std::llround(counts.falseNegatives)}};
}

Json json(const errors::Strata& strata) {
  Json bins = Json::array();
  for (const auto& bin : strata.bins) {
    bins.push_back({{"name", bin.name},
                    {"pairs", bin.pairs},
                    {"positives", bin.positives},
                    {"wrong", bin.wrong},
                    {"error_rate", json(bin.errorRate)},
                    {"precision", json(bin.precision)},
                    {"recall", json(bin.recall)},
                    {"mcc", json(bin.mcc)},
                    {"difference", json(bin.difference)},
                    {"p", numberOrNull(bin.p)},
                    {"p_holm", numberOrNull(bin.holm)}});
  }
  return {{"by", errors::name(strata.trait)},
          {"of", errors::name(strata.which)},
          {"title", strata.title},
          {"left_out", strata.left},
          {"bins", std::move(bins)}};
}

Json proteinsJson(const ErrorsReport& report) {
  Json list = Json::array();
  for (std::size_t i = 0; i < report.shownProteins; ++i) {
    const auto& own = report.proteins.proteins[i];
    const auto& protein = report.part.proteins[own.protein];
    Json line = {
        {"protein", protein.id},
        {"pairs", own.pairs},
        {"wrong", own.wrong},
        {"expected_wrong", own.expected},
        {"error_rate", {{"value", own.errorRate()}, {"ci", {own.rate.low, own.rate.high}}}},
        {"above", own.isAbove},
        {"counts", json(own.counts)},
        {"mcc", numberOrNull(own.mcc)},
        {"length", protein.length}};
    line["training_pairs"] = report.part.hasTraining ? Json(protein.trainingPairs) : Json(nullptr);
    if (!report.nearest.empty()) {
      line["in_training"] = report.nearest[own.protein].isInTraining;
      line["identity_to_training"] = report.nearest[own.protein].identity;
    }
    list.push_back(std::move(line));
  }
  return list;
}

std::string text(const Estimate& estimate) {
  return estimate.interval
             ? fmt::format("{} [{}, {}]", numberText(estimate.value),
                           numberText(estimate.interval->low), numberText(estimate.interval->high))
             : numberText(estimate.value);
}

std::string headText(const ErrorsReport& report) {
  const auto& counts = report.point.counts;
  return fmt::format(
      "\nRun {} on {} {} pairs, {} of them positive, at threshold {}. {}\n\n{}\n", report.part.run,
      countText(static_cast<std::int64_t>(report.part.size())), data::name(report.part.part),
      countOf(counts.truePositives + counts.falseNegatives), numberText(report.point.threshold),
      report.thresholdFrom,
      tableText({{"", "called +", "called −"},
                 {"labelled +", countOf(counts.truePositives), countOf(counts.falseNegatives)},
                 {"labelled −", countOf(counts.falsePositives), countOf(counts.trueNegatives)}}));
}

std::string ratesText(const ErrorsReport& report) {
  const auto& here = report.point.here;
  const auto& there = report.point.there;
  std::vector<std::vector<std::string>> rows = {{"", "as the pairs are"},
                                                {"accuracy", text(here.accuracy)},
                                                {"precision", text(here.precision)},
                                                {"recall", text(here.recall)},
                                                {"f1", text(here.f1)},
                                                {"mcc", text(here.mcc)}};
  if (report.atPrevalence) {
    rows[0].push_back(fmt::format("with {:g} % positives", 100 * report.point.prevalence));
    rows[1].push_back(text(there.accuracy));
    rows[2].push_back(text(there.precision));
    rows[3].push_back(text(there.recall));
    rows[4].push_back(text(there.f1));
    rows[5].push_back(text(there.mcc));
  }
  auto table = tableText(rows) + "In brackets: 95 % intervals over resampled proteins.\n";
  if (report.atPrevalence && std::isfinite(there.precision.value)) {
    table += fmt::format("There, of 100 pairs called positive about {:.0f} are real.\n",
                         100 * there.precision.value);
  }
  return table;
}

std::string strataText(const errors::Strata& strata) {
  std::vector<std::vector<std::string>> rows = {{strata.title, "pairs", "error rate", "precision",
                                                 "recall", "mcc", "against the rest", "p (Holm)"}};
  for (const auto& bin : strata.bins) {
    auto difference = std::string("–");
    if (std::isfinite(bin.difference.value)) {
      difference = fmt::format("{:+.3f}", bin.difference.value);
      if (bin.difference.interval) {
        difference += fmt::format(" [{:+.3f}, {:+.3f}]", bin.difference.interval->low,
                                  bin.difference.interval->high);
      }
    }
    rows.push_back({bin.name, countText(bin.pairs), text(bin.errorRate), text(bin.precision),
                    text(bin.recall), text(bin.mcc), difference, comparison::pText(bin.holm)});
  }
  auto table = "\n" + tableText(rows);
  if (strata.left > 0) {
    table += fmt::format("{} pairs with {} are left out.\n", countText(strata.left), strata.none);
  }
  return table;
}

std::string proteinsText(const ErrorsReport& report) {
  std::vector<std::vector<std::string>> rows = {
      {"protein", "pairs", "wrong", "expected", "error rate", "mcc", "length", "training pairs"}};
  if (!report.nearest.empty()) {
    rows[0].emplace_back("identity to training");
  }
  for (std::size_t i = 0; i < report.shownProteins; ++i) {
    const auto& own = report.proteins.proteins[i];
    const auto& protein = report.part.proteins[own.protein];
    rows.push_back({plainLine(protein.id), countText(own.pairs), countText(own.wrong),
                    fmt::format("{:.1f}", own.expected), text({own.errorRate(), own.rate}),
                    numberText(own.mcc), countText(protein.length),
                    report.part.hasTraining ? countText(protein.trainingPairs) : "–"});
    if (!report.nearest.empty()) {
      const auto& nearest = report.nearest[own.protein];
      rows.back().push_back(nearest.isInTraining   ? "in training"
                            : nearest.identity > 0 ? numberText(nearest.identity)
                                                   : "none found");
    }
  }
  return fmt::format(
      "\nProteins by the lower end of their error rate's interval (Wilson), so that one wrong pair "
      "of one does not lead:\n{}On {} of {} proteins the run errs more often than on all pairs "
      "({}), with "
      "an interval wholly above; by accident alone it would be on about {:.0f}.\n",
      tableText(rows), countText(report.proteins.above),
      countText(static_cast<std::int64_t>(report.proteins.proteins.size())),
      numberText(report.proteins.errorRate), report.proteins.aboveByChance);
}

}  // namespace

Json toJson(const ErrorsReport& report) {
  const auto& point = report.point;
  Json body = {{"part", data::name(report.part.part)},
               {"pairs", report.part.size()},
               {"unlabelled", report.part.unlabelled},
               {"threshold", point.threshold},
               {"threshold_from", report.thresholdFrom},
               {"counts", json(point.counts)},
               {"rates", json(point.here)},
               {"prevalence", numberOrNull(errors::prevalenceOf(report.part))}};
  if (report.atPrevalence) {
    body["at_prevalence"] = json(point.there);
    body["at_prevalence"]["prevalence"] = point.prevalence;
  }
  body["strata"] = Json::array();
  for (const auto& strata : report.strata) {
    body["strata"].push_back(json(strata));
  }
  body["error_rate"] = numberOrNull(report.proteins.errorRate);
  body["proteins_all"] = report.proteins.proteins.size();
  body["proteins_above"] = report.proteins.above;
  body["proteins_above_by_chance"] = report.proteins.aboveByChance;
  body["proteins"] = proteinsJson(report);
  return body;
}

std::string errorsText(const ErrorsReport& report) {
  auto all = headText(report) + ratesText(report);
  for (const auto& strata : report.strata) {
    all += strataText(strata);
  }
  if (!report.strata.empty()) {
    all += fmt::format(
        "Intervals of error rates are the wider of Wilson's and of resampled proteins; other "
        "intervals and p need {} pairs or take Fisher's test.\nA p is the larger of both tests', "
        "Holm-corrected over its table.\n",
        errors::kFewestPairs);
  }
  return report.shownProteins == 0 ? all : all + proteinsText(report);
}

}  // namespace twofold::app
