// The files of a weights folder that hold its numbers.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace twofold::weights {

struct WeightFiles {
  enum class Kind { Safetensors, Npz };
  Kind kind = Kind::Safetensors;
  std::filesystem::path folder;
  std::filesystem::path index;                // empty: one file, or npz
  std::vector<std::filesystem::path> files;   // in the order they are read
  std::map<std::string, std::string> places;  // of the index: tensor -> file name

  /// config.json, the index and the weights: all that decides the numbers.
  [[nodiscard]] std::vector<std::filesystem::path> all() const;
};

/// model.safetensors, else the shards of model.safetensors.index.json, else *.npz (UniRep). Throws
/// Error: NotFound (no folder); BadInput for a folder without weights, one with pickled weights
/// only (naming the conversion), or an index that names files outside the folder; Io.
[[nodiscard]] WeightFiles findWeightFiles(const std::filesystem::path& folder);

}  // namespace twofold::weights
