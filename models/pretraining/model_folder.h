// The finished network as a Hugging Face folder: config.json, model.safetensors, vocab.txt.
#pragma once

#include <filesystem>

#include "core/formats/safetensors.h"
#include "models/pretraining/esm2_learner.h"

namespace twofold::models {

/// As EsmForMaskedLM names it; what only training needs is left out. Throws Error(Io).
void writeModelFolder(const std::filesystem::path& folder, const Esm2Learner& learner,
                      formats::TensorType type = formats::TensorType::BF16);

}  // namespace twofold::models
