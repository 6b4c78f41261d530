// The contact model's network, in the manner of D-SCRIPT (Sledzieski, Singh, Cowen, Berger 2021):
// two proteins' residues, projected, compared each with each, convolved to a map of contacts.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>

#include "models/contacts/contact_settings.h"
#include "models/contacts/interaction_module.h"

namespace twofold::models {

/// Bytes that a training step takes for a map of that many residue pairs, beside the embeddings.
[[nodiscard]] std::int64_t contactStepMemory(const ContactSettings& settings, std::int64_t cells);

/// Of two proteins: [residues of a, residues of b] and one number.
struct ContactTensors {
  at::Tensor logits;
  at::Tensor interaction;  // a logit, []
};

/// One thread at a time. On the CPU, float32.
class ContactNetwork {
 public:
  /// Weights are drawn from the seed; `inputs` is the width of the residues' embeddings.
  ContactNetwork(const ContactSettings& settings, std::int64_t inputs, std::uint64_t seed);

  [[nodiscard]] std::int64_t inputs() const { return m_inputs; }
  /// What training changes: by reference to the same numbers, so a copy of the map is no copy.
  [[nodiscard]] std::map<std::string, at::Tensor> weights() const;
  /// Everything that a file must keep: weights, the inputs' scale, the running statistics.
  [[nodiscard]] std::map<std::string, at::Tensor> state() const;
  /// Throws Error(BadInput) naming `source` when a tensor is missing or of another shape.
  void restore(const std::map<std::string, at::Tensor>& state, const std::string& source);
  /// Inputs are standardised with these, [inputs] each; a deviation of 0 counts as 1.
  void standardiseWith(const at::Tensor& mean, const at::Tensor& deviation);

  /// For training: a [La, inputs], b [Lb, inputs] -> logits [La, Lb]. Drops out from torch's
  /// generator and moves the running statistics of the normalisation.
  [[nodiscard]] at::Tensor trainingLogits(const at::Tensor& a, const at::Tensor& b);
  /// After an optimiser's step.
  void clamp() { m_interaction.clamp(); }
  [[nodiscard]] const InteractionModule& interaction() const { return m_interaction; }

  /// For use. The pair is computed in one order, chosen from the embeddings themselves, and turned
  /// round for the other; where both are the same, the map is averaged with its transpose. So
  /// (b, a) gives the transposed map and the same interaction, to the last bit. Long proteins are
  /// computed in tiles whose edges overlap by the filter, which changes nothing but memory. Throws
  /// StopRequested.
  [[nodiscard]] ContactTensors predict(const at::Tensor& a, const at::Tensor& b,
                                       const std::stop_token& stop = {}) const;

  /// The filter as applied: equal to its transpose.
  [[nodiscard]] at::Tensor symmetricFilter() const;

 private:
  enum class Mode { Training, Use };

  [[nodiscard]] at::Tensor projected(const at::Tensor& rows, Mode mode) const;
  [[nodiscard]] at::Tensor compared(const at::Tensor& u, const at::Tensor& v, Mode mode) const;
  [[nodiscard]] at::Tensor convolved(const at::Tensor& hidden) const;
  [[nodiscard]] at::Tensor tiled(const at::Tensor& u, const at::Tensor& v,
                                 const std::stop_token& stop) const;

  ContactSettings m_settings;
  std::int64_t m_inputs;
  std::map<std::string, at::Tensor> m_weights;
  std::map<std::string, at::Tensor> m_statistics;
  InteractionModule m_interaction;
};

}  // namespace twofold::models
