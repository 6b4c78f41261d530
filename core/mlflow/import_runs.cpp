#include "core/mlflow/import_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/nearest_name.h"
#include "core/base/numbers.h"
#include "core/mlflow/metric_names.h"
#include "core/mlflow/run_content.h"
#include "core/mlflow/tracking_file.h"
#include "core/runs/run_spec.h"
#include "core/store/finished_runs.h"

namespace twofold::mlflow {

namespace {

namespace fs = std::filesystem;

constexpr const char* kIdTag = "mlflow.run_id";

OptionValue valueOf(const std::string& text) {
  if (text == "true" || text == "false") {
    return text == "true";
  }
  if (const auto integer = parseInteger(text)) {
    return *integer;
  }
  if (const auto real = parseReal(text); real && std::isfinite(*real)) {
    return *real;
  }
  return text;
}

/// A tag's name is one line here.
std::string oneLine(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return name.empty() ? "_" : name;
}

/// "auprc_low" and "auprc_high" beside "auprc" are its interval.
void joinIntervals(metrics::PartMetrics& part) {
  auto& values = part.values;
  std::vector<std::string> names;
  names.reserve(values.size());
  for (const auto& [name, value] : values) {
    names.push_back(name);
  }
  for (const auto& name : names) {
    const auto low = values.find(name + std::string(kLow));
    const auto high = values.find(name + std::string(kHigh));
    if (low != values.end() && high != values.end()) {
      part.intervals[name] = {low->second, high->second};
      values.erase(low);
      values.erase(high);
    }
  }
}

/// What Twofold sends as metrics beside the metrics.
void takeCounts(metrics::PartMetrics& part) {
  const auto take = [&](const char* name, auto& into) {
    if (const auto found = part.values.find(name); found != part.values.end()) {
      into = static_cast<std::decay_t<decltype(into)>>(found->second);
      part.values.erase(found);
    }
  };
  const auto isCount = [&](const char* name) {
    const auto found = part.values.find(name);
    return found == part.values.end() || (found->second >= 0 && found->second < 1e15);
  };
  if (isCount("n") && isCount("positives")) {
    take("n", part.n);
    take("positives", part.positives);
  }
  take("threshold", part.threshold);
}

class Importer {
 public:
  Importer(store::Project& project, const RunImport& request, const imports::Watch& watch)
      : m_project(project),
        m_request(request),
        m_watch(watch),
        m_file(request.file),
        m_hash(sha256OfFile(request.file)),
        m_present(store::textsOfTag(project.database(), kIdTag)) {
    for (auto& experiment : m_file.experiments()) {
      m_experiments.emplace(experiment.key, std::move(experiment));
    }
    for (const auto& run : store::RunRepository(project.database()).runs()) {
      m_own.insert(identityOf(run.id, run.created));
    }
  }

  imports::ImportReport import() {
    requireExperiment();
    const auto runs = m_file.runs();
    store::Transaction transaction(m_project.database());
    for (std::size_t i = 0; i < runs.size(); ++i) {
      throwIfStopped(m_watch.stop);
      if (m_watch.progress) {
        m_watch.progress({"Reading MLflow's runs", static_cast<std::int64_t>(i),
                          static_cast<std::int64_t>(runs.size()), "runs"});
      }
      importOne(runs[i]);
    }
    transaction.commit();
    addNotes();
    return std::move(m_report);
  }

 private:
  void requireExperiment() const {
    std::vector<std::string> names;
    for (const auto& [key, experiment] : m_experiments) {
      names.push_back(experiment.name);
    }
    if (!m_request.experiment.empty() &&
        std::find(names.begin(), names.end(), m_request.experiment) == names.end()) {
      throw Error(ErrorKind::NotFound,
                  fmt::format("{}: there is no experiment \"{}\"{}", m_request.file.string(),
                              m_request.experiment, didYouMean(m_request.experiment, names)));
    }
  }

