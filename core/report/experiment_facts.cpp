#include "core/report/experiment_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "core/audit/cheat_scores.h"
#include "core/audit/pair_findings.h"
#include "core/audit/protein_findings.h"
#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/data/splitters.h"
#include "core/report/controls.h"
#include "core/report/words.h"
#include "core/store/pair_repository.h"
#include "core/store/pair_set_hash.h"
#include "core/store/protein_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::report {

namespace {

runs::RunSpec specOf(const store::RunRecord& run) {
  return runs::runSpecFromJson(formats::parseJson(run.specJson, "the spec of run " + run.id),
                               "the spec of run " + run.id);
}

/// Those of the experiment, by time.
std::vector<store::RunRecord> runsOf(const std::vector<store::RunRecord>& all,
                                     const std::string& experiment) {
  std::vector<store::RunRecord> own;
  std::set<std::string> names;
  for (const auto& run : all) {
    names.insert(run.experiment);
    if (run.experiment == experiment && !run.archived) {
      own.push_back(run);
    }
  }
  if (!names.contains(experiment)) {
    throw Error(ErrorKind::NotFound,
                names.empty()
                    ? std::string("the project has no runs yet; train one, as in twofold-worker "
                                  "train --pairs SET --split SPLIT")
                    : fmt::format("the project has no experiment \"{}\"{}", experiment,
                                  didYouMean(experiment, std::vector(names.begin(), names.end()))));
  }
  return own;
}

bool isDone(const store::RunRecord& run) {
  return run.status == store::RunStatus::Done && !run.parts.empty();
}

const store::RunRecord& firstDone(const std::vector<store::RunRecord>& own,
                                  const std::string& experiment) {
  const auto done = std::find_if(own.begin(), own.end(), isDone);
  if (done == own.end()) {
    throw Error(ErrorKind::Usage,
                fmt::format("experiment \"{}\" has no finished run yet ({} that are not archived); "
                            "a report needs one: finish it with twofold-worker run --run ID",
                            experiment, countOf(static_cast<std::int64_t>(own.size()), "run")));
  }
  return *done;
}

double onValidation(const ReportedRun& run) {
  const auto part = run.record.parts.find("validation");
  const double value =
      part == run.record.parts.end() ? std::nan("") : metricOf(part->second, "auprc");
  return std::isnan(value) ? -1 : value;
}

class Reader {
 public:
  Reader(store::Project& project, const FactsRequest& request, const ProgressSink& progress,
         const std::stop_token& stop)
      : m_project(project), m_request(request), m_progress(progress), m_stop(stop) {}

  ExperimentFacts read() {
    m_facts.experiment = m_request.experiment;
    readRuns();
    readPairs();
    readScores();
    readFindings();
    return std::move(m_facts);
  }

 private:
  void tell(std::int64_t step) const {
    throwIfStopped(m_stop);
    if (m_progress) {
      m_progress({"Reading the experiment", step, 4, "steps"});
    }
  }

  ReportedRun reported(const store::RunRecord& record) {
    ReportedRun run{
        record, specOf(record), store::RunTracking(m_project.database()).values(record.id), {}};
    run.control = controlOf(run.spec);
    return run;
  }

  void readRuns() {
    const auto all = store::RunRepository(m_project.database()).runs();
    const auto own = runsOf(all, m_request.experiment);
    const auto& first = firstDone(own, m_request.experiment);
    const auto spec = specOf(first);
    store::PairRepository repository(m_project.database());
    if (!spec.pairSet.empty()) {
      m_facts.pairSet = repository.set(spec.pairSet);
    }
    if (m_facts.hasPairs() && !spec.split.empty()) {
      m_facts.split = repository.splitInfo(spec.pairSet, spec.split);
    }
    std::set<std::string> ids;
    for (const auto& record : own) {
      ids.insert(record.id);
    }
    for (const auto& record : own) {
      throwIfStopped(m_stop);
      if (ids.contains(record.parent)) {  // a repetition (run --again) tells nothing new
        continue;
      }
      if (!isDone(record)) {
        ++m_facts.unfinished;
        continue;
      }
      auto run = reported(record);
      (run.control.empty() ? m_facts.models : m_facts.controls).push_back(std::move(run));
    }
    takeControlsForModels();
    readOtherControls(all);
    std::stable_sort(m_facts.models.begin(), m_facts.models.end(),
                     [](const ReportedRun& a, const ReportedRun& b) {
                       return onValidation(a) > onValidation(b);
                     });
    chooseShown();
    tell(1);
  }

  void chooseShown() {
    const auto isMeasured = [&](data::Part part) {
      return std::any_of(m_facts.models.begin(), m_facts.models.end(), [&](const ReportedRun& run) {
        return run.record.parts.contains(std::string(data::name(part)));
      });
    };
    if (isMeasured(data::Part::Test)) {
      m_facts.shown = data::Part::Test;
    } else if (!m_facts.hasSplit() && !isMeasured(data::Part::Validation) &&
               isMeasured(data::Part::Train)) {
      m_facts.shown = data::Part::Train;  // scores may be imported as those of training pairs
    }
  }

  /// An experiment of nothing but controls asks about those that are most of a model.
  void takeControlsForModels() {
    const std::vector<std::vector<std::string>> ranks = {{"composition alone", "random embeddings"},
                                                         {"degree alone"}};
    auto& controls = m_facts.controls;
    for (const auto& names : ranks) {
      if (!m_facts.models.empty()) {
        return;
      }
      const auto model =
          std::stable_partition(controls.begin(), controls.end(), [&](const ReportedRun& run) {
            return std::find(names.begin(), names.end(), run.control) == names.end();
          });
      m_facts.models.assign(std::make_move_iterator(model),
                            std::make_move_iterator(controls.end()));
      controls.erase(model, controls.end());
    }
    if (m_facts.models.empty()) {
      m_facts.models = std::move(controls);
      controls.clear();
    }
  }

