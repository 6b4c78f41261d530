// Puts a network from a weights folder together as a backbone: the steps that every architecture
// shares, so that a new one is its own reading of the folder alone.
#pragma once

#include <memory>
#include <string_view>

#include "models/backbones/packed_backbone.h"

namespace twofold::models {

/// Rule for long proteins, pooling and arithmetic from the options; looks at no file. Throws Error:
/// Usage, Device.
[[nodiscard]] PackedSetup setupFrom(const BackboneRequest& request);

template <class Network, class Config>
[[nodiscard]] NetworkMaker makerOf(const Config& config) {
  return [config](WeightSource& weights, const Arithmetic& arithmetic) {
    return std::make_unique<Network>(config, weights, arithmetic);
  };
}

/// The backbone of a setup with tunable.make, tunable.weights, tunable.hash and tokenize chosen.
/// `kind` begins its identity: the architecture, and how it reads a protein where there are several
/// ways. The adapters that the options name are added to the weights. Throws Error: NotFound;
/// BadInput (missing tensors, adapters of other weights or with matrices that the network does not
/// have); Memory.
[[nodiscard]] std::unique_ptr<Backbone> packedBackbone(PackedSetup setup, std::string_view kind,
                                                       const Options& options);

/// The same of a folder: sets tunable.weights and tunable.hash. Names, shapes and types of all
/// tensors are checked before any is read. Throws Error(BadInput) too for a tensor that belongs to
/// no network of config.json's shape; StopRequested.
[[nodiscard]] std::unique_ptr<Backbone> folderBackbone(PackedSetup setup, std::string_view kind,
                                                       std::shared_ptr<FolderWeights> weights,
                                                       const Options& options);

}  // namespace twofold::models
