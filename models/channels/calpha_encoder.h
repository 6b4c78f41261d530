// Learned message passing over the rows of calpha_graph.h: a protein's shape as a few tokens.
#pragma once

#include <memory>

#include "models/channels/calpha_graph.h"
#include "models/learning/channel.h"
#include "models/learning/token_encoder.h"

namespace twofold::models {

struct CalphaEncoderShape {
  CalphaGraphShape graph;
  std::int64_t tokens = 1;
};

/// Each centre gathers messages from its neighbours (mean and maximum), then each token weighs the
/// centres by attention, less where the model says it is unsure. What a row says is unknown has no
/// influence and no gradient, whatever stands there. Rows that are all empty give a finite token.
[[nodiscard]] std::shared_ptr<TokenEncoder> makeCalphaEncoder(const CalphaEncoderShape& shape,
                                                              const EncoderShape& to);

}  // namespace twofold::models
