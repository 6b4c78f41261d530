#include "core/runs/exported_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/plain_files.h"
#include "core/data/splitters.h"
#include "core/runs/copied_run.h"
#include "core/runs/json_fields.h"
#include "core/runs/run_card.h"
#include "core/runs/run_csv.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::runs {

namespace {

namespace fs = std::filesystem;
using formats::Json;

/// Notes and names may hold bytes that are no UTF-8; one of them stops no export.
std::string textOf(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// The spec as JSON, or as text where it cannot be read.
Json specOf(const store::RunRecord& run) {
  try {
    return formats::parseJson(run.specJson, run.id);
  } catch (const Error&) {
    return run.specJson;
  }
}

/// {"params": {"backbone": "esm2", …}, "tags": …}: by family.
Json byFamily(const store::RunValueMap& values) {
  Json all = Json::object();
  for (const auto& [name, value] : values) {
    const auto dot = name.find('.');
    all[name.substr(0, dot)][name.substr(dot + 1)] = optionToJson(value);
  }
  return all;
}

Json toJson(const std::vector<store::StatusChange>& history) {
  Json all = Json::array();
  for (const auto& change : history) {
    all.push_back({{"at", change.at}, {"status", change.status}, {"message", change.message}});
  }
  return all;
}

Json toJson(const std::vector<store::Artifact>& artifacts) {
  Json all = Json::array();
  for (const auto& artifact : artifacts) {
    all.push_back({{"name", artifact.name},
                   {"path", artifact.path},
                   {"bytes", artifact.bytes},
                   {"sha256", artifact.hash}});
  }
  return all;
}

Json partsJson(const store::RunRecord& run) {
  Json all = Json::object();
  for (const auto& [part, metrics] : run.parts) {
    Json intervals = Json::object();
    for (const auto& [metric, interval] : metrics.intervals) {
      intervals[metric] = {interval.low, interval.high};
    }
    all[part] = {{"n", metrics.n},
                 {"positives", metrics.positives},
                 {"threshold", metrics.threshold},
                 {"values", metrics.values},
                 {"intervals", intervals}};
  }
  return all;
}

std::string seriesCsv(const std::vector<store::MetricSeries>& all) {
  std::string csv = "part,metric,step,value\n";
  for (const auto& series : all) {
    for (std::size_t i = 0; i < series.steps.size(); ++i) {
      csv += fmt::format("{},{},{},{}\n", csvField(series.part), csvField(series.metric),
                         series.steps[i], series.values[i]);
    }
  }
  return csv;
}

/// Ids of the project's proteins, by key.
std::map<data::ProteinKey, std::string> idsOfProteins(store::Database& database) {
  std::map<data::ProteinKey, std::string> ids;
  auto row = database.prepare("SELECT key, id FROM protein");
  while (row.step()) {
    ids.emplace(row.integer(0), row.text(1));
  }
  return ids;
}

class Export {
 public:
  Export(store::Project& project, const std::string& runId, fs::path folder)
      : m_project(project),
        m_runs(project.database()),
        m_run(m_runs.run(runId)),
        m_folder(std::move(folder)) {}

  ExportedRun write() {
    makeFolders(m_folder);
    put("run.json", textOf(runToJson(m_project, m_run.id)));
    put("spec.json", textOf(specOf(m_run)));
    put("metrics.json", textOf(partsJson(m_run)));
    put("series.csv", seriesCsv(m_runs.series(m_run.id)));
    putPredictions();
    copyRunFolder();
    putWhatRepeatsIt();
    auto card = runCard(m_run, store::RunTracking(m_project.database()).values(m_run.id));
    if (!m_written.whyNotRepeatable.empty()) {
      card +=
          fmt::format("\nIt cannot be trained again from here: {}.\n", m_written.whyNotRepeatable);
    }
    put("README.md", card);
    return m_written;
  }

 private:
  void put(const std::string& name, const std::string& text) {
    writeFileAtomically(m_folder / name, text);
    ++m_written.files;
    m_written.bytes += static_cast<std::int64_t>(text.size());
  }

  void putPredictions() {
    store::PairRepository repository(m_project.database());
    data::Pairs pairs;
    std::map<data::ProteinKey, std::string> ids;
    for (const auto part : {data::Part::Validation, data::Part::Test}) {
      const auto predictions = m_runs.predictions(m_run.id, part);
      if (predictions.empty()) {
        continue;
      }
      if (pairs.empty()) {
        pairs = repository.pairs(repository.set(specOf(m_run).at("pairSet")).key);
        ids = idsOfProteins(m_project.database());
      }
      std::string csv = "a,b,label,probability\n";
      for (const auto& [index, probability] : predictions) {
        const auto& pair = pairs.at(index);
        csv += fmt::format("{},{},{},{}\n", csvField(ids.at(pair.a)), csvField(ids.at(pair.b)),
                           static_cast<int>(pair.label), static_cast<double>(probability));
      }
      put(fmt::format("predictions_{}.csv", data::name(part)), csv);
    }
  }

  void copyRunFolder() {
    const fs::path from = m_project.runFolder(m_run.id);
    for (const char* name : {"events.jsonl", "log.txt", "checkpoints"}) {
      if (fs::exists(from / name)) {
        copyPlainFiles(from / name, m_folder / name);
      }
    }
    for (const auto& entry : fs::recursive_directory_iterator(m_folder)) {
      const auto name = fs::relative(entry.path(), m_folder).string();
      if (entry.is_regular_file() && fs::exists(from / name)) {
        ++m_written.files;
        m_written.bytes += static_cast<std::int64_t>(entry.file_size());
      }
    }
  }

  void putWhatRepeatsIt() {
    try {
      putProject();
      putPairs();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::BadInput && error.kind() != ErrorKind::NotFound) {
        throw;
      }
      fs::remove_all(m_folder / "project");
      m_written.whyNotRepeatable = error.what();
    }
  }

  /// For those who read the data without this program.
  void putPairs() {
    store::PairRepository repository(m_project.database());
    const std::string set = specOf(m_run).at("pairSet");
    const auto pairs = repository.pairs(repository.set(set).key);
    const auto split = repository.split(repository.splitInfo(set, specOf(m_run).at("split")).key);
    const auto ids = idsOfProteins(m_project.database());
    std::string csv = "a,b,label,part\n";
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      csv +=
          fmt::format("{},{},{},{}\n", csvField(ids.at(pairs[i].a)), csvField(ids.at(pairs[i].b)),
                      static_cast<int>(pairs[i].label), data::name(split.parts[i]));
    }
    put("pairs.csv", csv);
    std::string fasta;
    const auto keys = data::proteinsOf(pairs);
    for (const auto& protein : store::ProteinRepository(m_project.database()).load(keys)) {
      fasta += fmt::format(">{}\n{}\n", protein.id, protein.sequence);
    }
    put("proteins.fasta", fasta);
  }

