// Measures a learning network on proteins without near relatives in training, beside baselines.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/residue_frequencies.h"
#include "models/pretraining/esm2_learner.h"
#include "models/pretraining/pretrain.h"

namespace twofold::models {

/// Always the same pieces (the first 510 residues of each protein) with the same masks, all told
/// places hidden.
class HeldOut {
 public:
  HeldOut(std::span<const std::string> heldOut, std::span<const std::string> training,
          std::uint64_t seed);

  /// Throws StopRequested between proteins.
  [[nodiscard]] HeldOutFigures measure(const Esm2Learner& learner,
                                       const std::stop_token& stop) const;

 private:
  struct Item {
    MaskedBatch batch;
    std::int64_t length = 0;
  };
  std::vector<Item> m_items;
  HeldOutFigures m_baselines;
};

}  // namespace twofold::models
