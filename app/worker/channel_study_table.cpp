#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <thread>
#include <utility>

#include "app/worker/channel_study.h"
#include "app/worker/results.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/comparison/comparison_words.h"
#include "core/metrics/holm.h"
#include "core/metrics/paired_difference.h"
#include "core/store/pair_repository.h"
#include "core/store/run_repository.h"

namespace twofold::app {

namespace {

using formats::Json;

constexpr int kFewestResamples = 500;
constexpr int kMostResamples = 5000;
constexpr int kResamplesARow = 50;  // Holm takes the least p, 2 / (resamples + 1), times the rows

int resamplesFor(std::size_t rows) {
  return std::clamp(kResamplesARow * static_cast<int>(rows), kFewestResamples, kMostResamples);
}

/// Recipes on the validation part of one split, all of whose runs scored the same pairs.
class StudyTable {
 public:
  StudyTable(store::Project& project, const std::string& pairSet, metrics::BootstrapOptions options)
      : m_runs(project.database()), m_options(std::move(options)) {
    store::PairRepository pairs(project.database());
    m_pairs = pairs.pairs(pairs.set(pairSet).key);
  }

  StudyRow row(const StudyArm& arm, const std::vector<StudyRun>& runs,
               const std::vector<StudyRun>& reference) {
    StudyRow row;
    row.arm = arm;
    row.runs = runs;
    const auto count = static_cast<double>(runs.size());
    for (const auto& run : runs) {
      const auto metrics = metricsOf(run.id);
      row.accuracy += metrics.values.at("accuracy") / count;
      row.auprc += metrics.values.at("auprc") / count;
      row.auroc += metrics.values.at("auroc") / count;
      row.ece += metrics.values.at("ece") / count;
    }
    compare(row, reference);
    return row;
  }

 private:
  using Models = std::pair<const metrics::Resampled*, const metrics::Resampled*>;

  void compare(StudyRow& row, const std::vector<StudyRun>& reference) {
    std::vector<metrics::Resampled> own(row.runs.size());
    std::vector<Models> models;
    bool isSame = true;
    for (std::size_t i = 0; i < row.runs.size(); ++i) {
      const auto& beside = reference[std::min(i, reference.size() - 1)].id;
      const auto& id = row.runs[i].id;
      if (beside != id) {
        own[i] = resampledRun(id);
        isSame = false;
      }
      models.emplace_back(&kept(beside), beside == id ? &kept(beside) : &own[i]);
    }
    if (isSame) {
      return;  // no better than itself
    }
    const auto differences = metrics::meanDifferences(models);
    row.auprcGain = gainOf(differences.at("auprc"));
    row.accuracyGain = gainOf(differences.at("accuracy"));
  }

  metrics::PartMetrics metricsOf(const std::string& run) {
    const auto record = m_runs.run(run);
    const auto part = record.parts.find("validation");
    if (part == record.parts.end()) {
      throw Error(ErrorKind::NotFound, fmt::format("run {} has no results on validation", run));
    }
    return part->second;
  }

  /// Every row asks for the reference's runs.
  const metrics::Resampled& kept(const std::string& run) {
    auto found = m_kept.find(run);
    if (found == m_kept.end()) {
      found = m_kept.emplace(run, resampledRun(run)).first;
    }
    return found->second;
  }

  metrics::Resampled resampledRun(const std::string& run) {
    std::vector<std::uint32_t> indices;
    std::vector<float> scores;
    for (const auto& [pair, probability] : m_runs.predictions(run, data::Part::Validation)) {
      indices.push_back(pair);
      scores.push_back(probability);
    }
    if (m_indices.empty()) {
      takePairs(run, std::move(indices));
    } else if (indices != m_indices) {
      throw badInput(
          run, 0,
          "it scored other validation pairs than the runs beside it; archive it and start again");
    }
    return metrics::resampled({scores, m_labels, m_a, m_b}, metricsOf(run).threshold, m_options);
  }

