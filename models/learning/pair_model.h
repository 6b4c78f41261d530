// The composed model: channels' tokens of two proteins -> fusion -> head -> one logit a pair.
#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/metrics/platt_scaling.h"
#include "models/learning/fusion.h"
#include "models/learning/head.h"
#include "models/learning/row_noise.h"
#include "models/learning/token_encoder.h"

namespace twofold::models {

/// B pairs. `a` and `b` hold one tensor a channel, [B, rows, features], and `pair`
/// one tensor a channel, [B, 1, pair features], undefined for a channel that knows nothing of
/// pairs.
struct PairBatch {
  std::vector<at::Tensor> a;
  std::vector<at::Tensor> b;
  at::Tensor present;     // [B, channels] bool: both proteins have the evidence
  at::Tensor presentA{};  // [B, channels] bool: that protein has it, whatever its partner has
  at::Tensor presentB{};
  std::vector<at::Tensor> pair{};
  at::Tensor pairPresent{};  // [B, channels] bool: there is evidence of the pair itself

  /// Leaves out the channels that are not in `kept`, [B or 1, channels] bool.
  void keep(const at::Tensor& kept);
  /// [B, channels] bool: the channel has any evidence.
  [[nodiscard]] at::Tensor anyEvidence() const { return present | pairPresent; }
};

struct PairModelParts {
  std::vector<std::string> channels;  // ids, used in the names of weights
  std::vector<std::shared_ptr<TokenEncoder>> encoders;
  std::vector<std::int64_t> tokens;        // of each channel; 0: it knows pairs alone
  std::vector<std::int64_t> pairFeatures;  // of each channel; 0: it knows proteins alone
  std::shared_ptr<Fusion> fusion;
  std::shared_ptr<Head> head;
  std::int64_t width = 0;
  std::shared_ptr<RowNoise> noise = std::make_shared<RowNoise>();  // what the parts draw from
};

/// Symmetric in its two proteins by construction: their tokens are joined by sum, absolute
/// difference and product, which commute in floating point, so no order of the pair is ever seen.
/// What a channel knows of the pair itself is one more token.
/// Where the head takes proteins, nothing is joined: each protein's tokens are fused by themselves.
class PairModel : public torch::nn::Module {
 public:
  explicit PairModel(PairModelParts parts);
  ~PairModel() override;

  /// Logits [B], float, on the scale set below unless in training. A channel that is not present
  /// has no influence, whatever its rows hold.
  [[nodiscard]] at::Tensor forward(const PairBatch& batch);

  /// Hides channels for a step of training, each with `probability`: from a pair, or from each of
  /// its proteins where the head takes proteins.
  void hideAtRandom(PairBatch& batch, double probability) const;

  /// What makes probabilities of its logits; the identity at first.
  void setScale(const metrics::LogitScale& scale) { m_scale = scale; }
  [[nodiscard]] const metrics::LogitScale& scale() const { return m_scale; }

  [[nodiscard]] Head& head() const { return *m_parts.head; }
  /// What a head that takes proteins sees of N of them: `rows` one tensor a channel [N, rows,
  /// features], `present` [N, channels] -> [N, width].
  [[nodiscard]] at::Tensor proteinVectors(const std::vector<at::Tensor>& rows,
                                          const at::Tensor& present);

  /// What training draws from; each step begins it anew.
  [[nodiscard]] RowNoise& noise() const { return *m_parts.noise; }
  [[nodiscard]] const std::vector<std::string>& channels() const { return m_parts.channels; }

 private:
  struct Joins;
  [[nodiscard]] at::Tensor proteinTokens(const PairBatch& batch, std::size_t channel,
                                         const at::Tensor& visible);

  [[nodiscard]] at::Tensor rawLogits(const PairBatch& batch);

  PairModelParts m_parts;
  metrics::LogitScale m_scale;
  std::unique_ptr<Joins> m_joins;
};

/// What PairModel makes of its logits outside training.
[[nodiscard]] at::Tensor scaled(const at::Tensor& logits, const metrics::LogitScale& scale);

/// In training: hides each present channel of each pair with `probability`, but never all of a
/// pair's.
[[nodiscard]] at::Tensor withChannelDropout(const at::Tensor& present, double probability,
                                            RowNoise& noise);

}  // namespace twofold::models
