#include "core/mlflow/run_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "core/base/hash.h"
#include "core/mlflow/keys.h"
#include "core/mlflow/metric_names.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::mlflow {

namespace {

constexpr std::size_t kLongestDigest = 36;
constexpr std::size_t kLongestDatasetName = 500;

std::int64_t milliseconds(std::int64_t seconds) {
  return 1000 * seconds;
}

std::string statusOf(store::RunStatus status) {
  switch (status) {
    case store::RunStatus::Queued:
      return "SCHEDULED";
    case store::RunStatus::Running:
      return "RUNNING";
    case store::RunStatus::Done:
      return "FINISHED";
    case store::RunStatus::Failed:
      return "FAILED";
    case store::RunStatus::Stopped:
    case store::RunStatus::Interrupted:
      break;
  }
  return "KILLED";
}

class Collector {
 public:
  Collector(store::Project& project, const std::string& runId, imports::ImportReport& left)
      : m_project(project),
        m_run(store::RunRepository(project.database()).run(runId)),
        m_values(store::RunTracking(project.database()).values(runId)),
        m_left(left) {}

  RunContent collect() {
    m_content.experiment = m_run.experiment;
    m_content.identity = identityOf(m_run.id, m_run.created);
    m_content.state = {m_run.id, statusOf(m_run.status), milliseconds(m_run.finished)};
    m_content.startTime = milliseconds(m_run.started > 0 ? m_run.started : m_run.created);
    addParams();
    addTags();
    addParts();
    addSeries();
    addDataset();
    std::sort(m_content.all.metrics.begin(), m_content.all.metrics.end(),
              [](const MetricPoint& a, const MetricPoint& b) {
                return std::tie(a.key, a.step) < std::tie(b.key, b.step);
              });
    countRenamed(m_metricKeys);
    countRenamed(m_paramKeys);
    countRenamed(m_tagKeys);
    m_content.hash = hashOf(m_content);
    return std::move(m_content);
  }

 private:
  static std::string hashOf(const RunContent& content) {
    Sha256 hash;
    const auto add = [&](const std::string& text) {
      hash.add(fmt::format("{} {}\n", text.size(), text));
    };
    for (const auto& text : {content.experiment, content.identity, content.state.name,
                             content.state.status, fmt::format("{}", content.state.endTime)}) {
      add(text);
    }
    for (const auto* texts : {&content.all.params, &content.all.tags}) {
      for (const auto& [key, value] : *texts) {
        add(key);
        add(value);
      }
      add("");
    }
    for (const auto& point : content.all.metrics) {
      add(fmt::format("{} {} {} {}", point.key, point.step, point.timestamp, point.value));
    }
    if (content.dataset) {
      add(content.dataset->name + " " + content.dataset->digest);
    }
    return hash.hex();
  }

  void countRenamed(const Keys& keys) {
    for (const auto& [key, name] : keys.renamed()) {
      m_left.skip("name changed to one that MLflow permits",
                  fmt::format("run {}: \"{}\" is \"{}\" there", m_run.id, name, key));
    }
  }

  std::string cut(const std::string& name, const std::string& text, std::size_t bytes) {
    auto shorter = shortened(text, bytes);
    if (shorter.size() < text.size()) {
      m_left.skip("text shortened to what MLflow takes",
                  fmt::format("run {}: {} bytes of {} of \"{}\"", m_run.id, shorter.size(),
                              text.size(), name));
    }
    return shorter;
  }

  /// Values of a family by their names in it.
  std::map<std::string, std::string> family(std::string_view prefix) const {
    std::map<std::string, std::string> texts;
    for (const auto& [column, value] : m_values) {
      if (column.starts_with(prefix)) {
        texts.emplace(column.substr(prefix.size()), toText(value));
      }
    }
    return texts;
  }

  void addParams() {
    for (const auto& [name, text] : family("params.")) {
      m_content.all.params.emplace_back(m_paramKeys.add(name), cut(name, text, kLongestParam));
    }
  }

