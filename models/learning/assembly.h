// From a run's spec to its parts: backbone with cache, channels, and the pair model.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "models/builtin_models.h"
#include "models/learning/channel.h"
#include "models/learning/checkpoint.h"
#include "models/learning/training_options.h"

namespace twofold::models {

class PairModel;

/// The frozen half of a pair model.
struct FrozenParts {
  std::unique_ptr<Backbone> backbone;
  std::vector<std::string> ids;  // of the channels
  std::vector<std::unique_ptr<Channel>> channels;
};

/// Without its cache. Throws Error(Usage) naming the nearest id or option; StopRequested.
[[nodiscard]] std::unique_ptr<Backbone> makeBackbone(const PartLists& lists,
                                                     const runs::PartSpec& spec,
                                                     const std::string& device,
                                                     const LoadWatch& watch = {});

struct FrozenPartsRequest {
  const PartLists& lists;
  const runs::RunSpec& spec;
  std::filesystem::path cacheFolder;
  std::string device;
  LoadWatch watch{};
};

/// Throws Error(Usage) naming the nearest id or option, for no channel and for one named twice;
/// StopRequested.
[[nodiscard]] FrozenParts makeFrozenParts(const FrozenPartsRequest& request);

/// Inputs of every channel for the proteins, in the order of the channels; `known` proteins came
/// before.
[[nodiscard]] std::vector<ChannelInputs> makeInputs(FrozenParts& parts,
                                                    const ProteinInputs& proteins,
                                                    std::size_t known, const LoadWatch& watch);
/// Lets every channel learn from the training part.
void fitChannels(FrozenParts& parts, const TrainingPart& part, const ProteinInputs& proteins,
                 const LoadWatch& watch);

/// Sentences on how the backbone, where a channel uses it, and the channels treat these proteins.
[[nodiscard]] std::vector<std::string> notesOn(const FrozenParts& parts,
                                               const ProteinInputs& proteins);

/// Weights are drawn from torch's generator, which this seeds from the spec. `shapes` one a
/// channel. Throws Error(Usage).
[[nodiscard]] std::shared_ptr<PairModel> makePairModel(const PartLists& lists,
                                                       const runs::RunSpec& spec,
                                                       const FrozenParts& parts,
                                                       const std::vector<ChannelShape>& shapes);

/// Threads to run the pair model with, of the `threads` asked for (0: all): one while its matrix
/// products are small, because waking the others then costs more than they save, and very much
/// more where other programs want the cores.
[[nodiscard]] int pairModelThreads(const std::vector<ChannelShape>& shapes, std::int64_t width,
                                   std::int64_t batch, int threads);

}  // namespace twofold::models
