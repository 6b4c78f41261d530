#include "app/worker/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "app/worker/known_runs.h"
#include "app/worker/run_execution.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/options.h"
#include "core/runs/successive_halving.h"
#include "core/store/run_repository.h"
#include "models/builtin_models.h"

namespace twofold::app {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kToItsEnd = std::numeric_limits<std::int64_t>::max();

std::int64_t epochsOf(const runs::RunSpec& spec) {
  const auto catalog = models::builtinCatalog();
  return Options("training", catalog.training.options, spec.training).integer("epochs");
}

class Sweep {
 public:
  Sweep(Job& job, store::Project& project, const std::vector<StudyArm>& arms)
      : m_job(job),
        m_project(project),
        m_arms(arms),
        m_known(project),
        m_runs(project.database()),
        m_trained(arms.size()),
        m_id(studyId(arms)) {}

  SweepOutcome run(int factor) {
    std::vector<std::size_t> running;
    for (std::size_t arm = 1; arm < m_arms.size(); ++arm) {
      running.push_back(arm);
    }
    const std::int64_t epochs = epochsOf(m_arms.front().spec);
    const auto rungs =
        factor < 2 ? std::vector<std::int64_t>() : runs::rungEpochs(epochs, running.size(), factor);
    for (std::size_t rung = 0; rung < rungs.size(); ++rung) {
      m_stage = fmt::format("rung {} of {}, {} arms", rung + 1, rungs.size(), running.size());
      running = climbed(running, rungs[rung], factor);
    }
    running.insert(running.begin(), 0);
    m_stage = fmt::format("to the end, {} arms", running.size());
    for (const auto arm : running) {
      const auto failure = tryTo(arm, kToItsEnd, "");
      if (!failure.empty()) {
        putAside(arm, epochs, failure);
        continue;
      }
      m_outcome.arms.push_back(m_arms[arm]);
      m_outcome.runs.push_back(m_trained[arm]);
    }
    return std::move(m_outcome);
  }

 private:
  /// Those that go on after so many epochs.
  std::vector<std::size_t> climbed(const std::vector<std::size_t>& running, std::int64_t epochs,
                                   int factor) {
    std::vector<double> scores;
    std::vector<std::string> failures;
    for (const auto arm : running) {
      failures.push_back(
          tryTo(arm, epochs, fmt::format("paused by a sweep after epoch {}", epochs)));
      scores.push_back(failures.back().empty() ? auprcUpTo(arm, epochs) : kNone);
    }
    const auto kept = runs::survivors(scores, factor);
    std::vector<std::size_t> next;
    for (std::size_t i = 0; i < running.size(); ++i) {
      if (failures[i].empty() && std::find(kept.begin(), kept.end(), i) != kept.end()) {
        next.push_back(running[i]);
      } else {
        putAside(running[i], epochs, failures[i]);
      }
    }
    return next;
  }

  void putAside(std::size_t arm, std::int64_t epochs, const std::string& failure) {
    m_outcome.aside.push_back(
        {m_arms[arm], m_trained[arm], epochs, auprcUpTo(arm, epochs), failure});
  }

  /// Trains; empty, or why the arm failed. The recipe as given fails for all.
  std::string tryTo(std::size_t arm, std::int64_t epochs, const std::string& reason) {
    try {
      train(arm, epochs, reason);
      return "";
    } catch (const Error& error) {
      m_job.output.noLongerTo();
      if (arm == 0) {
        throw;
      }
      m_job.output.say(fmt::format("{} is set aside: {}", m_arms[arm].name, error.what()));
      return error.what();
    }
  }

  void train(std::size_t arm, std::int64_t epochs, const std::string& reason) {
    auto& ids = m_trained[arm];
    ids.clear();
    for (int seed = 0; seed < m_arms[arm].seeds; ++seed) {
      auto spec = m_arms[arm].spec;
      spec.seed += static_cast<std::uint64_t>(seed);
      const auto record = m_known.takenUp(spec);
      nestRun(m_project, record, m_id, m_arms[arm].name);
      ids.push_back({record.id, spec.seed});
      if (record.status == store::RunStatus::Done || record.epochs >= epochs) {
        continue;
      }
      m_job.output.say(
          fmt::format("{}: {}, seed {}, run {}", m_stage, m_arms[arm].name, spec.seed, record.id));
      if (epochs == kToItsEnd) {
        static_cast<void>(trainRun(m_job, m_project, record.id));
      } else {
        trainRunUntil(m_job, m_project, record.id, {epochs, reason});
      }
      m_job.output.noLongerTo();
      m_known.refresh(record.id);
    }
  }

  /// What a run knew at that epoch, though it may have gone on since.
  double auprcUpTo(std::size_t arm, std::int64_t epochs) {
    double sum = 0;
    for (const auto& run : m_trained[arm]) {
      double best = std::numeric_limits<double>::quiet_NaN();
      for (const auto& series : m_runs.series(run.id)) {
        if (series.part != "validation" || series.metric != "auprc") {
          continue;
        }
        for (std::size_t i = 0; i < series.steps.size() && series.steps[i] <= epochs; ++i) {
          best = std::fmax(best, series.values[i]);
        }
      }
      sum += best;
    }
    return sum / static_cast<double>(m_trained[arm].size());
  }

  Job& m_job;
  store::Project& m_project;
  const std::vector<StudyArm>& m_arms;
  KnownRuns m_known;
  store::RunRepository m_runs;
  std::vector<std::vector<StudyRun>> m_trained;  // of each arm
  std::string m_id;
  std::string m_stage;
  SweepOutcome m_outcome;
};

}  // namespace

SweepOutcome runSweep(Job& job, store::Project& project, const std::vector<StudyArm>& arms,
                      int factor) {
  return Sweep(job, project, arms).run(factor);
}

std::string sweepNote(std::size_t arms) {
  return fmt::format(
      "The best of {} arms on validation looks better than it is, since validation chose it: look "
      "at it on test, once, with evaluate --part test. Intervals are of one comparison each.",
      arms);
}

formats::Json toJson(const std::vector<SetAside>& aside) {
  formats::Json list = formats::Json::array();
  for (const auto& arm : aside) {
    formats::Json ids = formats::Json::array();
    for (const auto& run : arm.runs) {
      ids.push_back(run.id);
    }
    list.push_back({{"name", arm.arm.name},
                    {"runs", std::move(ids)},
                    {"epochs", arm.epochs},
                    {"failure", arm.failure},
                    {"auprc", std::isnan(arm.auprc) ? formats::Json() : formats::Json(arm.auprc)}});
  }
  return list;
}

std::string asideText(const std::vector<SetAside>& aside) {
  if (aside.empty()) {
    return "";
  }
  std::vector<std::vector<std::string>> table = {
      {"set aside", "after epoch", "best auprc so far", "why"}};
  for (const auto& arm : aside) {
    table.push_back({arm.arm.name, std::to_string(arm.epochs),
                     std::isnan(arm.auprc) ? "–" : fmt::format("{:.3f}", arm.auprc),
                     arm.failure.empty() ? "fell behind" : arm.failure});
  }
  return "\n" + tableText(table) + "Their runs can be gone on with: run --run R.\n";
}

}  // namespace twofold::app
