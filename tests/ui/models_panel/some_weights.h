// Described folders of weights as the worker tells them, without files behind them.
#pragma once

#include <string>
#include <vector>

#include "core/weights/weights_folder.h"

namespace twofold::ui {

inline weights::WeightsFolder someWeights(const std::string& name,
                                          weights::WeightsFolder::Origin origin) {
  weights::WeightsFolder folder;
  folder.path = "/weights/" + name;
  folder.name = name;
  folder.origin = origin;
  folder.backbone = "esm2";
  folder.architecture = "ESM-2";
  folder.layers = 6;
  folder.width = 320;
  folder.heads = 20;
  folder.parameters = 7'523'082;
  folder.bytes = 30'093'600;
  folder.precision = "fp32";
  folder.licence = "mit";
  folder.memory = {{{"fp32", 4000, weights::Fit::DoesNotFit},
                    {"bf16", 2000, weights::Fit::Tight},
                    {"int8", 1000, weights::Fit::Fits}}};
  return folder;
}

/// The shipped one, which is the default, an added one, and one that no backbone reads.
inline std::vector<weights::WeightsFolder> threeFolders() {
  auto broken = someWeights("broken", weights::WeightsFolder::Origin::Installed);
  broken.backbone.clear();
  broken.problem = "/weights/broken/model.bin: pickled weights are refused";
  auto small = someWeights("small", weights::WeightsFolder::Origin::Shipped);
  small.isDefault = true;
  return {small, someWeights("mine", weights::WeightsFolder::Origin::Added), broken};
}

}  // namespace twofold::ui
