#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/imports/importers.h"
#include "core/imports/resolved_pairs.h"
#include "core/store/left_out_rows.h"
#include "core/store/pair_repository.h"

namespace twofold::imports {

namespace {

namespace fs = std::filesystem;

std::string sharedProteinsNote(const ResolvedPairs& resolved, data::Part part) {
  std::unordered_set<data::ProteinKey> trained;
  for (std::size_t i = 0; i < resolved.pairs.size(); ++i) {
    if (resolved.parts[i] == data::Part::Train) {
      trained.insert({resolved.pairs[i].a, resolved.pairs[i].b});
    }
  }
  std::unordered_set<data::ProteinKey> here;
  for (std::size_t i = 0; i < resolved.pairs.size(); ++i) {
    if (resolved.parts[i] == part) {
      here.insert({resolved.pairs[i].a, resolved.pairs[i].b});
    }
  }
  const auto shared = std::count_if(here.begin(), here.end(),
                                    [&](data::ProteinKey key) { return trained.contains(key); });
  return fmt::format("{} of {} {} proteins are also in the training part", shared, here.size(),
                     data::name(part));
}

}  // namespace

ImportReport importPairs(store::Project& project, const PairImport& request, const Watch& watch) {
  store::PairRepository(project.database()).requireFreeName(request.name);
  PairResolver resolver(project, request.format, watch);
  resolver.read(request.file, data::Part::None);
  ImportReport report;
  const ResolvedPairs resolved = resolver.finish(report);
  store::Transaction transaction(project.database());
  const auto key = store::PairRepository(project.database())
                       .insertSet(request.name, request.file.filename().string(), resolved.pairs);
  store::insertLeftOut(project.database(), key, resolved.leftOut);
  transaction.commit();
  return report;
}

ImportReport importSplitParts(store::Project& project, const std::string& name,
                              const std::array<fs::path, 3>& files,
                              const formats::PairTableFormat& format, const Watch& watch) {
  if (files[0].empty() || files[1].empty()) {
    throw Error(ErrorKind::Usage,
                "a split from files needs one for training and one for validation");
  }
  store::PairRepository(project.database()).requireFreeName(name);
  PairResolver resolver(project, format, watch);
  std::vector<std::string> sources;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!files[i].empty()) {
      resolver.read(files[i], data::kParts[i]);
      sources.push_back(files[i].filename().string());
    }
  }
  ImportReport report;
  const ResolvedPairs resolved = resolver.finish(report);
  for (const data::Part part : data::kParts) {
    const bool expected = !files[static_cast<std::size_t>(part)].empty();
    if (expected &&
        std::find(resolved.parts.begin(), resolved.parts.end(), part) == resolved.parts.end()) {
      throw badInput(files[static_cast<std::size_t>(part)].filename().string(), 0,
                     fmt::format("no pair is left for {}; all are unknown, repeated or contradict "
                                 "another row",
                                 data::name(part)));
    }
    if (expected && part != data::Part::Train) {
      report.notes.push_back(sharedProteinsNote(resolved, part));
    }
  }
  store::Transaction transaction(project.database());
  store::PairRepository pairs(project.database());
  const std::int64_t key =
      pairs.insertSet(name, fmt::format("{}", fmt::join(sources, ", ")), resolved.pairs);
  static_cast<void>(pairs.insertSplit(name, key, {"files", 0, resolved.parts}));
  store::insertLeftOut(project.database(), key, resolved.leftOut);
  transaction.commit();
  return report;
}

}  // namespace twofold::imports
