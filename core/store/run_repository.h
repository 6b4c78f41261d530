// Runs, their metric series and results in the store.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/process_identity.h"
#include "core/data/split.h"
#include "core/metrics/part_metrics.h"
#include "core/store/database.h"

namespace twofold::store {

/// queued → running → done | failed | stopped (on request, resumable) | interrupted (the worker
/// died, resumable).
enum class RunStatus { Queued, Running, Done, Failed, Stopped, Interrupted };

[[nodiscard]] std::string_view name(RunStatus status) noexcept;
/// Throws Error(BadInput) for a word that is none of them.
[[nodiscard]] RunStatus runStatusFromName(std::string_view text);
[[nodiscard]] bool canResume(RunStatus status) noexcept;

struct RunRecord {
  std::int64_t key = 0;
  std::string id;  // short, stable, typeable: "r7k2m"
  std::string experiment;
  std::string specJson;  // as runs::toJson(spec).dump()
  RunStatus status = RunStatus::Queued;
  std::string message;        // why it failed or stopped
  std::int64_t created = 0;   // seconds since 1970, UTC
  std::int64_t started = 0;   // 0: not yet
  std::int64_t finished = 0;  // 0: not yet
  std::int64_t epochs = 0;    // completed
  std::string programVersion;
  std::string splitHash;
  std::optional<ProcessIdentity> worker;
  std::string parent;  // what it belongs to: the id of a study or run; empty: nothing
  std::string note;
  bool favourite = false;
  bool archived = false;
  std::map<std::string, metrics::PartMetrics> parts;  // "validation", "test"
};

/// What a queue has to know of a run.
struct RunState {
  std::string id;
  RunStatus status = RunStatus::Queued;
  std::optional<ProcessIdentity> worker;
  std::int64_t parts = 0;  // measured
};

struct MetricSeries {
  std::string part;
  std::string metric;
  std::vector<std::int64_t> steps;
  std::vector<double> values;
};

/// What a finished run says of one part.
struct MeasuredPart {
  data::Part part = data::Part::Test;
  std::vector<std::uint32_t> pairs;  // indices into the pair set, ascending
  std::vector<float> probabilities;
  metrics::PartMetrics metrics;
};

class RunRepository {
 public:
  explicit RunRepository(Database& database) : m_database(database) {}

  /// A queued run with a fresh id. Takes its own transaction, as do all writers here. Throws
  /// Error(Usage), with the cure, when the experiment's runs have another pair set or split: their
  /// results would be on other pairs.
  [[nodiscard]] RunRecord create(const std::string& experiment, const std::string& specJson,
                                 const std::string& splitHash);
  /// The same of a run that repeats another: in its experiment, even where that has runs on other
  /// pairs, for it brings none that are new there. Throws as create() when the split is another by
  /// now, and NotFound.
  [[nodiscard]] RunRecord createAgain(const std::string& id, const std::string& specJson,
                                      const std::string& splitHash);
  /// What create() throws for pairs that are not the experiment's.
  void requireSamePairs(const std::string& experiment, const std::string& specJson,
                        const std::string& splitHash);
  /// A run that is done from the start: what another program computed. All of it or nothing.
  [[nodiscard]] RunRecord createDone(const std::string& experiment, const std::string& specJson,
                                     const std::string& splitHash,
                                     std::span<const MeasuredPart> parts);
  /// A run of another project as it was there, without its numbers; its id, or a fresh one where
  /// the project has that. One that was at work is stopped. Throws as create().
  [[nodiscard]] std::string adopt(const RunRecord& run);
  /// A run whose metrics cannot be read is there without them; its message says so.
  [[nodiscard]] std::vector<RunRecord> runs();
  /// All queued and running ones, and of the others the `ended` that ended last.
  [[nodiscard]] std::vector<RunRecord> liveAndLast(int ended);
  /// All runs, without specs and metrics.
  [[nodiscard]] std::vector<RunState> states();
  /// Throws Error(NotFound), naming the nearest id.
  [[nodiscard]] RunRecord run(const std::string& id);
  /// Throws Error(NotFound), naming the nearest id.
  [[nodiscard]] std::int64_t keyOf(const std::string& id);

  /// Takes the run for this process when it is queued, stopped, interrupted or failed, or its
  /// worker is dead. Throws Error(Usage) naming the owner otherwise.
  void claim(const std::string& id, const ProcessIdentity& worker);
  void setStatus(const std::string& id, RunStatus status, const std::string& message = {});
  void setEpochs(const std::string& id, std::int64_t epochs);
  /// A point of a step that is there already takes its place, so that a repeated epoch leaves one.
  void appendMetric(const std::string& id, const std::string& part, const std::string& metric,
                    std::int64_t step, double value);
  /// In place of those of their names.
  void setSeries(const std::string& id, const std::vector<MetricSeries>& series);
  /// Drops points after `step`, when a run resumes from an older checkpoint.
  void truncateMetrics(const std::string& id, std::int64_t step);
  void setPartMetrics(const std::string& id, const std::string& part,
                      const metrics::PartMetrics& metrics);
  /// Validation probabilities and the like, one for each pair index of the part.
  void setPredictions(const std::string& id, data::Part part, std::span<const std::uint32_t> pairs,
                      std::span<const float> probabilities);
  /// Pair index and probability; empty when there are none.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, float>> predictions(const std::string& id,
                                                                         data::Part part);
  [[nodiscard]] std::vector<MetricSeries> series(const std::string& id);
  /// Running runs whose worker is gone become interrupted; returns their ids.
  std::vector<std::string> reapInterrupted();
  /// The run's row and series; its folder is the caller's. Throws Error(Usage) while it runs.
  void remove(const std::string& id);

 private:
  // Inside the caller's transaction.
  std::string insert(const std::string& experiment, const std::string& specJson,
                     const std::string& splitHash);
  void writePredictions(const std::string& id, data::Part part,
                        std::span<const std::uint32_t> pairs, std::span<const float> probabilities);

  std::vector<RunRecord> recordsWhere(const std::string& condition);

  Database& m_database;
};

}  // namespace twofold::store