  void importOne(const FileRun& run) {
    const auto experiment = m_experiments.find(run.experiment);
    const std::string name =
        experiment == m_experiments.end() ? std::string() : experiment->second.name;
    if (!m_request.experiment.empty() && name != m_request.experiment) {
      return;
    }
    ++m_report.read;
    const auto shown = fmt::format("run {} ({})", run.id, run.name);
    if (run.isDeleted) {
      m_report.skip("deleted", shown);
    } else if (experiment == m_experiments.end() || experiment->second.isDeleted) {
      m_report.skip("of a deleted experiment", shown);
    } else if (!m_present.insert(run.id).second) {
      m_report.skip("already present", shown);
    } else if (const auto tags = m_file.tags(run.id);
               tags.contains(kRunTag) && m_own.contains(tags.at(kRunTag))) {
      m_report.skip("sent there by this project", shown);
    } else {
      store::addFinishedRun(m_project.database(), finishedRun(run, name, tags));
      ++m_report.kept;
    }
  }

  store::FinishedRun finishedRun(const FileRun& run, const std::string& experiment,
                                 const std::map<std::string, std::string>& tags) {
    runs::RunSpec spec;
    spec.experiment = fmt::format("{} (MLflow)", experiment);
    spec.imported = {run.name, m_request.file.filename().string(), m_hash, "MLflow", "", "none"};
    store::FinishedRun finished;
    finished.experiment = spec.experiment;
    finished.specJson = runs::toJson(spec).dump();
    if (run.status != "FINISHED") {
      finished.status = store::RunStatus::Failed;
      finished.message = fmt::format("not finished; MLflow's file has it as {}", run.status);
    }
    finished.started = run.start / 1000;
    finished.finished = run.end / 1000;
    for (const auto& [key, text] : m_file.params(run.id)) {
      finished.params.emplace(key, valueOf(text));
    }
    for (const auto& [key, text] : tags) {
      if (key == "mlflow.note.content") {
        finished.note = text;
      } else {
        finished.tags.emplace(oneLine(key), text);
      }
    }
    finished.tags[kIdTag] = run.id;
    addMetrics(run.id, finished);
    return finished;
  }

  void addMetrics(const std::string& runId, store::FinishedRun& finished) {
    std::array<std::set<std::pair<std::string, std::string>>, 2> taken;  // of metrics, of series
    for (auto& [key, series] : m_file.metrics(runId)) {
      m_notFinite += series.notFinite;
      m_overwritten += series.overwritten;
      if (series.steps.empty()) {
        continue;
      }
      m_points += static_cast<std::int64_t>(series.steps.size());
      auto name = metricNameOf(key);
      const bool isSeries = name.isHistory || series.steps.size() > 1;
      const bool isFree = (name.isHistory || taken[0].emplace(name.part, name.metric).second) &&
                          (!isSeries || taken[1].emplace(name.part, name.metric).second);
      if (!isFree) {
        name.metric = key;  // "loss" beside "val_loss"
      }
      if (!name.isHistory) {
        finished.parts[name.part].values[name.metric] = series.values.back();
      }
      if (isSeries) {
        finished.series.push_back(
            {name.part, name.metric, std::move(series.steps), std::move(series.values)});
      }
    }
    for (auto& [part, metrics] : finished.parts) {
      joinIntervals(metrics);
      metrics.threshold = std::numeric_limits<double>::quiet_NaN();
      if (finished.tags.contains(kRunTag)) {
        takeCounts(metrics);
      }
    }
  }

  void addNotes() {
    m_report.notes.push_back(fmt::format("{} points of metrics came with them.", m_points));
    if (m_notFinite > 0) {
      m_report.notes.push_back(
          fmt::format("{} points are NaN or infinite and were left out.", m_notFinite));
    }
    if (m_overwritten > 0) {
      m_report.notes.push_back(
          fmt::format("{} points were followed by a later one of the same step and were left out.",
                      m_overwritten));
    }
  }

  store::Project& m_project;
  const RunImport& m_request;
  const imports::Watch& m_watch;
  TrackingFile m_file;
  std::string m_hash;
  std::set<std::string> m_present;  // ids of MLflow
  std::set<std::string> m_own;      // values of kRunTag
  std::map<std::int64_t, FileExperiment> m_experiments;
  imports::ImportReport m_report;
  std::int64_t m_points = 0;
  std::int64_t m_notFinite = 0;
  std::int64_t m_overwritten = 0;
};

}  // namespace

imports::ImportReport importRuns(store::Project& project, const RunImport& request,
                                 const imports::Watch& watch) {
  return Importer(project, request, watch).import();
}

}  // namespace twofold::mlflow
