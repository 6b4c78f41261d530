// The trainer's options: one place for their defaults, ranges and help.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/descriptor.h"
#include "core/base/options.h"

namespace twofold::models {

enum class Precision { Fp32, Bf16 };
enum class Loss { CrossEntropy, Focal };
enum class Calibration { Platt, Temperature, None };
/// See controls.h.
enum class Control { None, PermutedLabels, ShuffledSequences, SwappedOrder };

struct TrainingOptions {
  std::int64_t epochs = 0;
  std::int64_t batchSize = 0;
  double learningRate = 0;
  double weightDecay = 0;
  double dropout = 0;
  double channelDropout = 0;
  std::int64_t patience = 0;
  std::int64_t width = 0;  // of tokens
  Precision precision = Precision::Fp32;
  bool isBalanced = false;  // classes weigh the same, however many pairs they have
  double labelSmoothing = 0;
  Loss loss = Loss::CrossEntropy;
  double focalGamma = 2;
  Control control = Control::None;
  Calibration calibration = Calibration::Platt;  // of the logits, on validation
};

[[nodiscard]] Descriptor trainingDescriptor();
/// Throws Error(Usage) on an unknown id or a value outside its range.
[[nodiscard]] TrainingOptions trainingOptions(const OptionValues& values);

}  // namespace twofold::models
