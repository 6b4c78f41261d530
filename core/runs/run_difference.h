// Why runs differ: the recorded values that are not the same in all of them, and in words.
#pragma once

#include <string>
#include <vector>

#include "core/store/run_parameters.h"

namespace twofold::runs {

struct RunDifference {
  struct Row {
    std::string name;                // "params.training.epochs"
    std::vector<std::string> texts;  // one a run; empty where nothing was recorded
  };
  std::vector<Row> rows;
  std::vector<std::string> reasons;  // sentences
};

/// `values` are those of each run by the full names of their columns (RunTracking::values). Metrics
/// and tags are no part of how a run was made and left out.
[[nodiscard]] RunDifference differenceOf(const std::vector<store::RunValueMap>& values);

}  // namespace twofold::runs
