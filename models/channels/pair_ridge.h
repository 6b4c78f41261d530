// What the labelled pairs of training proteins say of a pair, by how alike the proteins are: kernel
// ridge regression in both proteins (two-step, Pahikkala et al. 2014; Stock et al. 2020), with the
// kernel given as vectors.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "models/channels/interologs.h"

namespace twofold::models {

/// A protein as the regression sees it; made once, used for all its pairs.
struct RidgeProtein {
  std::int64_t own = -1;       // its number among the training proteins; -1: it is none of them
  float leverage = 0;          // how much of its own fit a training protein is
  std::vector<float> vector;   // [width], of a training protein
  std::vector<float> weights;  // [width]: the vector against the training proteins'
  std::vector<float> labels;   // [width]: what pairs with proteins like it were labelled
};

class PairRidge {
 public:
  PairRidge() = default;
  /// `vectors` [graph.proteins(), width] row-major, of training proteins; `penalty` > 0, against
  /// directions in which they differ little. Throws StopRequested.
  PairRidge(std::span<const float> vectors, std::int64_t width, const TrainingGraph& graph,
            double penalty, const std::stop_token& stop);

  [[nodiscard]] RidgeProtein protein(std::span<const float> vector, std::int64_t own) const;

  /// The label that training pairs of proteins like `a` with proteins like `b` have: -1 to 1, and
  /// beyond where they insist. The answer of a regression that saw neither `a` among what `a` is
  /// compared with nor `b` among what `b` is (exact leave-one-out), and never this very pair. Equal
  /// for (a, b) and (b, a) to the last bit.
  [[nodiscard]] float expectedLabel(const RidgeProtein& a, const RidgeProtein& b) const;

 private:
  [[nodiscard]] std::vector<float> times(const std::vector<float>& matrix,
                                         std::span<const float> vector) const;
  /// What `protein`'s own pairs add to its answer for `other`.
  [[nodiscard]] double ownPart(const RidgeProtein& protein, const RidgeProtein& other) const;
  [[nodiscard]] double labelOf(std::int64_t a, std::int64_t b) const;

  std::int64_t m_width = 0;
  std::vector<float> m_inverse;  // [width, width] of the vectors' products, penalty added
  std::vector<float> m_labels;   // [width, width]: the labels seen through the vectors
  std::vector<float> m_known;  // [proteins, width]: each protein's labels seen through its partners
  TrainingGraph m_graph;
};

}  // namespace twofold::models
