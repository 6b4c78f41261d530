#include "app/worker/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
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

/// One step of the sweep: so many runs up to the same epoch.
class Stage {
 public:
  Stage() = default;
  Stage(std::string words, std::size_t runs) : m_words(std::move(words)), m_runs(runs) {}

  void passed() { ++m_passed; }  // it was there already
  void trained() {
    ++m_passed;
    ++m_trained;
  }
  /// Of an arm that failed, those that will not come.
  void passUpTo(std::size_t runs) { m_passed = std::max(m_passed, runs); }
  [[nodiscard]] std::size_t passedRuns() const { return m_passed; }
  /// "Rung 1 of 2, 4 arms: run 3 of 8, about 2 min left".
  [[nodiscard]] std::string text() const {
    const auto left = m_runs - std::min(m_passed, m_runs);
    auto text = fmt::format("{}: run {} of {}", m_words, m_passed + 1, m_runs);
    if (m_trained > 0) {
      const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - m_start;
      text += fmt::format(
          ", about {} left",
          durationText(taken.count() / static_cast<double>(m_trained) * static_cast<double>(left)));
    }
    return text;
  }

 private:
  std::string m_words;
  std::size_t m_runs = 0;
  std::size_t m_passed = 0;
  std::size_t m_trained = 0;
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

class Sweep {
 public:
  Sweep(Job& job, store::Project& project, const std::vector<StudyArm>& arms,
        const SweepRules& rules)
      : m_job(job),
        m_project(project),
        m_arms(arms),
        m_rules(rules),
        m_known(project),
        m_runs(project.database()),
        m_trained(arms.size()),
        m_id(studyId(arms)) {}

  SweepOutcome run() {
    std::vector<std::size_t> running;
    for (std::size_t arm = 0; arm < m_arms.size(); ++arm) {
      if (arm != m_rules.reference) {
        running.push_back(arm);
      }
    }
    const std::int64_t epochs = epochsOf(m_arms.front().spec);
    const auto rungs = m_rules.factor < 2
                           ? std::vector<std::int64_t>()
                           : runs::rungEpochs(epochs, running.size(), m_rules.factor);
    for (std::size_t rung = 0; rung < rungs.size(); ++rung) {
      m_stage = {fmt::format("Rung {} of {}, {} arms", rung + 1, rungs.size(), running.size()),
                 runsOf(running)};
      running = climbed(running, rungs[rung]);
    }
    running.insert(running.begin(), m_rules.reference);
    m_stage = {fmt::format("To the end, {} arms", running.size()), runsOf(running)};
    for (const auto arm : running) {
      const auto failure = tryTo(arm, kToItsEnd, "");
      if (!failure.empty()) {
        putAside({{}, {}, epochs, 0, failure}, arm);
        continue;
      }
      m_outcome.arms.push_back(m_arms[arm]);
      m_outcome.runs.push_back(m_trained[arm]);
    }
    return std::move(m_outcome);
  }

 private:
  /// Those that go on after so many epochs.
  std::vector<std::size_t> climbed(const std::vector<std::size_t>& running, std::int64_t epochs) {
    std::vector<double> scores;
    std::vector<std::string> failures;
    for (const auto arm : running) {
      failures.push_back(
          tryTo(arm, epochs, fmt::format("paused by a sweep after epoch {}", epochs)));
      scores.push_back(failures.back().empty() ? auprcUpTo(arm, epochs) : kNone);
    }
    const auto kept = runs::survivors(scores, m_rules.factor);
    const auto goesOn = [&](std::size_t i) {
      return failures[i].empty() && std::find(kept.begin(), kept.end(), i) != kept.end();
    };
    std::vector<std::size_t> next;
    for (std::size_t i = 0; i < running.size(); ++i) {
      if (goesOn(i)) {
        next.push_back(running[i]);
      }
    }
    for (std::size_t i = 0; i < running.size(); ++i) {
      if (!goesOn(i)) {
        putAside({{}, {}, epochs, 0, failures[i], placeOf(scores, i), scores.size(), next.size()},
                 running[i]);
      }
    }
    return next;
  }

  /// From 1, of equal ones the first before the others, as survivors() takes them.
  static std::size_t placeOf(const std::vector<double>& scores, std::size_t own) {
    std::size_t place = 1;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const bool isBetter = scores[i] > scores[own] ||
                            (std::isnan(scores[own]) && !std::isnan(scores[i])) ||
                            (i < own && scores[i] == scores[own]);
      place += isBetter ? 1 : 0;
    }
    return place;
  }

  void putAside(SetAside aside, std::size_t arm) {
    aside.arm = m_arms[arm];
    aside.runs = m_trained[arm];
    aside.auprc = auprcUpTo(arm, aside.epochs);
    m_outcome.aside.push_back(std::move(aside));
  }

  /// Trains; empty, or why the arm failed. The reference fails for all.
  std::string tryTo(std::size_t arm, std::int64_t epochs, const std::string& reason) {
    const auto after = m_stage.passedRuns() + static_cast<std::size_t>(m_arms[arm].seeds);
    try {
      train(arm, epochs, reason);
      return "";
    } catch (const Error& error) {
      m_job.output.noLongerTo();
      m_stage.passUpTo(after);
      if (arm == m_rules.reference) {
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
        m_stage.passed();
        continue;
      }
      m_job.output.say(fmt::format("{}. {}, seed {}, run {}", m_stage.text(), m_arms[arm].name,
                                   spec.seed, record.id));
      if (epochs == kToItsEnd) {
        static_cast<void>(trainRun(m_job, m_project, record.id));
      } else {
        trainRunUntil(m_job, m_project, record.id, {epochs, reason});
      }
      m_job.output.noLongerTo();
      m_stage.trained();
      m_known.refresh(record.id);
    }
  }

  [[nodiscard]] std::size_t runsOf(const std::vector<std::size_t>& arms) const {
    std::size_t runs = 0;
    for (const auto arm : arms) {
      runs += static_cast<std::size_t>(m_arms[arm].seeds);
    }
    return runs;
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
  SweepRules m_rules;
  KnownRuns m_known;
  store::RunRepository m_runs;
  std::vector<std::vector<StudyRun>> m_trained;  // of each arm
  std::string m_id;
  Stage m_stage;
  SweepOutcome m_outcome;
};

}  // namespace

SweepOutcome runSweep(Job& job, store::Project& project, const std::vector<StudyArm>& arms,
                      const SweepRules& rules) {
  return Sweep(job, project, arms, rules).run();
}

std::string SetAside::reason() const {
  return failure.empty() ? fmt::format("fell behind: place {} of {}, where {} {} on", place, of,
                                       kept, kept == 1 ? "goes" : "go")
                         : failure;
}

std::string sweepNote(std::size_t arms) {
  return fmt::format(
      "The best of {} arms on validation looks better than it is, since validation chose it: look "
      "at it on test, once, with evaluate --part test. Intervals are of one comparison each; p "
      "after "
      "Holm's correction counts all rows of the table.",
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
                    {"reason", arm.reason()},
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
                     std::isnan(arm.auprc) ? "–" : fmt::format("{:.3f}", arm.auprc), arm.reason()});
  }
  return "\n" + tableText(table) + "Their runs can be gone on with: run --run R.\n";
}

}  // namespace twofold::app
