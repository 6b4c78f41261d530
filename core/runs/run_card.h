// A model card: what a trained run is, on what it was trained and how well it did, for people.
#pragma once

#include <string>

#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::runs {

/// Markdown. Names of the user's stand in code spans, where nothing is taken for markup.
[[nodiscard]] std::string runCard(const store::RunRecord& run, const store::RunValueMap& values);

}  // namespace twofold::runs
