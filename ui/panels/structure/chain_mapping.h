// The protein that a chain of the scene is, and which of its residues is which.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/bio/sequence_mapping.h"

namespace twofold::ui {

struct ChainMapping {
  std::string protein;   // its id
  std::string sequence;  // its letters
  bio::SequenceMapping mapping;
};

/// One a chain of a scene; nothing where the project has no protein for it.
using ChainMappings = std::vector<std::optional<ChainMapping>>;

}  // namespace twofold::ui
