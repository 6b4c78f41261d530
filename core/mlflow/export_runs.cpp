#include "core/mlflow/export_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/mlflow/run_content.h"

namespace twofold::mlflow {

namespace {

std::int64_t count(const auto& items) {
  return static_cast<std::int64_t>(items.size());
}

class Exporter {
 public:
  Exporter(store::Project& project, Server& server, const RunExport& request,
           const imports::Watch& watch)
      : m_project(project), m_server(server), m_request(request), m_watch(watch) {}

  ExportReport exportAll() {
    const auto total = count(m_request.runs);
    for (std::int64_t done = 0; done < total; ++done) {
      report(done, total);
      try {
        exportOne(m_request.runs[static_cast<std::size_t>(done)]);
      } catch (const Error& error) {
        const std::string_view why = error.what();
        throw Error(error.kind(),
                    fmt::format("{}{} {} of {} runs are at the server as they are here; repeating "
                                "the command sends the rest, nothing twice",
                                why, why.ends_with('?') ? "" : ".", done, total));
      }
    }
    report(total, total);
    return std::move(m_report);
  }

 private:
  void report(std::int64_t done, std::int64_t total) const {
    throwIfStopped(m_watch.stop);
    if (m_watch.progress) {
      m_watch.progress({"Sending runs to MLflow", done, total, "runs"});
    }
  }

  const std::string& experimentId(const std::string& name) {
    auto found = m_experiments.find(name);
    if (found == m_experiments.end()) {
      found = m_experiments.emplace(name, m_server.experiment(name)).first;
    }
    return found->second;
  }

  void exportOne(const std::string& runId) {
    auto content = contentOf(m_project, runId, m_report.left);
    if (!m_request.experiment.empty()) {
      content.experiment = m_request.experiment;
    }
    const auto& experiment = experimentId(content.experiment);
    auto there = m_server.runWithTag(experiment, kRunTag, content.identity);
    if (there && there->tags[kContentTag] == content.hash) {
      ++m_report.unchanged;
      return;
    }
    const bool isNew = !there;
    if (isNew) {
      there.emplace();
      there->state = {content.state.name, "RUNNING", 0};
      there->id = m_server.createRun(
          experiment, {content.state.name, content.startTime, {{kRunTag, content.identity}}});
    }
    const bool isSent = send(runId, content, *there);
    auto& counter = isNew ? m_report.created : isSent ? m_report.updated : m_report.unchanged;
    ++counter;
  }

  /// True when the server got anything.
  bool send(const std::string& runId, const RunContent& content, ServerRun& there) {
    m_hasConflict = false;
    const Batch missing{missingMetrics(content, there), missingParams(runId, content, there),
                        missingTags(content, there)};
    bool isSent = false;
    // Before the batches, which bring the new list of keys: what breaks here is found again.
    for (const auto& key : staleTags(content, there)) {
      m_server.deleteTag(there.id, key);
      isSent = true;
    }
    for (const auto& batch : batchesOf(missing)) {
      throwIfStopped(m_watch.stop);
      m_server.log(there.id, batch);
      m_report.metrics += count(batch.metrics);
      m_report.params += count(batch.params);
      m_report.tags += count(batch.tags);
      isSent = true;
    }
    if (content.dataset &&
        !there.datasets.contains({content.dataset->name, content.dataset->digest})) {
      m_server.logDataset(there.id, *content.dataset);
      isSent = true;
    }
    if (there.state != content.state) {
      m_server.update(there.id, content.state);
      isSent = true;
    }
    if (!m_hasConflict) {
      m_server.log(there.id, {{}, {}, {{kContentTag, content.hash}}});
    }
    return isSent;
  }

  std::vector<MetricPoint> missingMetrics(const RunContent& content, const ServerRun& there) {
    std::vector<MetricPoint> missing;
    const auto& all = content.all.metrics;
    for (auto from = all.begin(); from != all.end();) {
      const auto to = std::find_if(
          from, all.end(), [&](const MetricPoint& point) { return point.key != from->key; });
      if (there.metrics.contains(from->key)) {
        addMissing({from, to}, latest(m_server.history(there.id, from->key)), missing);
      } else {
        std::copy(from, to, std::back_inserter(missing));
      }
      from = to;
    }
    return missing;
  }

  /// By step; of several points of one, the one that MLflow shows.
  static std::map<std::int64_t, MetricPoint> latest(const std::vector<MetricPoint>& history) {
    std::map<std::int64_t, MetricPoint> points;
    for (const auto& point : history) {
      auto& there = points.try_emplace(point.step, point).first->second;
      if (std::pair(point.timestamp, point.value) > std::pair(there.timestamp, there.value)) {
        there = point;
      }
    }
    return points;
  }

  void addMissing(const std::vector<MetricPoint>& own,
                  const std::map<std::int64_t, MetricPoint>& there,
                  std::vector<MetricPoint>& missing) {
    for (auto point : own) {
      const auto found = there.find(point.step);
      if (found != there.end() && found->second.value == point.value) {
        continue;
      }
      if (found != there.end()) {
        // MLflow keeps the former one too; the later one is what it shows.
        point.timestamp = std::max(point.timestamp, found->second.timestamp + 1);
        m_report.left.skip(
            "point that has another value there, which MLflow keeps beside the new one",
            fmt::format("{} at step {}: {} there, {} here", point.key, point.step,
                        found->second.value, point.value));
      }
      missing.push_back(std::move(point));
    }
  }

  KeyedTexts missingParams(const std::string& runId, const RunContent& content,
                           const ServerRun& there) {
    KeyedTexts missing;
    for (const auto& [key, value] : content.all.params) {
      const auto found = there.params.find(key);
      if (found == there.params.end()) {
        missing.emplace_back(key, value);
      } else if (found->second != value) {
        m_hasConflict = true;
        m_report.left.skip("param that has another value there, which MLflow never changes",
                           fmt::format("run {}: {} is \"{}\" there, \"{}\" here", runId, key,
                                       found->second, value));
      }
    }
    return missing;
  }

  static KeyedTexts missingTags(const RunContent& content, const ServerRun& there) {
    KeyedTexts missing;
    for (const auto& tag : content.all.tags) {
      const auto found = there.tags.find(tag.first);
      if (found == there.tags.end() || found->second != tag.second) {
        missing.push_back(tag);
      }
    }
    return missing;
  }

  /// Those of a former export that the run has no more, whoever changed them since. Tags with keys
  /// that were never sent stay.
  static std::vector<std::string> staleTags(const RunContent& content, const ServerRun& there) {
    std::vector<std::string> stale;
    const auto former = there.tags.find(kTagsTag);
    if (former == there.tags.end()) {
      return stale;
    }
    std::istringstream keys(former->second + kTagsTag);
    for (std::string key; std::getline(keys, key);) {
      const bool isOurs = std::any_of(content.all.tags.begin(), content.all.tags.end(),
                                      [&](const auto& tag) { return tag.first == key; });
      if (!isOurs && there.tags.contains(key)) {
        stale.push_back(key);
      }
    }
    return stale;
  }

  store::Project& m_project;
  Server& m_server;
  const RunExport& m_request;
  const imports::Watch& m_watch;
  std::map<std::string, std::string> m_experiments;  // ids by name
  ExportReport m_report;
  bool m_hasConflict = false;  // of the run at hand
};

}  // namespace

ExportReport exportRuns(store::Project& project, Server& server, const RunExport& request,
                        const imports::Watch& watch) {
  return Exporter(project, server, request, watch).exportAll();
}

}  // namespace twofold::mlflow
