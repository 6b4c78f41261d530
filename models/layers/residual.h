// Sums that networks make of a branch and what it branched off.
#pragma once

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

namespace twofold::models {

/// In place, unless gradients have to find what `hidden` was.
inline void addTo(at::Tensor& hidden, const at::Tensor& branch) {
  if (c10::GradMode::is_enabled()) {
    hidden = hidden + branch;
  } else {
    hidden.add_(branch);
  }
}

}  // namespace twofold::models
