// Benchmarks of the field: how their files lie, what was published on them, and where. The files
// are the user's; none comes with the program.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/data/split.h"
#include "core/metrics/interval.h"

namespace twofold::benchmarks {

struct PairFile {
  data::Part part = data::Part::Train;
  std::string path;             // below the user's folder
  std::optional<bool> label{};  // of every pair, in files that have no column for it
  bool isOptional = false;
};

/// One way in which the files are passed on.
struct Layout {
  std::string origin;  // "as published", "as TUnA passes it on"
  std::vector<std::string> sequences;
  std::vector<PairFile> pairs;
};

/// One pair set with its split, under the name "bernett" or "guo-random" in the project. Where no
/// file is for validation, a tenth of the training pairs is.
struct Set {
  std::string name;
  std::string about;
  std::vector<Layout> layouts;
};

/// What a paper or its repository reports of one model.
struct PublishedRow {
  std::string set;
  std::string model;
  std::map<std::string, double> values;  // by metric id
  std::string source;
  /// Of several of its kind, where the source tells these alone.
  std::map<std::string, metrics::Interval> ranges{};
};

struct Benchmark {
  std::string id;
  std::string title;
  std::string citation;
  std::string link;     // where the files are had
  std::string licence;  // of the files, as far as it is known, in words
  std::string caution;  // what a comparison with these rows can say and what not
  std::vector<Set> sets;
  std::vector<PublishedRow> published;
};

/// "bernett", "dscript", "guo".
[[nodiscard]] const std::vector<Benchmark>& benchmarks();
/// Throws Error(Usage) naming the nearest.
[[nodiscard]] const Benchmark& benchmark(const std::string& id);

}  // namespace twofold::benchmarks
