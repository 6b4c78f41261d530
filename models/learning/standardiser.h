// Brings each feature of a channel to mean 0 and deviation 1 over the training proteins.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/learning/channel.h"

namespace twofold::models {

/// Fitted on training proteins only, so that nothing of the other parts reaches the model.
struct Standardiser {
  /// Standardised values beyond this are cut: a protein unlike any seen in training must not
  /// drive the model far outside the range it was fitted in.
  static constexpr float kLimit = 6;

  std::vector<float> mean;   // [features]
  std::vector<float> scale;  // [features]; 1 / deviation, or 1 for a constant feature

  /// Over all rows of `proteins` that are present; mean 0, scale 1 when there are none, and for
  /// inputs that are not to be standardised.
  [[nodiscard]] static Standardiser fitted(const ChannelInputs& inputs,
                                           std::span<const std::uint32_t> proteins);
  /// Leaves inputs as they are that are not to be standardised.
  void apply(ChannelInputs& inputs) const;
};

}  // namespace twofold::models
