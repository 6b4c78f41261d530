// README.md and sequences.sha256 of a pretrained model: what it is and what it has seen.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "models/pretraining/pretrain.h"

namespace twofold::models {

/// Throws Error(Io).
void writeModelCard(const std::filesystem::path& folder, const PretrainRequest& request,
                    const PretrainResult& result);

/// The first 16 hexadecimal digits of the SHA-256 of each sequence, sorted, one a line: enough that
/// a sequence outside is taken for one inside with a probability below 1e-14 at 100,000 sequences.
void writeSequenceHashes(const std::filesystem::path& file, std::span<const std::string> sequences);

}  // namespace twofold::models
