#include "models/layers/row_noise_kernel.h"

#include <cstddef>

// The compiler makes these loops once for each kind of processor, and the loader picks.
#if defined(__x86_64__) && defined(__GNUC__)
#define TWOFOLD_FOR_EACH_PROCESSOR \
  [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
#else
#define TWOFOLD_FOR_EACH_PROCESSOR
#endif

namespace twofold::models {

namespace {

TWOFOLD_FOR_EACH_PROCESSOR void dropRow(const DropoutShape& shape, std::uint32_t row,
                                        const float* from, float* to) {
  const std::uint32_t* columns = shape.columns.data();
  const std::size_t count = shape.columns.size();
  const std::uint32_t threshold = shape.threshold;
  const float scale = shape.scale;
  for (std::size_t c = 0; c < count; ++c) {
    to[c] = mixed(row ^ columns[c]) >= threshold ? from[c] * scale : 0.0F;
  }
}

TWOFOLD_FOR_EACH_PROCESSOR void maskRow(const DropoutShape& shape, std::uint32_t row, float* to) {
  const std::uint32_t* columns = shape.columns.data();
  const std::size_t count = shape.columns.size();
  const std::uint32_t threshold = shape.threshold;
  const float scale = shape.scale;
  for (std::size_t c = 0; c < count; ++c) {
    to[c] = mixed(row ^ columns[c]) >= threshold ? scale : 0.0F;
  }
}

}  // namespace

void dropRows(const DropoutShape& shape, const float* from, float* to) {
  const std::size_t width = shape.columns.size();
  for (std::size_t r = 0; r < shape.rows.size(); ++r) {
    dropRow(shape, shape.rows[r], from + r * width, to + r * width);
  }
}

void dropMask(const DropoutShape& shape, float* to) {
  const std::size_t width = shape.columns.size();
  for (std::size_t r = 0; r < shape.rows.size(); ++r) {
    maskRow(shape, shape.rows[r], to + r * width);
  }
}

}  // namespace twofold::models
