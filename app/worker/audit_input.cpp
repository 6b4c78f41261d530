#include "app/worker/audit_input.h"

#include <algorithm>

#include "core/data/evidence_rule.h"
#include "core/runs/run_spec.h"
#include "core/store/annotation_repository.h"
#include "core/store/left_out_rows.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "core/weights/weights_list.h"

namespace twofold::app {

namespace {

namespace fs = std::filesystem;

/// A channel of the run reads annotations under a rule that leaves nothing out.
bool readsAllEvidence(const runs::RunSpec& spec) {
  return std::any_of(spec.channels.begin(), spec.channels.end(), [](const runs::PartSpec& channel) {
    const auto rule = channel.options.find("evidence");
    return (channel.id == "annotation" || channel.id == "text") && rule != channel.options.end() &&
           data::infoOf(data::evidenceRuleOf(toText(rule->second))).leaks;
  });
}

std::vector<std::string> leakingRuns(store::Project& project, const std::string& pairSet) {
  std::vector<std::string> leaking;
  for (const auto& run : store::RunRepository(project.database()).runs()) {
    const auto spec = runs::readableSpec(run.specJson);
    if (spec && spec->pairSet == pairSet && readsAllEvidence(*spec)) {
      leaking.push_back(run.id);
    }
  }
  return leaking;
}

}  // namespace

audit::Subject auditSubject(store::Project& project, const std::string& pairSet,
                            const data::Split* split) {
  store::PairRepository repository(project.database());
  auto pairs = repository.pairs(repository.set(pairSet).key);
  std::vector<data::ProteinKey> keys;
  for (const auto& pair : pairs) {
    keys.insert(keys.end(), {pair.a, pair.b});
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return {std::move(pairs), split, store::ProteinRepository(project.database()).load(keys)};
}

std::vector<data::LeftOutRow> auditLeftOut(store::Project& project, const std::string& pairSet,
                                           const data::Split* split) {
  auto rows = store::leftOutRows(project.database(),
                                 store::PairRepository(project.database()).set(pairSet).key);
  if (split == nullptr || split->rule != "files") {
    std::erase_if(rows, [](const data::LeftOutRow& row) {
      return row.why == data::LeftOutFor::SharedPair || row.why == data::LeftOutFor::SwappedPair;
    });
  }
  return rows;
}

audit::KnownEvidence auditEvidence(store::Project& project, const std::string& pairSet,
                                   const audit::Subject& subject) {
  store::AnnotationRepository repository(project.database());
  std::vector<data::ProteinKey> keys;
  for (const auto& protein : subject.proteins()) {
    keys.push_back(protein.key);
  }
  return {repository.load(keys), repository.graph(), leakingRuns(project, pairSet)};
}

std::vector<audit::PretrainedBackbone> auditBackbones(const std::vector<fs::path>& folders) {
  std::vector<audit::PretrainedBackbone> backbones;
  const auto shipped = weights::weightsPlaces().shipped;
  if (!shipped.empty()) {
    for (const auto& entry : fs::directory_iterator(shipped)) {
      if (entry.is_directory()) {
        backbones.push_back({entry.path().filename().string() + " (shipped)",
                             weights::SequenceManifest::of(entry.path())});
      }
    }
  }
  for (const auto& folder : folders) {
    backbones.push_back({folder.string(), weights::SequenceManifest::of(folder)});
  }
  return backbones;
}

}  // namespace twofold::app
