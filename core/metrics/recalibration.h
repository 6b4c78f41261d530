// Scores brought to probabilities after the fact, by what validation pairs show.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/metrics/isotonic.h"
#include "core/metrics/platt_scaling.h"

namespace twofold::metrics {

class Recalibration {
 public:
  enum class Kind { Platt, Temperature, Isotonic };

  /// Ranks are taken as logits. Platt and temperature keep the order of pairs; isotonic makes equal
  /// what it cannot tell apart, so AUROC and AUPRC may change with it.
  Recalibration(Kind kind, std::span<const float> scores, std::span<const std::int8_t> labels,
                bool areProbabilities);

  [[nodiscard]] std::vector<float> probabilities(std::span<const float> scores) const;

 private:
  [[nodiscard]] double logitOf(float score) const;

  Kind m_kind;
  bool m_areProbabilities;
  LogitScale m_scale;
  IsotonicScale m_isotonic;
};

/// "platt", "temperature", "isotonic". Throws Error(Usage).
[[nodiscard]] Recalibration::Kind recalibrationFromName(std::string_view name);

}  // namespace twofold::metrics
