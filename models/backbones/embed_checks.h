// What all backbones do alike with their work: refuse empty sequences, report residues.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/base/progress.h"

namespace twofold::models {

/// Residues in all. Throws Error(BadInput) naming the first empty sequence by its number.
[[nodiscard]] std::int64_t checkedResidues(std::span<const std::string> sequences);

/// Does nothing without a sink.
void reportResidues(const ProgressSink& progress, std::int64_t done, std::int64_t total);

}  // namespace twofold::models
