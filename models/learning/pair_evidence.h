// What the channels know of pairs, standardised with the training pairs' mean and deviation.
#pragma once

#include <c10/core/Device.h>

#include <optional>
#include <span>
#include <vector>

#include "models/learning/assembly.h"
#include "models/learning/input_table.h"
#include "models/learning/standardiser.h"

namespace twofold::models {

/// Borrows the parts. Pairs name proteins as the channels were given them.
class PairEvidence {
 public:
  PairEvidence(const FrozenParts& parts, c10::Device device);

  /// Learns mean and deviation, and returns the training pairs.
  [[nodiscard]] PairTensors fit(std::span<const IndexedPair> training);
  /// After fit(), or with the standardisers of a checkpoint put in.
  [[nodiscard]] PairTensors tensors(std::span<const IndexedPair> pairs) const;

  /// One a channel; empty vectors for one that knows nothing of pairs.
  [[nodiscard]] std::vector<Standardiser>& standardisers() { return m_standardisers; }
  [[nodiscard]] const std::vector<Standardiser>& standardisers() const { return m_standardisers; }

 private:
  using Described = std::vector<std::optional<ChannelInputs>>;  // nothing: knows no pairs
  [[nodiscard]] Described describe(std::span<const IndexedPair> pairs) const;
  [[nodiscard]] PairTensors assembled(std::span<const IndexedPair> pairs,
                                      Described described) const;

  const FrozenParts& m_parts;
  c10::Device m_device;
  std::vector<Standardiser> m_standardisers;
};

}  // namespace twofold::models
