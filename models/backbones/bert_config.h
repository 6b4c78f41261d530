// The shape of a BERT network and how its config.json (Hugging Face) writes it.
#pragma once

#include <cstdint>
#include <filesystem>

namespace twofold::models {

struct BertConfig {
  std::int64_t layers = 12;
  std::int64_t width = 768;
  std::int64_t heads = 12;
  std::int64_t feedForwardWidth = 3072;
  std::int64_t vocabulary = 30522;
  std::int64_t positions = 512;
  std::int64_t tokenTypes = 2;
  double layerNormEpsilon = 1e-12;
};

/// Throws Error: NotFound; BadInput for what is no BERT encoder (another model type, relative
/// positions, a decoder, another activation) or a shape that cannot be.
[[nodiscard]] BertConfig readBertConfig(const std::filesystem::path& path);

}  // namespace twofold::models
