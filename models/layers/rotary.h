// Rotary positions (Su et al. 2021) in the half-split form of ESM-2: dimension i of a head turns
// with dimension i + D/2 by position x frequency i.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace twofold::models {

/// 1 / theta^(2i / headWidth), [headWidth / 2] float32.
[[nodiscard]] at::Tensor rotaryFrequencies(std::int64_t headWidth, double theta);

/// Cosines and sines of all positions below a limit, [positions, headWidth / 2] float32.
struct RotaryTable {
  at::Tensor cosines;
  at::Tensor sines;
};

/// On the device of `frequencies`.
[[nodiscard]] RotaryTable rotaryTable(const at::Tensor& frequencies, std::int64_t positions);

/// `heads` [rows, …, headWidth], `table` one row for each of the rows; the result has the type of
/// `heads`, the arithmetic is float32.
[[nodiscard]] at::Tensor rotated(const at::Tensor& heads, const RotaryTable& table);

}  // namespace twofold::models
