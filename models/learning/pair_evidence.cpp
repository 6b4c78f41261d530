#include "models/learning/pair_evidence.h"

#include <ATen/ATen.h>

#include <numeric>
#include <utility>

namespace twofold::models {

PairEvidence::PairEvidence(const FrozenParts& parts, c10::Device device)
    : m_parts(parts), m_device(device), m_standardisers(parts.channels.size()) {}

PairTensors PairEvidence::fit(std::span<const IndexedPair> training) {
  std::vector<std::uint32_t> all(training.size());
  std::iota(all.begin(), all.end(), 0U);
  auto described = describe(training);
  for (std::size_t c = 0; c < described.size(); ++c) {
    if (described[c]) {
      m_standardisers[c] = Standardiser::fitted(*described[c], all);
    }
  }
  return assembled(training, std::move(described));
}

PairTensors PairEvidence::tensors(std::span<const IndexedPair> pairs) const {
  return assembled(pairs, describe(pairs));
}

PairEvidence::Described PairEvidence::describe(std::span<const IndexedPair> pairs) const {
  Described described;
  for (const auto& channel : m_parts.channels) {
    described.push_back(channel->pairFeatures() > 0 ? std::optional(channel->describePairs(pairs))
                                                    : std::nullopt);
  }
  return described;
}

PairTensors PairEvidence::assembled(std::span<const IndexedPair> pairs, Described described) const {
  PairTensors tensors = toTensors(pairs, m_device);
  std::vector<at::Tensor> evident;
  for (std::size_t c = 0; c < described.size(); ++c) {
    RowTensors rows;
    if (described[c]) {
      m_standardisers[c].apply(*described[c]);
      rows = toTensors(*described[c], m_device);
    } else {
      rows.present = at::zeros({tensors.size()}, at::TensorOptions(m_device).dtype(at::kBool));
    }
    tensors.evidence.push_back(rows.values);
    evident.push_back(rows.present);
  }
  tensors.evident = at::stack(evident, 1);
  return tensors;
}

}  // namespace twofold::models
