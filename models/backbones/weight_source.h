// Where a network's weights come from: a Hugging Face folder, or a seed.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/safetensors.h"
#include "core/weights/tensor_check.h"
#include "models/learning/backbone.h"

namespace twofold::models {

class WeightSource {
 public:
  WeightSource() = default;
  virtual ~WeightSource() = default;
  WeightSource(const WeightSource&) = delete;
  WeightSource& operator=(const WeightSource&) = delete;

  /// float32 on the CPU. Throws Error(BadInput) when missing or of another shape.
  [[nodiscard]] virtual at::Tensor take(const std::string& name, at::IntArrayRef shape) = 0;
  /// The same for what a folder may leave out.
  [[nodiscard]] virtual std::optional<at::Tensor> takeIfPresent(const std::string& name,
                                                                at::IntArrayRef shape) = 0;
  /// How many numbers there are in all; 0 where that is only known once they are taken.
  [[nodiscard]] virtual std::int64_t numbers() const { return 0; }
};

/// The published initialisation: norms are 1 and 0, biases 0, the rest normal with deviation 0.02.
/// A tensor depends on seed and name alone.
class RandomWeights final : public WeightSource {
 public:
  explicit RandomWeights(std::uint64_t seed) : m_seed(seed) {}
  [[nodiscard]] at::Tensor take(const std::string& name, at::IntArrayRef shape) override;
  [[nodiscard]] std::optional<at::Tensor> takeIfPresent(const std::string& name,
                                                        at::IntArrayRef shape) override;
  /// Normal around 0 with the deviation, whatever the name.
  [[nodiscard]] at::Tensor normal(const std::string& name, at::IntArrayRef shape,
                                  double deviation) const;

 private:
  std::uint64_t m_seed;
};

/// model.safetensors, or the shards that model.safetensors.index.json names.
class FolderWeights final : public WeightSource {
 public:
  /// Names are taken as `backbone`'s networks have them (weights::currentName()). Reads headers
  /// alone. Throws Error: NotFound, BadInput (no folder, pickled weights only, broken files), Io.
  FolderWeights(const std::filesystem::path& folder, const std::string& backbone,
                LoadWatch watch = {});

  /// Throws Error(BadInput) when the tensors are not those of the network in config.json; reads no
  /// number, so that it costs nothing before the rest is read.
  void requireNetwork() const;
  /// Throws StopRequested too.
  [[nodiscard]] at::Tensor take(const std::string& name, at::IntArrayRef shape) override;
  [[nodiscard]] std::optional<at::Tensor> takeIfPresent(const std::string& name,
                                                        at::IntArrayRef shape) override;
  [[nodiscard]] std::int64_t numbers() const override;
  /// SHA-256 over config.json, every weights file and what files of a tokenizer the folder has.
  /// Throws StopRequested, Error(Io).
  [[nodiscard]] std::string hash() const;

 private:
  void open(const std::filesystem::path& file, const std::string& backbone);

  std::filesystem::path m_folder;
  LoadWatch m_watch;
  std::vector<std::filesystem::path> m_paths;
  std::vector<formats::SafetensorsFile> m_files;
  weights::StoredTensors m_tensors;
};

}  // namespace twofold::models
