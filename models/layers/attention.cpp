#include "models/layers/attention.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>
#include <vector>

#include "models/layers/attention_avx512.h"
#include "models/layers/cpu_features.h"

namespace twofold::models {

namespace {

/// One group through torch: [rows, 3, heads, headWidth] -> [rows, heads, headWidth].
at::Tensor groupAttention(const at::Tensor& qkv, const PackedBatch::Group& group) {
  const bool isPadded = group.gather.defined();
  const at::Tensor places =
      isPadded ? qkv.index_select(0, group.gather) : qkv.narrow(0, group.firstRow, group.rows);
  // [3, count, heads, longest, headWidth], four dimensions each: five fall to the slow path
  // (pytorch issue 133458).
  const at::Tensor heads = places.view({group.count, group.longest, 3, qkv.size(2), qkv.size(3)})
                               .permute({2, 0, 3, 1, 4});
  const auto mask = isPadded ? std::optional<at::Tensor>(group.mask) : std::nullopt;
  const at::Tensor result = at::scaled_dot_product_attention(heads[0], heads[1], heads[2], mask)
                                .transpose(1, 2)
                                .reshape({group.count * group.longest, qkv.size(2), qkv.size(3)});
  return isPadded ? result.index_select(0, group.scatter) : result;
}

}  // namespace

bool hasFusedAttention(const at::Tensor& qkv) {
  const bool isKnownType = qkv.scalar_type() == at::kFloat || qkv.scalar_type() == at::kBFloat16;
  return qkv.device().is_cpu() && isKnownType && qkv.size(3) <= kWidestFusedHead &&
         isFusedAttentionBuilt() && cpuHasAvx512();
}

at::Tensor fusedRotaryAttention(const at::Tensor& qkv, const PackedBatch& batch) {
  const std::int64_t heads = qkv.size(2);
  const at::Tensor result = at::empty({batch.rows(), heads * qkv.size(3)}, qkv.options());
  FusedAttention work;
  work.qkv = qkv.const_data_ptr();
  work.result = result.mutable_data_ptr();
  work.isBfloat16 = qkv.scalar_type() == at::kBFloat16;
  work.cosines = batch.rotary().cosines.const_data_ptr<float>();
  work.sines = batch.rotary().sines.const_data_ptr<float>();
  work.heads = heads;
  work.headWidth = qkv.size(3);

  const auto& lengths = batch.lengths();
  const std::int64_t longest = *std::max_element(lengths.begin(), lengths.end());
  std::vector<std::int64_t> firstRows(lengths.size(), 0);
  std::partial_sum(lengths.begin(), lengths.end() - 1, firstRows.begin() + 1);
  const auto items = static_cast<std::int64_t>(lengths.size()) * heads;
  // Proteins differ in cost by the square of their length, so threads fetch one item at a time.
  std::atomic<std::int64_t> next = 0;
  at::parallel_for(0, at::get_num_threads(), 1, [&](std::int64_t begin, std::int64_t end) {
    std::vector<float> scratch(fusedAttentionScratch(longest, work.headWidth));
    for (std::int64_t thread = begin; thread < end; ++thread) {
      for (std::int64_t item = next++; item < items; item = next++) {
        const auto protein = static_cast<std::size_t>(item / heads);
        attendOneHead(work, {firstRows[protein], lengths[protein], item % heads}, scratch.data());
      }
    }
  });
  return result;
}

at::Tensor torchRotaryAttention(const at::Tensor& qkv, const PackedBatch& batch) {
  const at::Tensor turned =
      at::cat({rotated(qkv.narrow(1, 0, 2), batch.rotary()), qkv.narrow(1, 2, 1)}, 1);
  std::vector<at::Tensor> parts;
  for (const auto& group : batch.groups()) {
    parts.push_back(groupAttention(turned, group));
  }
  return at::cat(parts, 0).view({batch.rows(), qkv.size(2) * qkv.size(3)});
}

at::Tensor rotaryAttention(const at::Tensor& qkv, const PackedBatch& batch) {
  return hasFusedAttention(qkv) ? fusedRotaryAttention(qkv, batch)
                                : torchRotaryAttention(qkv, batch);
}

}  // namespace twofold::models
