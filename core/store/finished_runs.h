// Runs that another program worked out, as they come into the store: done or failed from the start.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/metrics/part_metrics.h"
#include "core/store/database.h"
#include "core/store/run_parameters.h"
#include "core/store/run_repository.h"

namespace twofold::store {

struct FinishedRun {
  std::string experiment;
  std::string specJson;
  RunStatus status = RunStatus::Done;  // or Failed
  std::string message;
  std::int64_t started = 0;  // seconds since 1970, UTC; 0: unknown
  std::int64_t finished = 0;
  std::string note;
  RunValueMap params;                       // without "params."
  std::map<std::string, std::string> tags;  // without "tags."
  std::map<std::string, metrics::PartMetrics> parts;
  std::vector<MetricSeries> series;
};

/// A run of no split, with a fresh id, which is returned. Inside the caller's transaction.
std::string addFinishedRun(Database& database, const FinishedRun& run);

/// What the runs of the project have for this tag.
[[nodiscard]] std::set<std::string> textsOfTag(Database& database, const std::string& tag);

}  // namespace twofold::store
