// What the tests of backbones share: making one from option values, and collecting embeddings.
#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "models/backbones/esm2.h"

namespace twofold::models {

inline std::unique_ptr<Backbone> esm2With(const OptionValues& values,
                                          const std::string& device = "cpu",
                                          const LoadWatch& watch = {}) {
  const Descriptor descriptor = esm2Descriptor();
  const Options options("backbone \"esm2\"", descriptor.options, values);
  auto backbone = makeEsm2({options, device, watch});
  options.requireAllRead();
  return backbone;
}

inline std::vector<Embedding> embeddingsOf(Backbone& backbone,
                                           const std::vector<std::string>& sequences,
                                           bool perResidue = false) {
  std::vector<Embedding> all(sequences.size());
  const auto take = [&](std::size_t index, Embedding&& embedding) {
    all[index] = std::move(embedding);
  };
  backbone.embed({sequences, perResidue, take, {}, {}});
  return all;
}

/// Infinity when the sizes differ.
inline double worstDifference(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) {
    return HUGE_VAL;
  }
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    worst = std::fmax(worst, std::fabs(static_cast<double>(a[i]) - b[i]));
  }
  return worst;
}

inline double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    ab += static_cast<double>(a[i]) * b[i];
    aa += static_cast<double>(a[i]) * a[i];
    bb += static_cast<double>(b[i]) * b[i];
  }
  return ab / std::sqrt(aa * bb);
}

}  // namespace twofold::models
