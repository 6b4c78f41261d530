#include "models/layers/pooling.h"

#include <ATen/ATen.h>

namespace twofold::models {

at::Tensor meanPooled(const at::Tensor& rows, std::span<const RowRange> ranges) {
  std::vector<at::Tensor> means;
  means.reserve(ranges.size());
  for (const auto& range : ranges) {
    means.push_back(rows.narrow(0, range.begin, range.count).mean(0, false, at::kFloat));
  }
  return at::stack(means);
}

}  // namespace twofold::models
