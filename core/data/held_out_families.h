// Proteins kept apart to measure a language model on: none has a near relative in training.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"

namespace twofold::data {

enum class CorpusRole : std::uint8_t {
  Training,
  HeldOut,  // measured on
  LeftOut,  // a near relative of a held-out protein: in neither part
};

struct HoldOutRule {
  double share = 0.01;  // of the proteins, held out
  std::uint64_t seed = 1;
};

/// Two proteins are near relatives when they share three different words of six residues, each of
/// at least four different letters. Homologues of 300 residues fall below that at about 45 %
/// identity (300 x 0.45^6 = 2.5 words), so remote ones may remain. Measured on 55,145 proteins: by
/// chance 2 of 100,000 pairs (one sequence shuffled; with two words 34), in truth 31. Proteins with
/// more than 50 relatives are not held out: leaving out all of a large family would cost the corpus
/// more than it tells. One role a sequence, the same for the same sequences in the same order.
/// Progress in proteins. Throws StopRequested.
[[nodiscard]] std::vector<CorpusRole> holdOutFamilies(std::span<const std::string> sequences,
                                                      const HoldOutRule& rule,
                                                      const ProgressSink& progress = {},
                                                      const std::stop_token& stop = {});

}  // namespace twofold::data
