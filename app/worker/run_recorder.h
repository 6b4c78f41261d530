// Follows a training: passes its events on and keeps the store in step with the checkpoints.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/worker/output.h"
#include "core/store/run_repository.h"
#include "models/learning/session.h"

namespace twofold::app {

/// Lives as long as the training that uses observer(). One thread.
class RunRecorder {
 public:
  RunRecorder(Output& output, store::Database& database, std::string runId);

  [[nodiscard]] models::TrainObserver observer();
  /// Called after each epoch that was recorded, with their number.
  void afterEpoch(std::function<void(std::int64_t)> call) { m_afterEpoch = std::move(call); }
  /// The store's status and its event.
  void setStatus(store::RunStatus status, const std::string& message = {});
  /// The same at the end of a run that went wrong, when the disk may be full: folds the store's log
  /// in first, which makes room, and keeps silent when the store cannot be written all the same.
  /// The run is then found to be interrupted, and its last checkpoint is there.
  void setEnded(store::RunStatus status, const std::string& message) noexcept;
  void save(const models::TrainResult& result,
            const std::array<std::vector<std::uint32_t>, 3>& pairIndices);

 private:
  void takeMetric(const runs::MetricEvent& metric);
  void storeMetrics();

  Output& m_output;
  store::Database& m_database;
  store::RunRepository m_runs;
  std::string m_runId;
  std::vector<runs::MetricEvent> m_unstored;
  bool m_seenMetric = false;
  std::function<void(std::int64_t)> m_afterEpoch;
};

}  // namespace twofold::app
