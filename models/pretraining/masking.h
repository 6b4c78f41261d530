// Masked language modelling as ESM-2 does it (Devlin et al. 2019): 15 % of the residues are to be
// told; of these 80 % are hidden, 10 % replaced by another residue, 10 % left. Torch-free.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "models/pretraining/crop_plan.h"

namespace twofold::models {

inline constexpr double kMaskedShare = 0.15;

/// For measuring, all are hidden: at a tenth of the places training shows the true residue, and a
/// network that has learned no more than to copy gains 0.2 nats by it on a baseline that is shown
/// none.
enum class Told { AsInTraining, AllHidden };

struct MaskedBatch {
  std::vector<std::uint8_t> inputs;   // [rows, length]
  std::vector<std::int64_t> places;   // in inputs, ascending: what is to be told
  std::vector<std::int64_t> targets;  // the true token at each place
  std::vector<float> scales;          // [rows], see tokenDropoutScale
};

/// ESM-2's "token dropout": the embedding of <mask> is zero and the others are scaled so that a
/// row's sum has the size that it has with 12 % masks.
[[nodiscard]] constexpr float tokenDropoutScale(std::int64_t masked, std::int64_t length) {
  return static_cast<float>((1 - kMaskedShare * 0.8) /
                            (1 - static_cast<double>(masked) / static_cast<double>(length)));
}

/// Only the twenty residues are ever to be told; a very short batch may have none.
[[nodiscard]] MaskedBatch masked(const CropBatch& crops, Random& random,
                                 Told told = Told::AsInTraining);

}  // namespace twofold::models
