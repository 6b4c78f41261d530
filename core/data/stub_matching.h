// Joining ends at random into pairs that may be: the configuration model with repair.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "core/base/random.h"
#include "core/data/pair_keys.h"

namespace twofold::data {

using MayBe = std::function<bool(ProteinKey, ProteinKey)>;

/// Shuffles the stubs, joins each two, and exchanges an end with another pair where they may not
/// be; what then still may not be is left out. No self pairs and no repeats. An odd stub stays
/// alone. Throws StopRequested.
[[nodiscard]] Pairs matchedStubs(std::vector<ProteinKey> stubs, const MayBe& mayBe, Random& random,
                                 const std::stop_token& stop = {});

}  // namespace twofold::data
