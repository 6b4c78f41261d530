// A backbone that compares some of its embeddings with those of its float32 self.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "models/learning/backbone.h"
#include "models/learning/drift.h"

namespace twofold::models {

/// At most `count` indices of sequences, evenly over the lengths from the shortest to the longest.
[[nodiscard]] std::vector<std::size_t> spreadOverLengths(std::span<const std::string> sequences,
                                                         std::size_t count);

/// Both in one order. Two embeddings of zeros alone agree; one with a NaN has cosine 0 and an
/// infinite difference. Throws Error(Internal) for other counts or sizes.
[[nodiscard]] Drift driftReport(std::span<const Embedding> measured,
                                std::span<const Embedding> exact);

/// Embeds as `inner` does, then a sample once more with `exact`, and compares. Nothing is embedded
/// twice with `inner`.
class CheckedBackbone final : public Backbone {
 public:
  /// `exact` is the same network in float32. Throws Error(Internal) for another width.
  CheckedBackbone(std::unique_ptr<Backbone> inner, std::unique_ptr<Backbone> exact,
                  std::size_t sample = 32);

  [[nodiscard]] std::int64_t width() const override { return m_inner->width(); }
  [[nodiscard]] std::string identity() const override { return m_inner->identity(); }
  [[nodiscard]] LengthLimit lengthLimit() const override { return m_inner->lengthLimit(); }
  [[nodiscard]] std::vector<std::string> problems() const override { return m_inner->problems(); }
  void embed(const EmbedWork& work) override;

  /// Of the last embed() that ended; none before.
  [[nodiscard]] const std::optional<Drift>& drift() const { return m_drift; }

 private:
  std::unique_ptr<Backbone> m_inner;
  std::unique_ptr<Backbone> m_exact;
  std::size_t m_sample;
  std::optional<Drift> m_drift;
};

}  // namespace twofold::models
