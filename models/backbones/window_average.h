// Joins the overlapping windows of one long protein: each residue gets the mean of its windows.
#pragma once

#include <cstdint>
#include <vector>

#include "models/learning/backbone.h"

namespace twofold::models {

class WindowAverage {
 public:
  WindowAverage(std::int64_t residues, std::int64_t width, std::int64_t windows);

  /// `rows` [length, width] of the residues from `begin` on; windows come in any order.
  void add(std::int64_t begin, const std::vector<float>& rows);
  [[nodiscard]] bool isComplete() const { return m_left == 0; }
  /// Of the complete protein: all residues, or their mean.
  [[nodiscard]] Embedding result(bool perResidue) const;

 private:
  std::size_t m_width;
  std::int64_t m_left;
  std::vector<float> m_sums;    // [residues, width]
  std::vector<float> m_counts;  // [residues]
};

}  // namespace twofold::models
