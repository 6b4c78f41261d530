// A table of the user's: its numbers, normalised as was chosen, one row a protein.
#pragma once

#include <memory>

#include "core/runs/run_spec.h"
#include "models/learning/channel.h"

namespace twofold::models {

/// Reads the table of the spec's id from ProteinInputs::tables. What a protein without a row gets
/// where "mean" was chosen is learned from the training part. Throws Error(Usage) for a spec that
/// records no table; later for a table of another hash, and for a protein without a row where that
/// was refused.
[[nodiscard]] std::unique_ptr<Channel> makeUserTable(const runs::PartSpec& spec);

}  // namespace twofold::models
