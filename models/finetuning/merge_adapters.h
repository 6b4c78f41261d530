// Writes weights with their adapters merged, as a Hugging Face folder of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "core/base/progress.h"

namespace twofold::models {

/// Copies `folder` (config, vocabulary, licence) to `out`, which must not exist, with one
/// model.safetensors: the adapted matrices changed, the rest as they are, each in its own type, one
/// in memory at a time. `adapters` is a folder with adapters.safetensors. Progress in MiB. Returns
/// how many matrices were changed. What ends early leaves no `out`. Throws StopRequested; Error:
/// NotFound; BadInput (an adapter's matrix is missing or of another shape, or the adapters belong
/// to other weights); Usage (`out` is there); Io.
std::int64_t mergeAdapters(const std::filesystem::path& folder,
                           const std::filesystem::path& adapters, const std::filesystem::path& out,
                           const ProgressSink& progress = {}, const std::stop_token& stop = {});

}  // namespace twofold::models
