// What writers of runs share; all of it works inside the caller's transaction.
#pragma once

#include <cstdint>
#include <string>

#include "core/metrics/part_metrics.h"
#include "core/store/database.h"
#include "core/store/run_repository.h"

namespace twofold::store {

/// One that no run has. Throws Error(Internal) when none is left.
[[nodiscard]] std::string freshRunId(Database& database);

/// In place of the series that the run has of this part and metric; steps ascend.
void writeSeries(Database& database, std::int64_t runKey, const MetricSeries& series);

/// Both as JSON and as values to filter by.
void writePartMetrics(Database& database, std::int64_t runKey, const std::string& part,
                      const metrics::PartMetrics& metrics);

}  // namespace twofold::store
