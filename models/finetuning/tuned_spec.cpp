#include "models/finetuning/tuned_spec.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/data/split.h"
#include "models/builtin_models.h"
#include "models/finetuning/finetune.h"
#include "models/learning/assembly.h"
#include "models/learning/process_group.h"

namespace twofold::models {

namespace {

std::filesystem::path stateFile(const TrainRequest& request) {
  return request.checkpointFolder / "tuning.safetensors";
}

/// Hash of all that fine-tuning's numbers follow from.
std::string recipeOf(const TrainRequest& request, const std::string& weights) {
  Sha256 hash;
  hash.add(weights + " ");
  hash.add(runs::toJson(request.spec).at("backbone").dump());
  hash.add(fmt::format(" {} ", request.spec.seed));
  for (const auto& sequence : request.proteins.sequences) {
    hash.add(sequence + "\n");
  }
  for (const auto& part : request.parts) {
    for (const auto& pair : part) {
      hash.add(fmt::format("{} {} {}\n", pair.a, pair.b, static_cast<int>(pair.label)));
    }
    hash.add("\n");
  }
  return hash.hex();
}

Adapters tunedAdapters(const TrainRequest& request, const TrainObserver& observer,
                       const std::stop_token& stop) {
  const auto& spec = request.spec;
  const auto backbone =
      makeBackbone(builtinParts(), spec.backbone, spec.device, {observer.progress, stop});
  const auto* packed = dynamic_cast<const PackedBackbone*>(backbone.get());
  if (packed == nullptr) {
    throw Error(ErrorKind::Internal, "a backbone with the option lora_rank cannot be fine-tuned");
  }
  const auto& descriptor = builtinParts().backbones.find(spec.backbone.id).descriptor;
  const Options options("backbone", descriptor.options, spec.backbone.options);
  const auto part = [&](data::Part name) {
    return std::span<const IndexedPair>(request.parts.at(static_cast<std::size_t>(name)));
  };
  return finetuned({packed->setup(),
                    request.proteins,
                    part(data::Part::Train),
                    part(data::Part::Validation),
                    finetuneOptions(options),
                    spec.seed,
                    {stateFile(request), recipeOf(request, packed->setup().tunable.hash),
                     request.resume, request.keepEvery}},
                   observer, stop);
}

}  // namespace

bool isFinetuned(const runs::PartSpec& backbone) {
  const auto found = backbone.options.find("lora_rank");
  const auto* rank =
      found == backbone.options.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
  return rank != nullptr && *rank > 0;
}

runs::RunSpec withOwnAdapters(const runs::RunSpec& spec,
                              const std::filesystem::path& checkpointFolder) {
  runs::RunSpec own = spec;
  if (isFinetuned(spec.backbone)) {
    own.backbone.options["adapters"] = checkpointFolder.string();
  }
  return own;
}

runs::RunSpec tunedSpec(const TrainRequest& request, const TrainObserver& observer,
                        const std::stop_token& stop) {
  if (!isFinetuned(request.spec.backbone)) {
    return request.spec;
  }
  const auto given = request.spec.backbone.options.find("adapters");
  if (given != request.spec.backbone.options.end() && given->second != OptionValue("")) {
    throw Error(ErrorKind::Usage,
                "a run that fine-tunes its backbone makes adapters of its own; clear the option "
                "adapters, or set lora_rank to 0");
  }
  const auto file = adaptersFile(request.checkpointFolder);
  const bool isFirst = request.group == nullptr || request.group->isFirst();
  if (isFirst && (!request.resume || !std::filesystem::exists(file))) {
    makeFolders(request.checkpointFolder);
    writeAdapters(file, tunedAdapters(request, observer, stop));
  }
  if (isFirst) {
    std::error_code ignored;  // its end is in the adapters; nobody reads what stays
    std::filesystem::remove(stateFile(request), ignored);
  }
  return withOwnAdapters(request.spec, request.checkpointFolder);
}

}  // namespace twofold::models
