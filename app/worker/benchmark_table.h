// The project's runs on a benchmark beside what was published on it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"
#include "core/formats/bounded_json.h"
#include "core/metrics/interval.h"
#include "core/store/project.h"

namespace twofold::app {

/// One model on one set: published, the mean of runs that differ in nothing but the seed, or
/// another program's imported scores.
struct BenchmarkRow {
  std::string set;
  std::string model;
  bool isPublished = false;
  std::string part;  // what was measured: test where there is one
  std::map<std::string, double> values;
  std::map<std::string, metrics::Interval> intervals;  // means of the ends over the runs
  std::vector<std::string> runs;
  std::string source;
  std::map<std::string, metrics::Interval> ranges{};  // of published ones, in place of values
};

/// Published rows first, then the project's finished runs that are not archived, by set, the newest
/// of each recipe and seed; `experiment` empty: of all experiments, else of it and of what
/// `bench run` makes of its name.
[[nodiscard]] std::vector<BenchmarkRow> benchmarkRows(store::Project& project,
                                                      const benchmarks::Benchmark& benchmark,
                                                      const std::string& experiment);
[[nodiscard]] formats::Json toJson(const std::vector<BenchmarkRow>& rows);
/// With sources numbered under it.
[[nodiscard]] std::string benchmarkText(const benchmarks::Benchmark& benchmark,
                                        const std::vector<BenchmarkRow>& rows);

}  // namespace twofold::app
