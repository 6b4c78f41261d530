// Numbers of proteins in a safetensors file: one tensor an id, or one tensor "values" of all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/formats/safetensors.h"

namespace twofold::formats {

/// The numbers of a tensor as floats, whatever its type.
[[nodiscard]] std::vector<float> floatsOf(const TensorView& tensor);

/// The rows of one protein, valid during the call: `residues` rows, or one when it is 0.
struct TensorRows {
  std::string id;
  std::int64_t residues = 0;
  std::span<const float> values;  // row-major
};

/// By the file's first bytes: a table of text cannot begin like that.
[[nodiscard]] bool looksLikeSafetensors(const std::filesystem::path& path);

/// Either a tensor an id, [width] or with `perResidue` [residues, width]; or a tensor "values"
/// [n, width] with a list of n ids as JSON under "ids" in the metadata. Returns the width. Throws
/// Error(BadInput) naming the tensor for another shape or width, or ids that are not n different
/// texts; and as SafetensorsFile.
std::int64_t readTensorRows(const std::filesystem::path& path, bool perResidue, std::int64_t widest,
                            const std::function<void(const TensorRows&)>& take,
                            const std::function<void(std::int64_t, std::int64_t)>& consumed = {});

}  // namespace twofold::formats