  void takePairs(const std::string& run, std::vector<std::uint32_t> indices) {
    for (const auto index : indices) {
      if (index >= m_pairs.size()) {
        throw badInput(
            run, 0, "it scored pairs that its pair set no longer has; archive it and start again");
      }
      m_labels.push_back(m_pairs[index].label == data::Label::Positive ? 1 : 0);
      m_a.push_back(m_pairs[index].a);
      m_b.push_back(m_pairs[index].b);
    }
    m_indices = std::move(indices);
  }

  static StudyRow::Gain gainOf(const metrics::Difference& difference) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const auto interval = difference.interval.value_or(metrics::Interval{kNone, kNone});
    return {difference.value, interval.low, interval.high, difference.p, kNone};
  }

  data::Pairs m_pairs;
  store::RunRepository m_runs;
  metrics::BootstrapOptions m_options;
  std::map<std::string, metrics::Resampled> m_kept;
  std::vector<std::uint32_t> m_indices;  // of the validation pairs
  std::vector<std::int8_t> m_labels;
  std::vector<std::int64_t> m_a;
  std::vector<std::int64_t> m_b;
};

/// A family is the rows of the table under one metric.
void correct(std::vector<StudyRow>& rows, StudyRow::Gain StudyRow::*gain) {
  std::vector<double> p;
  for (const auto& row : rows) {
    p.push_back((row.*gain).p);
  }
  const auto adjusted = metrics::holm(p);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    (rows[i].*gain).holm = adjusted[i];
  }
}

std::string gainText(const StudyRow::Gain& gain) {
  return std::isfinite(gain.low)
             ? fmt::format("{:+.3f} [{:+.3f}, {:+.3f}]", gain.value, gain.low, gain.high)
             : fmt::format("{:+.3f} [too few pairs]", gain.value);
}

Json toJson(const StudyRow::Gain& gain) {
  return {{"delta", numberOrNull(gain.value)},
          {"low", numberOrNull(gain.low)},
          {"high", numberOrNull(gain.high)},
          {"p", numberOrNull(gain.p)},
          {"p_holm", numberOrNull(gain.holm)}};
}

}  // namespace

std::vector<StudyRow> tabulateStudy(Job& job, store::Project& project,
                                    const std::vector<StudyArm>& arms,
                                    const std::vector<std::vector<StudyRun>>& runs) {
  const int threads = job.threads() > 0
                          ? job.threads()
                          : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const auto& first = arms.front().spec;
  StudyTable table(project, first.pairSet,
                   {resamplesFor(arms.size()), first.seed, threads, job.stop});
  const auto progress = job.output.progressSink();
  std::vector<StudyRow> rows;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    throwIfStopped(job.stop);
    rows.push_back(table.row(arms[a], runs[a], runs.front()));
    progress({"Comparing", static_cast<std::int64_t>(a + 1), static_cast<std::int64_t>(arms.size()),
              "rows"});
  }
  correct(rows, &StudyRow::auprcGain);
  correct(rows, &StudyRow::accuracyGain);
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
         "for all, labels permuted among them. Means over the seeds. In brackets: the 95 % "
         "interval of that mean's difference to the first row on the same pairs, by paired "
         "bootstrap over proteins; what other seeds would change is not in it. p is of the same "
         "bootstrap, after Holm's correction over the rows. A pair's score is the same in both "
         "orders by construction.";
}

std::string studyText(const std::vector<StudyRow>& rows, const std::string& what) {
  std::vector<std::vector<std::string>> table = {
      {what, "seeds", "accuracy", "auprc", "auroc", "ece", "auprc beside the first", "p (Holm)"}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    table.push_back({row.arm.name, std::to_string(row.runs.size()),
                     fmt::format("{:.3f}", row.accuracy), fmt::format("{:.3f}", row.auprc),
                     fmt::format("{:.3f}", row.auroc), fmt::format("{:.3f}", row.ece),
                     i == 0 ? "" : gainText(row.auprcGain),
                     i == 0 ? "" : comparison::pText(row.auprcGain.holm)});
  }
  return tableText(table) + studyNote() + "\n";
}

}  // namespace twofold::app