  void addTags() {
    const auto own = family("tags.");
    auto texts = own;
    for (const auto* prefix : {"system.", "hashes."}) {
      for (const auto& [name, text] : family(prefix)) {
        texts[fmt::format("twofold.{}{}", prefix, name)] = text;
      }
    }
    store::RunTracking tracking(m_project.database());
    for (const auto& artifact : tracking.artifacts(m_run.id)) {
      texts["twofold.artifact." + artifact.name] =
          fmt::format("sha256 {}, {} bytes, {}", artifact.hash, artifact.bytes, artifact.path);
    }
    texts["twofold.project"] = m_project.name();
    texts["twofold.experiment"] = m_run.experiment;
    texts["mlflow.source.name"] = "Twofold";
    texts["mlflow.source.type"] = "LOCAL";
    for (const auto& [name, text] :
         {std::pair(kNoteTag, m_run.note), std::pair("twofold.parent", m_run.parent),
          std::pair("twofold.message", m_run.message)}) {
      if (!text.empty()) {
        texts[name] = text;
      }
    }
    for (const auto* tag : {kRunTag, kContentTag, kTagsTag}) {
      texts.erase(tag);  // those of an imported run are another run's
    }
    std::string removable;
    for (const auto& [name, text] : texts) {
      const auto key = m_tagKeys.add(name);
      m_content.all.tags.emplace_back(key, cut(name, text, kLongestTag));
      if (own.contains(name) || name == kNoteTag) {
        removable += key + "\n";
      }
    }
    if (!removable.empty()) {
      m_content.all.tags.emplace_back(kTagsTag, cut(kTagsTag, removable, kLongestTag));
    }
    std::sort(m_content.all.tags.begin(), m_content.all.tags.end());
  }

  void addPoint(const std::string& name, double value, std::int64_t timestamp, std::int64_t step) {
    if (!std::isfinite(value)) {
      m_left.skip("NaN or infinity, which MLflow's stores do not keep as such",
                  fmt::format("run {}: {} at step {}", m_run.id, name, step));
      return;
    }
    m_content.all.metrics.push_back({name, value, timestamp, step});
  }

  void addParts() {
    const auto end = std::max(m_content.state.endTime, m_content.startTime);
    for (const auto& [part, metrics] : m_run.parts) {
      std::map<std::string, double> numbers(metrics.values.begin(), metrics.values.end());
      numbers["n"] = static_cast<double>(metrics.n);
      numbers["positives"] = static_cast<double>(metrics.positives);
      numbers["threshold"] = metrics.threshold;
      for (const auto& [metric, interval] : metrics.intervals) {
        numbers[metric + std::string(kLow)] = interval.low;
        numbers[metric + std::string(kHigh)] = interval.high;
      }
      for (const auto& [metric, value] : numbers) {
        addPoint(m_metricKeys.add(textOf({part, metric, false})), value, end, 0);
      }
    }
  }

  void addSeries() {
    for (const auto& series : store::RunRepository(m_project.database()).series(m_run.id)) {
      const auto key = m_metricKeys.add(textOf({series.part, series.metric, true}));
      for (std::size_t i = 0; i < series.steps.size(); ++i) {
        const auto step = series.steps[i];
        addPoint(key, series.values[i], std::max<std::int64_t>(0, m_content.startTime + step),
                 step);
      }
    }
  }

  void addDataset() {
    const auto params = family("params.");
    if (m_run.splitHash.empty() || !params.contains("pairSet") || !params.contains("split")) {
      return;
    }
    const auto name = fmt::format("{}/{}", params.at("pairSet"), params.at("split"));
    m_content.dataset = {cut("dataset", name, kLongestDatasetName),
                         m_run.splitHash.substr(0, kLongestDigest),
                         fmt::format("Twofold project {}", m_project.name())};
  }

  store::Project& m_project;
  store::RunRecord m_run;
  store::RunValueMap m_values;
  imports::ImportReport& m_left;
  RunContent m_content;
  Keys m_metricKeys;
  Keys m_paramKeys;
  Keys m_tagKeys;
};

}  // namespace

RunContent contentOf(store::Project& project, const std::string& runId,
                     imports::ImportReport& left) {
  return Collector(project, runId, left).collect();
}

std::string identityOf(const std::string& runId, std::int64_t created) {
  return fmt::format("{}@{}", runId, created);
}

}  // namespace twofold::mlflow