  /// Controls of other experiments saw the same pairs when split and set are the same. Of those
  /// that this one lacks, the ones of the newest experiment that has them: a sweep's arms would
  /// bury it.
  void readOtherControls(const std::vector<store::RunRecord>& all) {
    if (!m_facts.hasSplit()) {
      return;
    }
    const auto hash = m_facts.split.hash;
    std::map<std::string, std::vector<ReportedRun>> found;  // by kind
    for (const auto& record : all) {
      throwIfStopped(m_stop);
      if (record.experiment == m_facts.experiment || record.archived || !isDone(record) ||
          record.splitHash != hash || !runs::readableSpec(record.specJson)) {
        continue;
      }
      auto run = reported(record);
      if (!run.control.empty() && run.spec.pairSet == m_facts.pairSet.name &&
          !hasOwn(run.control)) {
        auto& kept = found[run.control];
        if (!kept.empty() && kept.front().record.experiment != record.experiment) {
          if (record.created < kept.front().record.created) {
            continue;
          }
          kept.clear();
        }
        kept.push_back(std::move(run));
      }
    }
    for (auto& [control, runs] : found) {
      m_facts.controls.insert(m_facts.controls.end(), std::make_move_iterator(runs.begin()),
                              std::make_move_iterator(runs.end()));
    }
  }

  [[nodiscard]] bool hasOwn(const std::string& control) const {
    const auto isIt = [&](const ReportedRun& run) {
      return run.control == control && run.record.experiment == m_facts.experiment;
    };
    return std::any_of(m_facts.controls.begin(), m_facts.controls.end(), isIt) ||
           std::any_of(m_facts.models.begin(), m_facts.models.end(), isIt);
  }

  void readPairs() {
    store::PairRepository repository(m_project.database());
    if (!m_facts.hasPairs()) {
      tell(2);
      return;
    }
    m_pairs = repository.pairs(m_facts.pairSet.key);
    if (m_facts.hasSplit()) {
      m_split = repository.split(m_facts.split.key);
    } else {
      m_split.parts.assign(m_pairs.size(), m_facts.shown);
    }
    m_facts.dataHash = store::pairSetHash(m_project.database(), m_facts.pairSet.key);
    m_facts.proteins = static_cast<std::int64_t>(data::proteinsOf(m_pairs).size());
    for (const auto part : data::kParts) {
      auto& size = m_facts.sizes[static_cast<std::size_t>(part)];
      data::Pairs own;
      for (const auto index : m_split.indices(part)) {
        if (m_pairs[index].label != data::Label::Unknown) {
          own.push_back(m_pairs[index]);
          size.positives += m_pairs[index].label == data::Label::Positive ? 1 : 0;
        }
      }
      size.pairs = static_cast<std::int64_t>(own.size());
      size.proteins = static_cast<std::int64_t>(data::proteinsOf(own).size());
    }
    tell(2);
  }

  ScoredPart scored(const ReportedRun& run) {
    ScoredPart scores;
    for (const auto& [index, probability] :
         store::RunRepository(m_project.database()).predictions(run.record.id, m_facts.shown)) {
      if (index < m_pairs.size() && m_pairs[index].label != data::Label::Unknown) {
        scores.probabilities.push_back(probability);
        scores.labels.push_back(static_cast<std::int8_t>(m_pairs[index].label));
      }
    }
    return scores;
  }

  void readScores() {
    store::RunRepository repository(m_project.database());
    for (std::size_t i = 0; i < std::min(m_facts.models.size(), ExperimentFacts::kCurves); ++i) {
      throwIfStopped(m_stop);
      m_facts.modelScores.push_back(scored(m_facts.models[i]));
      m_facts.series.push_back(repository.series(m_facts.models[i].record.id));
    }
    for (std::size_t i = 0; i < std::min(m_facts.controls.size(), ExperimentFacts::kCurves); ++i) {
      throwIfStopped(m_stop);
      m_facts.controlScores.push_back(scored(m_facts.controls[i]));
    }
    tell(3);
  }

  void readFindings() {
    if (m_request.findings) {
      m_facts.findings = *m_request.findings;
      m_facts.wholeAudit = true;
    } else if (m_facts.hasPairs()) {
      const audit::Subject subject(
          m_pairs, m_facts.hasSplit() ? &m_split : nullptr,
          store::ProteinRepository(m_project.database()).load(data::proteinsOf(m_pairs)));
      throwIfStopped(m_stop);
      const audit::PairGroups groups(subject);
      m_facts.findings = {audit::findSharedPairs(subject, groups),
                          audit::findSwappedPairs(subject, groups),
                          audit::findSharedProteins(subject), audit::findDegreeCheat(subject)};
    }
    tell(4);
  }

  store::Project& m_project;
  const FactsRequest& m_request;
  const ProgressSink& m_progress;
  const std::stop_token& m_stop;
  ExperimentFacts m_facts;
  data::Pairs m_pairs;
  data::Split m_split;
};

}  // namespace

ExperimentFacts factsOf(store::Project& project, const FactsRequest& request,
                        const ProgressSink& progress, const std::stop_token& stop) {
  return Reader(project, request, progress, stop).read();
}

std::pair<std::string, std::string> pairsOf(store::Project& project,
                                            const std::string& experiment) {
  const auto all = store::RunRepository(project.database()).runs();
  const auto spec = specOf(firstDone(runsOf(all, experiment), experiment));
  return {spec.pairSet, spec.split};
}

}  // namespace twofold::report
