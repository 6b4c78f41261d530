#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/worker/channel_study.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/metrics/paired_difference.h"
#include "core/store/pair_repository.h"
#include "core/store/run_repository.h"

namespace twofold::app {

namespace {

using formats::Json;

constexpr int kResamples = 500;

/// The validation part of one run.
struct Measured {
  metrics::PartMetrics metrics;
  std::vector<std::pair<std::uint32_t, float>> predictions;
};

class StudyTable {
 public:
  StudyTable(store::Project& project, const std::string& pairSet) : m_runs(project.database()) {
    store::PairRepository pairs(project.database());
    m_pairs = pairs.pairs(pairs.set(pairSet).key);
  }

  StudyRow row(const StudyArm& arm, const std::vector<StudyRun>& runs,
               const std::vector<StudyRun>& reference) {
    StudyRow row;
    row.arm = arm;
    row.runs = runs;
    const auto count = static_cast<double>(runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const Measured own = measured(runs[i].id);
      const auto value = [&](const char* metric) { return own.metrics.values.at(metric) / count; };
      row.accuracy += value("accuracy");
      row.auprc += value("auprc");
      row.auroc += value("auroc");
      row.ece += value("ece");
      const auto& beside = reference[std::min(i, reference.size() - 1)];
      if (beside.id == runs[i].id) {
        continue;  // no better than itself
      }
      const auto differences = differencesOf(arm.spec, measured(beside.id), own);
      add(row.auprcGain, differences.at("auprc"), count);
      add(row.accuracyGain, differences.at("accuracy"), count);
    }
    return row;
  }

 private:
  Measured measured(const std::string& run) {
    const auto record = m_runs.run(run);
    const auto part = record.parts.find("validation");
    if (part == record.parts.end()) {
      throw Error(ErrorKind::NotFound, fmt::format("run {} has no results on validation", run));
    }
    return {part->second, m_runs.predictions(run, data::Part::Validation)};
  }

  std::map<std::string, metrics::Difference> differencesOf(const runs::RunSpec& spec,
                                                           const Measured& first,
                                                           const Measured& second) {
    std::vector<float> before;
    std::vector<float> after;
    std::vector<std::int8_t> labels;
    std::vector<std::int64_t> a;
    std::vector<std::int64_t> b;
    for (std::size_t i = 0; i < first.predictions.size(); ++i) {
      const auto [pair, probability] = first.predictions[i];
      before.push_back(probability);
      after.push_back(second.predictions.at(i).second);
      labels.push_back(m_pairs[pair].label == data::Label::Positive ? 1 : 0);
      a.push_back(m_pairs[pair].a);
      b.push_back(m_pairs[pair].b);
    }
    return metrics::pairedDifferences({before, labels, a, b}, first.metrics.threshold,
                                      {after, second.metrics.threshold}, {kResamples, spec.seed});
  }

  static void add(StudyRow::Gain& gain, const metrics::Difference& difference, double count) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const auto interval = difference.interval.value_or(metrics::Interval{kNone, kNone});
    gain.value += difference.value / count;
    gain.low += interval.low / count;
    gain.high += interval.high / count;
  }

  data::Pairs m_pairs;
  store::RunRepository m_runs;
};

std::string gainText(const StudyRow::Gain& gain) {
  return std::isfinite(gain.low)
             ? fmt::format("{:+.3f} [{:+.3f}, {:+.3f}]", gain.value, gain.low, gain.high)
             : fmt::format("{:+.3f} [too few pairs]", gain.value);
}

Json toJson(const StudyRow::Gain& gain) {
  const auto orNull = [](double value) { return std::isfinite(value) ? Json(value) : Json(); };
  return {{"delta", orNull(gain.value)}, {"low", orNull(gain.low)}, {"high", orNull(gain.high)}};
}

}  // namespace

std::vector<StudyRow> tabulateStudy(Job& job, store::Project& project,
                                    const std::vector<StudyArm>& arms,
                                    const std::vector<std::vector<StudyRun>>& runs) {
  StudyTable table(project, arms.front().spec.pairSet);
  const auto progress = job.output.progressSink();
  std::vector<StudyRow> rows;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    throwIfStopped(job.stop);
    rows.push_back(table.row(arms[a], runs[a], runs.front()));
    progress({"Comparing", static_cast<std::int64_t>(a + 1), static_cast<std::int64_t>(arms.size()),
              "rows"});
  }
  return rows;
}

Json toJson(const std::vector<StudyRow>& rows) {
  Json list = Json::array();
  for (const auto& row : rows) {
    Json ids = Json::array();
    for (const auto& run : row.runs) {
      ids.push_back(run.id);
    }
    list.push_back({{"name", row.arm.name},
                    {"control", row.arm.isControl},
                    {"runs", std::move(ids)},
                    {"accuracy", row.accuracy},
                    {"auprc", row.auprc},
                    {"auroc", row.auroc},
                    {"ece", row.ece},
                    {"auprc_gain", toJson(row.auprcGain)},
                    {"accuracy_gain", toJson(row.accuracyGain)}});
  }
  return list;
}

std::string studyNote() {
  return "On validation, on which each run's epoch and threshold were chosen: a little too good "
         "for all, labels permuted among them. Means over the seeds. In brackets: the ends of "
         "95 % intervals of the paired difference, by bootstrap over proteins, mean over the "
         "seeds. A pair's score is the same in both orders by construction.";
}

std::string studyText(const std::vector<StudyRow>& rows, const std::string& what) {
  std::vector<std::vector<std::string>> table = {
      {what, "seeds", "accuracy", "auprc", "auroc", "ece", "auprc beside the first"}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    table.push_back({row.arm.name, std::to_string(row.runs.size()),
                     fmt::format("{:.3f}", row.accuracy), fmt::format("{:.3f}", row.auprc),
                     fmt::format("{:.3f}", row.auroc), fmt::format("{:.3f}", row.ece),
                     i == 0 ? "" : gainText(row.auprcGain)});
  }
  return tableText(table) + studyNote() + "\n";
}

}  // namespace twofold::app
