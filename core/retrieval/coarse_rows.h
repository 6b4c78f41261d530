// Rows in a quarter of their memory, to rule most of them out before they are read: one byte a
// value, and how far each row lies from what its bytes say.
#pragma once

#include <cstdint>
#include <vector>

#include "core/retrieval/neighbour.h"

namespace twofold::retrieval {

struct CoarseRows {
  std::vector<float> centre;       // [width]: the mean of the rows
  std::vector<std::int8_t> codes;  // [rows, width]: row - centre, in units of its scale
  std::vector<float> scales;       // [rows]
  std::vector<float> misses;       // [rows]: |row - centre - scale * codes|, rounded up
  float longest = 0;               // the greatest |scale * codes|, rounded up

  explicit CoarseRows(VectorsView rows);
};

/// A query as coarse rows are measured from it.
struct CoarseQuery {
  std::vector<float> moved;  // query - centre
  float miss = 0;            // what float32 lost in moving it and in scale * codes, rounded up

  CoarseQuery(const CoarseRows& rows, const float* query);
};

}  // namespace twofold::retrieval
