// An ESM-2 network that learns: float32 weights, arithmetic in bfloat16 (or float32), gradients.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/backbones/esm2_config.h"
#include "models/layers/rotary.h"
#include "models/pretraining/masking.h"

namespace twofold::models {

struct LearnerSettings {
  Esm2Config shape;
  std::uint64_t seed = 1;       // draws the first weights
  std::int64_t longest = 1024;  // tokens of a row, at most
  at::ScalarType type = at::kBFloat16;
};

class Esm2Learner {
 public:
  explicit Esm2Learner(const LearnerSettings& settings);

  /// float32, named; queries, keys and values of a layer are one tensor.
  [[nodiscard]] const std::map<std::string, at::Tensor>& weights() const { return m_weights; }
  [[nodiscard]] const Esm2Config& shape() const { return m_settings.shape; }

  /// After the last norm, [rows x length, width].
  [[nodiscard]] at::Tensor hidden(const MaskedBatch& batch, std::int64_t rows,
                                  std::int64_t length) const;
  /// Mean cross entropy in nats over the batch's places; only these go through the language head.
  [[nodiscard]] at::Tensor maskedLoss(const at::Tensor& hidden, const MaskedBatch& batch) const;
  /// InfoNCE (van den Oord et al. 2018) between rows 2i and 2i + 1: the mean over the rows'
  /// residues, through a head that only training has, should be nearer to its partner than to all
  /// others.
  [[nodiscard]] at::Tensor partnerLoss(const at::Tensor& hidden, std::int64_t rows,
                                       std::int64_t length) const;

 private:
  void make(const std::string& name, at::IntArrayRef shape, double deviation);
  [[nodiscard]] at::Tensor weight(const std::string& name) const;  // in the arithmetic's type
  [[nodiscard]] at::Tensor linear(const at::Tensor& rows, const std::string& name) const;
  [[nodiscard]] at::Tensor norm(const at::Tensor& rows, const std::string& name) const;
  [[nodiscard]] at::Tensor embedded(const MaskedBatch& batch) const;

  LearnerSettings m_settings;
  RotaryTable m_table;
  std::map<std::string, at::Tensor> m_weights;
};

}  // namespace twofold::models