  /// A project of this run alone, from which it can be trained again.
  void putProject() {
    const auto folder = m_folder / "project";
    {
      auto own = store::Project::openOrCreate(folder);
      static_cast<void>(copyRun(m_project, own, {m_run.id}));
      fs::remove_all(own.runFolder(m_run.id) / "checkpoints");  // they lie beside it
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) {
        ++m_written.files;
        m_written.bytes += static_cast<std::int64_t>(entry.file_size());
      }
    }
  }

  store::Project& m_project;
  store::RunRepository m_runs;
  store::RunRecord m_run;
  fs::path m_folder;
  ExportedRun m_written;
};

}  // namespace

Json runToJson(store::Project& project, const std::string& runId) {
  const auto run = store::RunRepository(project.database()).run(runId);
  store::RunTracking tracking(project.database());
  Json json = {{"id", run.id},
               {"experiment", run.experiment},
               {"status", store::name(run.status)},
               {"message", run.message},
               {"created", run.created},
               {"started", run.started},
               {"finished", run.finished},
               {"epochs", run.epochs},
               {"version", run.programVersion},
               {"parent", run.parent},
               {"note", run.note},
               {"favourite", run.favourite},
               {"archived", run.archived},
               {"spec", specOf(run)},
               {"parts", partsJson(run)},
               {"history", toJson(tracking.history(runId))},
               {"artifacts", toJson(tracking.artifacts(runId))}};
  json.update(byFamily(tracking.values(runId)));
  return json;
}

ExportedRun exportRun(store::Project& project, const std::string& runId, const fs::path& given) {
  const fs::path normal = given.lexically_normal();
  const fs::path folder = normal.has_filename() ? normal : normal.parent_path();
  if (fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("{}: there is something here already; name a new folder", folder.string()));
  }
  const fs::path temporary = fmt::format("{}.{}.part", folder.string(), ::getpid());
  try {
    auto written = Export(project, runId, temporary).write();
    fs::rename(temporary, folder);  // an empty folder gives way
    return written;
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(temporary, ignored);
    throw;
  }
}

CopiedRun importRun(const fs::path& folder, store::Project& to, const CopyRequest& request,
                    const ProgressSink& progress, const std::stop_token& stop) {
  const auto inside = folder / "project";
  if (!fs::is_directory(inside)) {
    throw Error(ErrorKind::NotFound,
                fmt::format("{}: this is no folder of export folder (there is no project in it)",
                            folder.string()));
  }
  requirePlainFiles(fs::canonical(folder));  // the store's own file too
  auto from = store::Project::open(inside);
  const auto states = store::RunRepository(from.database()).states();
  if (states.size() != 1) {
    throw badInput(inside.string(), 0,
                   fmt::format("holds {} runs where one is expected", states.size()));
  }
  return copyRun(from, to, {states.front().id, request.weights, request.experiment, folder},
                 progress, stop);
}

}  // namespace twofold::runs
