// What people should know of how a backbone treated their proteins.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/learning/backbone.h"

namespace twofold::models {

/// Sequences longer than the limit; 0 where there is none.
[[nodiscard]] std::int64_t longerThan(const LengthLimit& limit,
                                      std::span<const std::string> sequences);

/// Throws Error(BadInput) naming the first protein that is longer than a backbone which refuses
/// long ones takes.
void requireWithinLimit(const LengthLimit& limit, std::span<const std::string> ids,
                        std::span<const std::string> sequences);

/// Sentences: how many proteins were cropped or read in windows, and what was wrong with stored
/// embeddings.
[[nodiscard]] std::vector<std::string> notesOn(const Backbone& backbone,
                                               std::span<const std::string> sequences);

}  // namespace twofold::models
