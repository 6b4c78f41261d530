// Why a model answered as it did for one pair: what each channel added, and which residues the
// sequence channel's answer rests on. Torch-free.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "models/learning/session.h"

namespace twofold::models {

struct ChannelShare {
  std::string channel;
  bool isPresent = false;  // there is evidence for the pair; without it all numbers are 0
  /// Logit with the channels that are on, less the logit without this one. Of a channel that is off
  /// or absent 0.
  double ablation = 0;
  double shapley = 0;  // logits
  double error = 0;    // standard error of `shapley`; 0: exact
  double toggled = 0;  // probability with this channel's switch the other way
};

struct ChannelAttribution {
  double logit = 0;
  double base = 0;  // logit with no channel at all; the Shapley values add up to logit - base
  double probability = 0;
  std::vector<ChannelShare> channels;  // all of the model's, in its order
};

/// `on`: the channels that are switched on. Throws Error(Usage) for one that the model lacks.
[[nodiscard]] ChannelAttribution attributeChannels(Scorer& scorer, const IndexedPair& pair,
                                                   std::span<const std::string> on);

/// Occlusion (Zeiler and Fergus 2014): `window` residues at a time are replaced by X, and the fall
/// of the logit is shared out over them. Positive: the residues speak for interaction.
struct ResidueAttribution {
  std::int64_t window = 0;
  std::int64_t step = 0;
  std::vector<float> values;  // logits, one a residue; the mean over the windows that cover it
};

struct ResidueWork {
  const ProteinInputs& proteins;  // the two of the pair, as they were added
  IndexedPair pair;               // their numbers in the scorer
  std::span<const std::string> on;
  std::int64_t windows = 64;  // at most so many embeddings a protein
  ProgressSink progress{};
  std::stop_token stop{};
};

/// Of both proteins, in the order of the pair. Only what the sequence channel reads changes: its
/// embeddings are made anew and kept nowhere. Throws Error(Usage) when no channel that is on reads
/// sequences through the backbone; StopRequested.
[[nodiscard]] std::vector<ResidueAttribution> attributeResidues(Scorer& scorer,
                                                                const ResidueWork& work);

}  // namespace twofold::models
