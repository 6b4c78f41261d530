// This process among the ranks that train one run together, however they were started.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/worker/command_context.h"
#include "app/worker/local_ranks.h"
#include "models/learning/process_group.h"

namespace twofold::app {

struct RankOptions {
  int ranks = 0;       // 0: not given
  int timeout = 1800;  // longer than the store may be held by others

  void addTo(CLI::App& command);
};

/// What the others are told of the run.
struct SharedRun {
  std::string id;
  bool resume = false;
};

class RankTeam {
 public:
  /// From --ranks or, without it, from the launcher's variables. Throws Error(Usage) for both.
  RankTeam(const Job& job, const RankOptions& options);

  [[nodiscard]] bool isAlone() const { return m_place.isAlone(); }
  [[nodiscard]] bool isFirst() const { return m_place.isFirst(); }
  [[nodiscard]] const process::RankPlace& place() const { return m_place; }

  /// Of rank 0: starts the others where --ranks asked for them, meets them and tells them of the
  /// run. Throws Error, StopRequested.
  void lead(const SharedRun& run);
  /// Of the others. The same.
  [[nodiscard]] SharedRun follow();

  /// Null when alone. After lead() or follow().
  [[nodiscard]] const models::ProcessGroup* group() const { return m_group.get(); }
  /// The job's, and of a rank that failed before it could say so.
  [[nodiscard]] std::stop_token stop() const { return m_stop.get_token(); }

  /// In a catch block: tells the others, and rethrows what is in flight, or what became of the rank
  /// behind it.
  [[noreturn]] void rethrowCause() const;

 private:
  void meet();
  void throwWhatEndedAnother() const;
  [[nodiscard]] std::vector<std::string> argumentsFor(const std::string& runId) const;

  const Job& m_job;
  RankOptions m_options;
  process::RankPlace m_place;
  std::stop_source m_stop;
  std::stop_callback<std::function<void()>> m_forward;
  std::optional<LocalRanks> m_others;
  std::unique_ptr<models::ProcessGroup> m_group;  // ends before the others are waited for
};

}  // namespace twofold::app
