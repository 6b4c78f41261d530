#include "app/worker/run_recorder.h"

#include <exception>
#include <utility>

namespace twofold::app {

RunRecorder::RunRecorder(Output& output, store::Database& database, std::string runId)
    : m_output(output), m_database(database), m_runs(database), m_runId(std::move(runId)) {}

models::TrainObserver RunRecorder::observer() {
  models::TrainObserver observer;
  observer.progress = m_output.progressSink();
  observer.metric = [this](const runs::MetricEvent& metric) { takeMetric(metric); };
  observer.message = [this](const std::string& sentence) { m_output.say(sentence); };
  observer.epochDone = [this](std::int64_t epochs) {
    storeMetrics();
    m_runs.setEpochs(m_runId, epochs);
    // Hours of training would grow the log without bound.
    m_database.checkpoint();
    if (m_afterEpoch) {
      m_afterEpoch(epochs);
    }
  };
  return observer;
}

void RunRecorder::takeMetric(const runs::MetricEvent& metric) {
  if (!std::exchange(m_seenMetric, true)) {
    // A resumed run repeats the epochs after its checkpoint; their old points must go.
    m_runs.truncateMetrics(m_runId, metric.step - 1);
  }
  m_output.event(metric);
  m_unstored.push_back(metric);
}

void RunRecorder::storeMetrics() {
  for (const auto& metric : m_unstored) {
    m_runs.appendMetric(m_runId, metric.part, metric.metric, metric.step, metric.value);
  }
  m_unstored.clear();
}

void RunRecorder::setStatus(store::RunStatus status, const std::string& message) {
  m_runs.setStatus(m_runId, status, message);
  m_output.event(runs::StatusEvent{m_runId, std::string(store::name(status))});
}

void RunRecorder::setEnded(store::RunStatus status, const std::string& message) noexcept {
  try {
    m_database.checkpoint();
    setStatus(status, message);
  } catch (const std::exception&) {
    // What ended the run is told by who caught it, and matters more.
  }
}

void RunRecorder::save(const models::TrainResult& result,
                       const std::array<std::vector<std::uint32_t>, 3>& pairIndices) {
  storeMetrics();
  m_runs.setEpochs(m_runId, result.epochs);
  for (const auto& [name, part] : result.parts) {
    const auto which = data::partFromName(name);
    m_runs.setPartMetrics(m_runId, name, part.metrics);
    m_runs.setPredictions(m_runId, which, pairIndices[static_cast<std::size_t>(which)],
                          part.probabilities);
  }
}

}  // namespace twofold::app
