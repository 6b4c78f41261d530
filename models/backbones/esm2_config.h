// The shape of an ESM-2 network and how its config.json (Hugging Face) writes it.
#pragma once

#include <cstdint>
#include <filesystem>

namespace twofold::models {

struct Esm2Config {
  std::int64_t layers = 6;
  std::int64_t width = 320;
  std::int64_t heads = 20;
  std::int64_t feedForwardWidth = 1280;
  double layerNormEpsilon = 1e-5;
  double rotaryBase = 10000;
  bool tokenDropout = true;

  [[nodiscard]] std::int64_t headWidth() const { return width / heads; }
};

/// Throws Error: NotFound; BadInput for what is no ESM-2 (another model type, absolute positions,
/// a norm before the first layer, another vocabulary) or a shape that cannot be.
[[nodiscard]] Esm2Config readEsm2Config(const std::filesystem::path& path);

/// A published shape has feed-forward width 4 x width. Throws Error(Usage) when the heads do not
/// divide the width into even parts.
[[nodiscard]] Esm2Config esm2ConfigOfShape(std::int64_t layers, std::int64_t width,
                                           std::int64_t heads);

}  // namespace twofold::models
