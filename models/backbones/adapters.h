// Low-rank adapters of attention projections (LoRA, Hu et al. 2021): a matrix W becomes
// W + (alpha / rank) B A.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "models/backbones/weight_source.h"

namespace twofold::models {

struct LowRank {
  at::Tensor a;  // [rank, in]
  at::Tensor b;  // [out, rank]
};

struct Adapters {
  double alpha = 1;
  std::string base;                        // hash of the weights that they belong to
  std::map<std::string, LowRank> changes;  // by the name of the weight

  /// float32 on the CPU, with a gradient where the matrices have one.
  [[nodiscard]] at::Tensor change(const std::string& weight) const;
};

/// adapters.safetensors of a folder
[[nodiscard]] std::filesystem::path adaptersFile(const std::filesystem::path& folder);

/// True for query, key, value and output projections, by the names of BERT, ESM-2 and Llama.
[[nodiscard]] bool isAttentionProjection(const std::string& weight);

/// A is normal with deviation 1 / sqrt(in), B is zero, so that nothing changes at first; numbers
/// depend on the seed and the name alone. `shapes` [out, in] by name.
[[nodiscard]] Adapters newAdapters(const std::map<std::string, std::vector<std::int64_t>>& shapes,
                                   std::int64_t rank, double alpha, std::uint64_t seed);

/// In the names of PEFT: base_model.model.<name>.lora_A.weight and lora_B.weight; alpha and the
/// base are metadata.
void writeAdapters(const std::filesystem::path& file, const Adapters& adapters);
/// Throws Error: NotFound, BadInput (no adapters, or matrices that do not fit), Io.
[[nodiscard]] Adapters readAdapters(const std::filesystem::path& file);

/// Weights with their changes added; borrows both.
class AdaptedWeights final : public WeightSource {
 public:
  AdaptedWeights(WeightSource& base, const Adapters& adapters)
      : m_base(base), m_adapters(adapters) {}

  [[nodiscard]] at::Tensor take(const std::string& name, at::IntArrayRef shape) override;
  [[nodiscard]] std::optional<at::Tensor> takeIfPresent(const std::string& name,
                                                        at::IntArrayRef shape) override;

 private:
  WeightSource& m_base;
  const Adapters& m_adapters;
};

/// Remembers what it took, for a network that is made again and again; borrows `base`.
class KeptWeights final : public WeightSource {
 public:
  explicit KeptWeights(WeightSource& base) : m_base(base) {}

  [[nodiscard]] at::Tensor take(const std::string& name, at::IntArrayRef shape) override;
  [[nodiscard]] std::optional<at::Tensor> takeIfPresent(const std::string& name,
                                                        at::IntArrayRef shape) override;
  [[nodiscard]] const std::map<std::string, std::optional<at::Tensor>>& taken() const {
    return m_taken;
  }

 private:
  WeightSource& m_base;
  std::map<std::string, std::optional<at::Tensor>> m_taken;
};

}  // namespace twofold::models
