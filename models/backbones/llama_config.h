// The shape of a Llama network and how its config.json (Hugging Face) writes it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace twofold::models {

/// Llama 3.1's stretching of slow rotations (Dubey et al. 2024; "rope_type": "llama3").
struct RopeStretch {
  double factor = 8;
  double lowFrequencyFactor = 1;
  double highFrequencyFactor = 4;
  double trainedPositions = 8192;
};

struct LlamaConfig {
  std::int64_t layers = 32;
  std::int64_t width = 4096;
  std::int64_t heads = 32;
  std::int64_t keyHeads = 8;
  std::int64_t headWidth = 128;
  std::int64_t feedForwardWidth = 14336;
  std::int64_t vocabulary = 128256;
  std::int64_t positions = 2048;  // this and the two below: transformers' LlamaConfig
  double normEpsilon = 1e-6;
  double rotaryBase = 10000;
  double linearStretch = 1;  // positions are divided by it ("rope_type": "linear")
  std::optional<RopeStretch> stretch;
  bool attentionBias = false;
  bool feedForwardBias = false;
};

/// Throws Error: NotFound; BadInput for what is no Llama (another model type, activation or kind of
/// rotary positions) or a shape that cannot be.
[[nodiscard]] LlamaConfig readLlamaConfig(const std::filesystem::path& path);

}  // namespace twofold::models
