// `compare`: runs against each other on identical pairs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <thread>

#include "app/worker/commands/commands.h"
#include "app/worker/results.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/comparison/comparison_words.h"
#include "core/comparison/disagreements.h"
#include "core/comparison/run_comparison.h"

namespace twofold::app {

namespace {

using comparison::RunComparison;
using comparison::RunDifference;
using comparison::SharedScores;
using formats::Json;

struct CompareOptions {
  std::vector<std::string> runs;
  std::string metric;
  std::string part = "test";
  bool allAgainstAll = false;
  int resamples = 1000;
  std::uint64_t seed = 1;
  std::filesystem::path disagree;
};

/// The metrics to tell of: the one asked for, or all.
std::vector<std::string> metricsOf(const std::string& wanted) {
  std::vector<std::string> all;
  for (const auto& metric : metrics::metricCatalog()) {
    all.push_back(metric.id);
  }
  if (wanted.empty()) {
    return all;
  }
  if (std::find(all.begin(), all.end(), wanted) == all.end()) {
    throw Error(ErrorKind::Usage,
                fmt::format("there is no metric \"{}\"{}", wanted, didYouMean(wanted, all)));
  }
  return {wanted};
}

Json testsJson(const SharedScores& shared, const RunDifference& difference) {
  const auto& deLong = difference.deLong;
  Json json = {{"a", shared.runs[difference.first].id},
               {"b", shared.runs[difference.second].id},
               {"delong",
                {{"delta", numberOrNull(deLong.second - deLong.first)},
                 {"p", numberOrNull(deLong.p)},
                 {"p_holm", numberOrNull(difference.deLongHolm)}}}};
  if (deLong.interval) {
    json["delong"]["low"] = deLong.interval->low;
    json["delong"]["high"] = deLong.interval->high;
  }
  if (const auto& test = difference.mcNemar) {
    json["mcnemar"] = {{"only_a", test->onlyFirst},
                       {"only_b", test->onlySecond},
                       {"exact", test->isExact},
                       {"p", test->p},
                       {"p_holm", numberOrNull(difference.mcNemarHolm)}};
  } else {
    json["mcnemar"] = nullptr;
  }
  return json;
}

Json differenceJson(const SharedScores& shared, const RunDifference& difference,
                    const std::string& metric) {
  const auto& own = difference.differences.at(metric);
  return {{"a", shared.runs[difference.first].id},
          {"b", shared.runs[difference.second].id},
          {"metric", metric},
          {"delta", numberOrNull(own.value)},
          {"low", own.interval ? Json(own.interval->low) : Json(nullptr)},
          {"high", own.interval ? Json(own.interval->high) : Json(nullptr)},
          {"p", numberOrNull(own.p)},
          {"p_holm", numberOrNull(difference.holm.at(metric))},
          {"shown", comparison::isShown(difference, metric)}};
}

Json runsJson(const SharedScores& shared, const RunComparison& found) {
  Json runs = Json::array();
  for (std::size_t i = 0; i < shared.runs.size(); ++i) {
    runs.push_back({{"run", shared.runs[i].id},
                    {"summary", shared.runs[i].summary},
                    {"pairs", shared.runs[i].pairs},
                    {"metrics", toJson(found.runs[i])}});
  }
  return runs;
}

std::string pairsText(const SharedScores& shared) {
  const auto n = static_cast<std::int64_t>(shared.labels.size());
  auto text = fmt::format("{} {} pairs that all runs have\n", countText(n), shared.part);
  constexpr std::int64_t kFew = 50;
  if (n < kFew) {
    text += "So few pairs say next to nothing, whatever the intervals say.\n";
  }
  for (const auto& run : shared.runs) {
    const auto left = run.pairs - n;
    text += fmt::format("  {}  {}{}\n", run.id, run.summary,
                        left == 0 ? "" : fmt::format("; {} more left out", countText(left)));
  }
  return text;
}

std::string tableOf(const SharedScores& shared, const RunComparison& found,
                    const std::vector<std::string>& wanted) {
  std::vector<std::vector<std::string>> rows = {
      {"metric", "runs", "first", "second", "difference, 95 %", "p", "p (Holm)"}};
  for (const auto& metric : wanted) {
    for (const auto& difference : found.differences) {
      const auto& own = difference.differences.at(metric);
      rows.push_back({metric,
                      fmt::format("{} → {}", shared.runs[difference.first].id,
                                  shared.runs[difference.second].id),
                      numberText(found.runs[difference.first].values.at(metric)),
                      numberText(found.runs[difference.second].values.at(metric)),
                      own.interval ? fmt::format("{:+.3f} [{:+.3f}, {:+.3f}]", own.value,
                                                 own.interval->low, own.interval->high)
                                   : "–",
                      comparison::pText(own.p), comparison::pText(difference.holm.at(metric))});
    }
  }
  return tableText(rows);
}

std::string testsText(const SharedScores& shared, const RunComparison& found) {
  std::string text;
  for (const auto& difference : found.differences) {
    const auto& first = shared.runs[difference.first].id;
    const auto& second = shared.runs[difference.second].id;
    const auto gain = difference.deLong.second - difference.deLong.first;
    text += fmt::format("DeLong, {} → {}: AUROC {}, p {}, {} after Holm\n", first, second,
                        std::isnan(gain) ? "–" : fmt::format("{:+.3f}", gain),
                        comparison::pText(difference.deLong.p),
                        comparison::pText(difference.deLongHolm));
    if (const auto& test = difference.mcNemar) {
      text += fmt::format(
          "McNemar, {} → {}: {} pairs right by the first alone, {} by the second, p "
          "{}, {} after Holm\n",
          first, second, countText(test->onlyFirst), countText(test->onlySecond),
          comparison::pText(test->p), comparison::pText(difference.mcNemarHolm));
    }
  }
  return text;
}

std::string allText(const SharedScores& shared, const RunComparison& found,
                    const std::vector<std::string>& wanted, const CompareOptions& options) {
  auto text = fmt::format("\n{}\n{}\n{}\n", pairsText(shared), tableOf(shared, found, wanted),
                          testsText(shared, found));
  const std::string telling = options.metric.empty() ? "auprc" : options.metric;
  for (const auto& difference : found.differences) {
    text += comparison::differenceWords(shared, difference, telling) + "\n";
  }
  return text + fmt::format(
                    "Differences: second minus first, over {} resamples of proteins that all runs "
                    "share. DeLong and McNemar take\npairs as independent, which pairs that share "
                    "proteins are not: where they differ from the resamples, believe those.\n",
                    countText(options.resamples));
}

void runCompare(Job& job, const CompareOptions& options) {
  const auto wanted = metricsOf(options.metric);
  if (!options.disagree.empty() && options.runs.size() != 2) {
    throw Error(ErrorKind::Usage, "--disagree takes exactly two runs");
  }
  auto project = job.openProject();
  const auto shared =
      comparison::sharedScores(project.database(), options.runs, data::partFromName(options.part));
  const int threads = job.threads() > 0
                          ? job.threads()
                          : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const auto found =
      comparison::compareRuns(shared, {options.allAgainstAll,
                                       {options.resamples, options.seed, threads, job.stop},
                                       job.output.progressSink()});
  Json differences = Json::array();
  Json tests = Json::array();
  for (const auto& difference : found.differences) {
    for (const auto& metric : wanted) {
      differences.push_back(differenceJson(shared, difference, metric));
    }
    tests.push_back(testsJson(shared, difference));
  }
  Json body = {{"command", "compare"},
               {"part", options.part},
               {"pairs", shared.labels.size()},
               {"resamples", options.resamples},
               {"runs", runsJson(shared, found)},
               {"differences", std::move(differences)},
               {"tests", std::move(tests)}};
  auto text = allText(shared, found, wanted, options);
  if (!options.disagree.empty()) {
    const auto list = comparison::disagreements(shared, 0, 1);
    comparison::writeDisagreements(options.disagree, project.database(), shared, 0, 1, list);
    body["disagree"] = {{"file", options.disagree.string()}, {"pairs", list.size()}};
    text +=
        fmt::format("{} pairs on which one run is right and the other wrong: {}\n",
                    countText(static_cast<std::int64_t>(list.size())), options.disagree.string());
  }
  job.output.result({std::move(body)}, text);
}

}  // namespace

void addCompare(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<CompareOptions>();
  auto* command = app.add_subcommand(
      "compare", "Whether runs, imported ones too, differ on the pairs they all have");
  command
      ->add_option("--runs", options->runs, "Their ids; the first is what others are held against")
      ->delimiter(',')
      ->required();
  command->add_option("--metric", options->metric, "Only this one");
  command->add_option("--part", options->part, "Of which pairs")
      ->check(CLI::IsMember({"validation", "test"}))
      ->capture_default_str();
  command->add_flag("--all-against-all", options->allAgainstAll,
                    "Every run against every other, not against the first alone");
  command->add_option("--resamples", options->resamples, "Of the bootstrap over proteins")
      ->check(CLI::Range(100, 1'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Of the bootstrap")->capture_default_str();
  command->add_option("--disagree", options->disagree,
                      "Write the pairs on which one of two runs is right and the other wrong");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runCompare(job, *options); }; });
}

}  // namespace twofold::app
