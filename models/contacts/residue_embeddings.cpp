#include "models/contacts/residue_embeddings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/store/residue_cache.h"
#include "models/backbones/cached.h"
#include "models/builtin_models.h"
#include "models/finetuning/tuned_spec.h"
#include "models/learning/assembly.h"
#include "models/learning/backbone_notes.h"
#include "models/learning/device.h"

namespace twofold::models {

ResidueEmbeddings embedResidues(const ResidueRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop) {
  return translated([&] {
    if (isFinetuned(request.backbone)) {
      throw Error(ErrorKind::Usage,
                  "lora_rank fine-tunes in a run of pairs; name the folder of its adapters by the "
                  "option adapters");
    }
    useThreads(request.threads);
    const auto backbone =
        cached(makeBackbone(builtinParts(), request.backbone, request.device, {progress, stop}),
               request.cacheFolder, true);
    requireWithinLimit(backbone->lengthLimit(), request.ids, request.sequences);
    ResidueEmbeddings found{backbone->identity(), backbone->width(), {}};
    found.rows.resize(request.sequences.size());
    const auto take = [&](std::size_t i, Embedding&& embedding) {
      if (embedding.residues != static_cast<std::int64_t>(request.sequences[i].size())) {
        throw Error(
            ErrorKind::BadInput,
            fmt::format("{} has {} residues and the backbone gives vectors for {}; read long "
                        "proteins in windows (--set long=windows), or choose a backbone "
                        "that reads residues, not text",
                        request.ids[i], request.sequences[i].size(), embedding.residues));
      }
      if (!std::all_of(embedding.values.begin(), embedding.values.end(),
                       [](float value) { return std::isfinite(value); })) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("the backbone gives {} values that are no numbers; try fp32, and "
                                "look at the weights with \"weights verify\"",
                                request.ids[i]));
      }
      std::transform(embedding.values.begin(), embedding.values.end(), embedding.values.begin(),
                     store::roundedToBfloat16);
      found.rows[i] = std::move(embedding.values);
    };
    backbone->embed({request.sequences, true, take, progress, stop});
    return found;
  });
}

std::string backboneIdentity(const runs::PartSpec& backbone, const std::string& device) {
  return translated([&] { return makeBackbone(builtinParts(), backbone, device)->identity(); });
}

}  // namespace twofold::models
