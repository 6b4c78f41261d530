// The backbone's pooled embeddings of many proteins as one table.
#pragma once

#include "models/learning/channel.h"

namespace twofold::models {

/// One row a protein, as wide as the backbone; a protein without a sequence is not present. Throws
/// StopRequested, Error.
[[nodiscard]] ChannelInputs pooledEmbeddings(const ChannelWork& work);

}  // namespace twofold::models
