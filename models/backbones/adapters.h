// Low-rank adapters of attention projections (LoRA, Hu et al. 2021): a matrix W becomes
// W + (alpha / rank) B A.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

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

/// The name in the network of what files have with "esm.", "bert." or "model." in front.
[[nodiscard]] std::string networkName(std::string_view name);

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
/// Names are taken without "esm.", "bert." or "model." in front, as networks have them. Throws
/// Error: NotFound, BadInput (no adapters, or matrices that do not fit), Io.
[[nodiscard]] Adapters readAdapters(const std::filesystem::path& file);

/// Throws Error(BadInput) when they name other weights than `hash`; those that name none pass.
void requireBase(const Adapters& adapters, const std::string& hash,
                 const std::filesystem::path& file);

/// Throws Error(BadInput) unless the change of `weight` has the shape [out, in].
void requireShape(const Adapters& adapters, const std::string& weight, at::IntArrayRef shape);

/// Weights with their changes added; borrows both.
class AdaptedWeights final : public WeightSource {
 public:
  AdaptedWeights(WeightSource& base, const Adapters& adapters)
      : m_base(base), m_adapters(adapters) {}

  [[nodiscard]] at::Tensor take(const std::string& name, at::IntArrayRef shape) override;
  [[nodiscard]] std::optional<at::Tensor> takeIfPresent(const std::string& name,
                                                        at::IntArrayRef shape) override;
  /// Throws Error(BadInput) naming a change of a weight that was never taken.
  void requireAllUsed(const std::filesystem::path& file) const;

 private:
  WeightSource& m_base;
  const Adapters& m_adapters;
  std::set<std::string> m_used;
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
