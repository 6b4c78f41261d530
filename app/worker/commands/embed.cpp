// `embed`: fills the cache with embeddings, or writes them as safetensors.
#include <fmt/format.h>

#include <memory>

#include "app/worker/backbone_options.h"
#include "app/worker/commands/commands.h"
#include "app/worker/sequence_file.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/store/protein_repository.h"
#include "models/learning/session.h"

namespace twofold::app {

namespace {

struct EmbedOptions {
  BackboneOptions backbone;
  bool perResidue = false;
  bool check = false;
  std::filesystem::path fasta;
  std::filesystem::path out;
};

void takeProjectProteins(store::Project& project, models::EmbedRequest& request) {
  store::ProteinRepository repository(project.database());
  std::vector<data::ProteinKey> keys;
  for (const auto& [key, id] : repository.ids()) {
    keys.push_back(key);
  }
  for (auto& protein : repository.load(keys)) {
    request.ids.push_back(std::move(protein.id));
    request.sequences.push_back(std::move(protein.sequence));
  }
}

formats::Json driftJson(const models::Drift& drift) {
  return {{"proteins", drift.proteins},
          {"worst_cosine", drift.worstCosine},
          {"mean_cosine", drift.meanCosine},
          {"greatest_difference", drift.greatestDifference}};
}

std::string driftText(const models::Drift& drift) {
  return fmt::format(
      "\nbeside fp32, {} proteins: cosine {:.6f} at worst, {:.6f} on average; "
      "values at most {:.3g} apart",
      countText(static_cast<std::int64_t>(drift.proteins)), drift.worstCosine, drift.meanCosine,
      drift.greatestDifference);
}

void warnOfDrift(Job& job, const models::Drift& drift) {
  if (drift.worstCosine < models::kLeastDriftCosine) {
    job.output.say(
        fmt::format("Warning: an embedding has cosine {:.4f} to its fp32 self, below {}; use a "
                    "wider precision, such as bf16 or fp32",
                    drift.worstCosine, models::kLeastDriftCosine));
  }
}

void runEmbed(Job& job, const EmbedOptions& options) {
  if (job.common.project.empty() && (options.fasta.empty() || options.out.empty())) {
    throw Error(ErrorKind::Usage, "without --project, embed needs --fasta FILE and --out FILE");
  }
  models::EmbedRequest request;
  request.backbone = options.backbone.part();
  request.perResidue = options.perResidue;
  request.check = options.check;
  request.outFile = options.out;
  request.device = job.device();
  request.threads = job.threads();
  if (!options.fasta.empty()) {
    auto file = readSequences(options.fasta);
    request.ids = std::move(file.ids);
    request.sequences = std::move(file.sequences);
  }
  if (!job.common.project.empty()) {
    auto project = job.openProject();
    request.cacheFolder = project.cacheFolder();
    if (options.fasta.empty()) {
      takeProjectProteins(project, request);
    }
  }
  const auto result = models::embed(request, job.output.progressSink(), job.stop,
                                    [&](const std::string& text) { job.output.say(text); });
  formats::Json body = {{"command", "embed"},
                        {"backbone", request.backbone.id},
                        {"proteins", result.proteins},
                        {"residues", result.residues},
                        {"from_cache", result.fromCache},
                        {"width", result.width},
                        {"longer", {{"proteins", result.longer}, {"rule", result.longRule}}},
                        {"seconds", result.seconds},
                        {"out", options.out.string()}};
  auto text = fmt::format("{} proteins ({} residues), {} values each, {} from the cache, {}",
                          countText(result.proteins), countText(result.residues), result.width,
                          countText(result.fromCache), durationText(result.seconds));
  if (result.drift) {
    warnOfDrift(job, *result.drift);
    body["drift"] = driftJson(*result.drift);
    text += driftText(*result.drift);
  }
  job.output.result({std::move(body)}, text);
}

}  // namespace

void addEmbed(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<EmbedOptions>();
  auto* command = app.add_subcommand("embed", "Turns proteins into embeddings");
  options->backbone.addTo(*command)->required();
  command->add_flag("--per-residue", options->perResidue,
                    "One vector a residue; without --out kept in the project, as bf16");
  command->add_flag("--check", options->check, "Compare 32 proteins with the same network in fp32");
  command->add_option("--fasta", options->fasta, "These proteins instead of the project's");
  command->add_option("--out", options->out, "safetensors file, one tensor a protein id");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runEmbed(job, *options); }; });
}

}  // namespace twofold::app
