// Answers requests for single pairs from warm models: the core of `serve`, free of streams.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/worker/command_context.h"
#include "app/worker/scoring.h"
#include "core/formats/bounded_json.h"
#include "core/runs/json_fields.h"

namespace twofold::app {

/// Keeps the models of the last few runs in memory. One thread at a time.
class PairServer {
 public:
  static constexpr std::size_t kWarmRuns = 4;

  PairServer(Job& job, store::Project& project) : m_job(job), m_project(project) {}

  /// One answer a request line; errors are answers too. Throws nothing but StopRequested.
  [[nodiscard]] formats::Json answer(std::string_view line);

 private:
  struct KnownProtein {
    std::uint32_t index = 0;
    std::vector<std::string> notes;                             // on how the backbone treats it
    std::optional<std::pair<std::int64_t, std::string>> chain;  // as the model saw it
  };
  struct WarmRun {
    TrainedRun trained;
    std::map<std::string, KnownProtein, std::less<>> proteins;
  };

  formats::Json answerRequest(const formats::Json& request);
  formats::Json load(runs::JsonFields& fields);
  formats::Json score(runs::JsonFields& fields);
  WarmRun& warmRun(const std::string& runId);
  const KnownProtein& known(WarmRun& run, const std::string& proteinId);

  Job& m_job;
  store::Project& m_project;
  std::list<WarmRun> m_runs;                         // most recently used first
  std::shared_ptr<const data::TermGraph> m_terms{};  // of the project; null: not read yet
};

}  // namespace twofold::app
