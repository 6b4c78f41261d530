#include "ui/panels/evidence/evidence_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/data/training_partners.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"

namespace twofold::ui {

namespace {

constexpr std::size_t kNearest = 10;

std::optional<data::EvidenceRule> ruleOf(const runs::RunSpec& spec) {
  for (const auto& channel : spec.channels) {
    if (channel.id == "annotation") {
      const auto found = channel.options.find("evidence");
      return found == channel.options.end() ? data::EvidenceRule::Default
                                            : data::evidenceRuleOf(toText(found->second));
    }
  }
  return std::nullopt;
}

/// A run that fine-tuned sees proteins through the adapters beside its checkpoint.
runs::PartSpec ownBackbone(runs::PartSpec backbone, const std::filesystem::path& runFolder) {
  const auto rank = backbone.options.find("lora_rank");
  if (rank != backbone.options.end() && toText(rank->second) != "0") {
    backbone.options.erase(rank);
    backbone.options["adapters"] = (runFolder / "checkpoints").string();
  }
  return backbone;
}

}  // namespace

EvidenceRun evidenceRun(store::Project& project, const std::string& id) {
  const auto record = store::RunRepository(project.database()).run(id);
  const auto spec = runs::runSpecFromJson(formats::parseJson(record.specJson, id), id);
  if (spec.imported) {
    return {id, spec.pairSet, spec.split, {}, std::nullopt};
  }
  return {id, spec.pairSet, spec.split, ownBackbone(spec.backbone, project.runFolder(id)),
          ruleOf(spec)};
}

QStringList neighbourArguments(const EvidenceRun& run, const QString& protein, std::size_t k) {
  const auto text = [](const std::string& value) { return QString::fromStdString(value); };
  QStringList arguments{"neighbours",
                        "--protein",
                        protein,
                        "-k",
                        QString::number(k),
                        "--pairs",
                        text(run.pairSet),
                        "--split",
                        text(run.split),
                        "--backbone",
                        text(run.backbone.id)};
  for (const auto& [id, value] : run.backbone.options) {
    arguments << "--set" << text(id + "=" + toText(value));
  }
  return arguments;
}

QList<QStringList> neighbourPlan(store::Project& project, const EvidenceRun& run,
                                 const QStringList& proteins) {
  if (run.backbone.id.empty()) {
    throw Error(
        ErrorKind::NotFound,
        fmt::format("run {} holds imported scores: it has no embeddings to find neighbours in",
                    run.id));
  }
  store::PairRepository pairs(project.database());
  const auto set = pairs.set(run.pairSet);
  const auto training = data::trainingPartners(
      pairs.pairs(set.key), pairs.split(pairs.splitInfo(run.pairSet, run.split).key));
  store::ProteinRepository repository(project.database());
  QList<QStringList> plan;
  for (const auto& protein : proteins) {
    const auto key = repository.byId(protein.toStdString()).key;
    const std::size_t itself =
        std::binary_search(training.proteins.begin(), training.proteins.end(), key) ? 1 : 0;
    const std::size_t others = training.proteins.size() - itself;
    if (others == 0) {
      throw Error(ErrorKind::NotFound,
                  fmt::format("the training part of {}/{} has no protein beside {}; choose a run "
                              "of a split with more training pairs",
                              run.pairSet, run.split, protein.toStdString()));
    }
    plan << neighbourArguments(run, protein, std::min(kNearest, others));
  }
  return plan;
}

}  // namespace twofold::ui
