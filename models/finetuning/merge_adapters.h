// Writes weights with their adapters merged, as a Hugging Face folder of its own.
#pragma once

#include <cstdint>
#include <filesystem>

namespace twofold::models {

/// Copies `folder` (config, vocabulary, licence) to `out`, which must not exist, with one
/// model.safetensors: the adapted matrices changed, the rest as they are, each in its own type.
/// `adapters` is a folder with adapters.safetensors. Returns how many matrices were changed. Throws
/// Error: NotFound; BadInput (an adapter's matrix is missing or of another shape, or the adapters
/// belong to other weights); Usage (`out` is there); Io.
std::int64_t mergeAdapters(const std::filesystem::path& folder,
                           const std::filesystem::path& adapters, const std::filesystem::path& out);

}  // namespace twofold::models
