#include "core/benchmarks/benchmark_import.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/imports/resolved_pairs.h"
#include "core/store/pair_repository.h"

namespace twofold::benchmarks {

namespace {

namespace fs = std::filesystem;
using data::Part;

constexpr std::size_t kOneIn = 10;      // training pairs for validation
constexpr std::uint64_t kDealSeed = 1;  // fixed: a benchmark's split is the same for everybody

/// A tenth of each label's training pairs.
void dealValidation(imports::ResolvedPairs& resolved) {
  for (const auto label : {data::Label::Negative, data::Label::Positive}) {
    std::vector<std::size_t> training;
    for (std::size_t i = 0; i < resolved.pairs.size(); ++i) {
      if (resolved.parts[i] == Part::Train && resolved.pairs[i].label == label) {
        training.push_back(i);
      }
    }
    Random random(derivedSeed(kDealSeed, static_cast<std::uint64_t>(label)));
    random.shuffle(std::span(training));
    for (std::size_t i = 0; i < training.size() / kOneIn; ++i) {
      resolved.parts[training[i]] = Part::Validation;
    }
  }
}

bool has(const imports::ResolvedPairs& resolved, Part part) {
  return std::find(resolved.parts.begin(), resolved.parts.end(), part) != resolved.parts.end();
}

imports::ResolvedPairs readPairs(store::Project& project, const Layout& layout,
                                 const fs::path& folder, const imports::Watch& watch,
                                 imports::ImportReport& report) {
  imports::PairResolver resolver(project, {}, watch);
  for (const auto& file : layout.pairs) {
    if (fs::exists(folder / file.path)) {
      resolver.read(folder / file.path, file.part, file.label);
    }
  }
  auto resolved = resolver.finish(report);
  if (has(resolved, Part::Train) && !has(resolved, Part::Validation)) {
    dealValidation(resolved);
  }
  return resolved;
}

}  // namespace

std::vector<std::string> missingFiles(const Layout& layout, const fs::path& folder) {
  std::vector<std::string> missing;
  const auto look = [&](const std::string& path) {
    std::error_code ignored;  // what cannot be looked at is not there
    if (!fs::exists(folder / path, ignored)) {
      missing.push_back(path);
    }
  };
  for (const auto& path : layout.sequences) {
    look(path);
  }
  for (const auto& file : layout.pairs) {
    if (!file.isOptional) {
      look(file.path);
    }
  }
  return missing;
}

const Layout& layoutIn(const Set& set, const fs::path& folder) {
  std::vector<std::string> lacks;
  for (const auto& layout : set.layouts) {
    const auto missing = missingFiles(layout, folder);
    if (missing.empty()) {
      return layout;
    }
    lacks.push_back(fmt::format("{}: {} missing", layout.origin, fmt::join(missing, ", ")));
  }
  throw Error(ErrorKind::NotFound, fmt::format("{} does not hold the files of {} ({})",
                                               folder.string(), set.name, fmt::join(lacks, "; ")));
}

imports::ImportReport importSet(store::Project& project, const Set& set, const fs::path& folder,
                                const imports::Watch& watch) {
  const Layout& layout = layoutIn(set, folder);
  store::PairRepository(project.database()).requireFreeName(set.name);
  std::vector<fs::path> sequences;
  for (const auto& path : layout.sequences) {
    sequences.push_back(folder / path);
  }
  const auto proteins = imports::importProteins(project, sequences, watch);
  imports::ImportReport report;
  const auto resolved = readPairs(project, layout, folder, watch, report);
  report.notes.push_back(fmt::format("{} proteins were read, {} are new; files {}", proteins.read,
                                     proteins.kept, layout.origin));
  store::Transaction transaction(project.database());
  store::PairRepository pairs(project.database());
  const auto key =
      pairs.insertSet(set.name, fmt::format("benchmark, files {}", layout.origin), resolved.pairs);
  static_cast<void>(pairs.insertSplit(set.name, key, {"files", 0, resolved.parts}));
  transaction.commit();
  return report;
}

}  // namespace twofold::benchmarks
