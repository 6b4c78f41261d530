#include "models/learning/pair_evidence.h"

#include <ATen/ATen.h>

#include <numeric>

namespace twofold::models {

PairEvidence::PairEvidence(const FrozenParts& parts, c10::Device device)
    : m_parts(parts), m_device(device), m_standardisers(parts.channels.size()) {}

PairTensors PairEvidence::fit(std::span<const IndexedPair> training) {
  std::vector<std::uint32_t> all(training.size());
  std::iota(all.begin(), all.end(), 0U);
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    if (m_parts.channels[c]->pairFeatures() > 0) {
      m_standardisers[c] = Standardiser::fitted(m_parts.channels[c]->describePairs(training), all);
    }
  }
  return tensors(training);
}

PairTensors PairEvidence::tensors(std::span<const IndexedPair> pairs) const {
  PairTensors tensors = toTensors(pairs, m_device);
  std::vector<at::Tensor> evident;
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    const Channel& channel = *m_parts.channels[c];
    RowTensors rows;
    if (channel.pairFeatures() > 0) {
      auto described = channel.describePairs(pairs);
      m_standardisers[c].apply(described);
      rows = toTensors(described, m_device);
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
