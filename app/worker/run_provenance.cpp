#include "app/worker/run_provenance.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <vector>

#include "app/worker/project_catalog.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/machine.h"
#include "core/runs/complete_spec.h"
#include "core/runs/evidence_hash.h"
#include "core/store/pair_repository.h"
#include "core/store/pair_set_hash.h"
#include "core/store/run_tracking.h"
#include "models/learning/checkpoint.h"

namespace twofold::app {

namespace {

constexpr const char* kCheckpoints = "checkpoints/";

store::RunValueMap machineValues() {
  const auto machine = thisMachine();
  store::RunValueMap values = {{"system.version", std::string(TWOFOLD_VERSION)},
                               {"system.cores", machine.cores},
                               {"system.memory", machine.memoryBytes}};
  for (const auto& [name, text] : {std::pair{"system.host", machine.host},
                                   {"system.os", machine.system},
                                   {"system.processor", machine.processor},
                                   {"system.accelerators", machine.accelerators}}) {
    if (!text.empty()) {
      values[name] = text;
    }
  }
  return values;
}

/// A checkpoint within the first epoch counts, and so does what fine-tuning left.
bool goesOn(const store::Project& project, const store::RunRecord& run) {
  const auto folder = project.runFolder(run.id) / "checkpoints";
  std::error_code ignored;
  return run.started != 0 && std::filesystem::exists(folder, ignored) &&
         !std::filesystem::is_empty(folder, ignored);
}

/// Where both were recorded.
void requireSame(const store::RunValueMap& begunWith, const store::RunValueMap& found,
                 const std::string& runId) {
  for (const auto& [name, hash] : found) {
    const auto before = begunWith.find(name);
    if (before != begunWith.end() && before->second != hash) {
      throw Error(
          ErrorKind::Usage,
          fmt::format("run {} began with other {} than the project has now; bring them back to go "
                      "on, or start a new run",
                      runId,
                      name == "hashes.data" ? "pairs, labels or sequences" : name.substr(7)));
    }
  }
}

store::Artifact artifactOf(const std::filesystem::path& file, std::string name, std::string path) {
  return {std::move(name), std::move(path),
          static_cast<std::int64_t>(std::filesystem::file_size(file)), sha256OfFile(file), 0};
}

}  // namespace

store::RunValueMap dataHashes(store::Project& project, const runs::RunSpec& spec,
                              const std::stop_token& stop) {
  auto hashes = runs::evidenceHashes(project, spec, stop);
  auto& database = project.database();
  hashes["hashes.data"] =
      store::pairSetHash(database, store::PairRepository(database).set(spec.pairSet).key);
  return hashes;
}

void recordOrigin(store::Project& project, const store::RunRecord& run, const runs::RunSpec& spec,
                  const std::stop_token& stop) {
  auto& database = project.database();
  store::RunTracking tracking(database);
  const auto complete = runs::withDefaults(projectCatalog(project), spec);
  tracking.setParameters(run.id, store::parametersOf(runs::toJson(complete).dump()));
  auto values = dataHashes(project, spec, stop);
  if (goesOn(project, run)) {
    requireSame(tracking.values(run.id), values, run.id);
  }
  values.merge(machineValues());
  values["hashes.program"] = sha256OfFile("/proc/self/exe");
  tracking.record(run.id, values);
}

void recordResults(store::Project& project, const std::string& runId) {
  const auto folder = project.runFolder(runId) / "checkpoints";
  store::RunTracking tracking(project.database());
  if (const auto checkpoint = models::CheckpointFolder(folder).newest()) {
    tracking.record(runId, {{"hashes.weights", checkpoint->info.backbone}});
  }
  std::vector<store::Artifact> artifacts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      const auto name =
          kCheckpoints + std::filesystem::relative(entry.path(), folder).generic_string();
      artifacts.push_back(artifactOf(entry.path(), name, fmt::format("runs/{}/{}", runId, name)));
    }
  }
  tracking.putArtifacts(runId, kCheckpoints, artifacts);
}

void recordOutput(store::Project& project, const std::string& runId,
                  const std::filesystem::path& file) {
  if (!project.readOnlyReason().empty()) {
    return;
  }
  const auto name = "predictions/" + file.filename().string();
  store::RunTracking(project.database())
      .putArtifacts(runId, name,
                    std::vector{artifactOf(file, name, std::filesystem::absolute(file).string())});
}

}  // namespace twofold::app
