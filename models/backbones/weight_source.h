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
  /// `prefix` is taken off names that have it ("esm." when saved with a head on top), and norms may
  /// be named gamma and beta. Throws Error:
  /// NotFound, BadInput (no folder, pickled weights only, broken files), Io.
  FolderWeights(const std::filesystem::path& folder, const std::string& prefix);

  [[nodiscard]] at::Tensor take(const std::string& name, at::IntArrayRef shape) override;
  [[nodiscard]] std::optional<at::Tensor> takeIfPresent(const std::string& name,
                                                        at::IntArrayRef shape) override;
  [[nodiscard]] std::int64_t numbers() const override;
  /// Throws Error(BadInput) naming a tensor that was never taken and that `mayBeLeft` refuses.
  void requireAllTaken(bool (*mayBeLeft)(const std::string& name)) const;
  /// SHA-256 over config.json, every weights file and what files of a tokenizer the folder has.
  [[nodiscard]] std::string hash() const;

 private:
  struct Entry {
    const formats::TensorView* view = nullptr;
    bool taken = false;
  };
  void open(const std::filesystem::path& file, const std::string& prefix);

  std::filesystem::path m_folder;
  std::vector<std::filesystem::path> m_paths;
  std::vector<formats::SafetensorsFile> m_files;
  std::map<std::string, Entry> m_entries;
};

}  // namespace twofold::models
