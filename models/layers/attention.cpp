#include "models/layers/attention.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>
#include <vector>

#include "models/layers/attention_avx512.h"
#include "models/layers/attention_bf16.h"
#include "models/layers/cpu_features.h"

namespace twofold::models {

namespace {

/// Queries, keys and values of all rows, turned: each [rows, heads, headWidth], as many heads.
struct Heads {
  at::Tensor queries, keys, values;
};

Heads splitHeads(const at::Tensor& qkv, const AttentionShape& shape, const PackedBatch& batch) {
  const at::Tensor all =
      qkv.view({batch.rows(), shape.heads + 2 * shape.keyHeads, shape.headWidth});
  const at::Tensor turned = all.narrow(1, 0, shape.heads + shape.keyHeads);
  const at::Tensor placed = batch.hasRotary() ? rotated(turned, batch.rotary()) : turned;
  const std::int64_t sharing = shape.heads / shape.keyHeads;
  const auto spread = [&](const at::Tensor& heads) {
    return sharing == 1 ? heads : heads.repeat_interleave(sharing, 1);
  };
  return {placed.narrow(1, 0, shape.heads), spread(placed.narrow(1, shape.heads, shape.keyHeads)),
          spread(all.narrow(1, shape.heads + shape.keyHeads, shape.keyHeads))};
}

/// One group through torch: [rows, heads, headWidth] of its rows.
at::Tensor groupAttention(const Heads& heads, const PackedBatch::Group& group, bool isCausal) {
  const bool isPadded = group.gather.defined();
  // Four dimensions: five fall to the slow path (pytorch issue 133458).
  const auto places = [&](const at::Tensor& rows) {
    return (isPadded ? rows.index_select(0, group.gather)
                     : rows.narrow(0, group.firstRow, group.rows))
        .view({group.count, group.longest, rows.size(1), rows.size(2)})
        .transpose(1, 2);
  };
  // Padding stands behind the rows, where causality hides it already.
  const auto mask = isPadded && !isCausal ? std::optional<at::Tensor>(group.mask) : std::nullopt;
  const at::Tensor result =
      at::scaled_dot_product_attention(places(heads.queries), places(heads.keys),
                                       places(heads.values), mask, 0.0, isCausal)
          .transpose(1, 2)
          .reshape({group.count * group.longest, heads.queries.size(1), heads.queries.size(2)});
  return isPadded ? result.index_select(0, group.scatter) : result;
}

/// The kernel for one head of one sequence, and its scratch memory.
struct Kernel {
  void (*attend)(const FusedAttention&, const FusedItem&, void*);
  std::size_t scratchBytes;
};

Kernel kernelFor(const FusedAttention& work, std::int64_t longest) {
  const bool comesInPairs = work.headWidth % 2 == 0;  // the products take two dimensions at once
  if (work.isBfloat16 && comesInPairs && isBfloat16AttentionBuilt() && cpuHasBfloat16()) {
    return {attendOneHeadInBfloat16, bfloat16AttentionScratch(longest, work.headWidth)};
  }
  return {[](const FusedAttention& all, const FusedItem& item, void* scratch) {
            attendOneHead(all, item, static_cast<float*>(scratch));
          },
          fusedAttentionScratch(longest, work.headWidth) * sizeof(float)};
}

struct alignas(64) CacheLine {
  std::byte bytes[64];
};

}  // namespace

bool hasFusedAttention(const at::Tensor& qkv, const AttentionShape& shape) {
  const bool isKnownType = qkv.scalar_type() == at::kFloat || qkv.scalar_type() == at::kBFloat16;
  return qkv.device().is_cpu() && isKnownType && shape.headWidth <= kWidestFusedHead &&
         isFusedAttentionBuilt() && cpuHasAvx512();
}

at::Tensor fusedAttention(const at::Tensor& qkv, const AttentionShape& shape,
                          const PackedBatch& batch) {
  const at::Tensor result = at::empty({batch.rows(), shape.heads * shape.headWidth}, qkv.options());
  FusedAttention work;
  work.qkv = qkv.const_data_ptr();
  work.result = result.mutable_data_ptr();
  work.isBfloat16 = qkv.scalar_type() == at::kBFloat16;
  if (batch.hasRotary()) {
    work.cosines = batch.rotary().cosines.const_data_ptr<float>();
    work.sines = batch.rotary().sines.const_data_ptr<float>();
  }
  work.heads = shape.heads;
  work.keyHeads = shape.keyHeads;
  work.headWidth = shape.headWidth;
  work.isCausal = shape.isCausal;

  const auto& lengths = batch.lengths();
  const std::int64_t longest = *std::max_element(lengths.begin(), lengths.end());
  std::vector<std::int64_t> firstRows(lengths.size(), 0);
  std::partial_sum(lengths.begin(), lengths.end() - 1, firstRows.begin() + 1);
  const Kernel kernel = kernelFor(work, longest);
  const auto items = static_cast<std::int64_t>(lengths.size()) * shape.heads;
  // Sequences differ in cost by the square of their length, so threads fetch one item at a time.
  std::atomic<std::int64_t> next = 0;
  at::parallel_for(0, at::get_num_threads(), 1, [&](std::int64_t begin, std::int64_t end) {
    std::vector<CacheLine> scratch(kernel.scratchBytes / sizeof(CacheLine) + 1);
    for (std::int64_t thread = begin; thread < end; ++thread) {
      for (std::int64_t item = next++; item < items; item = next++) {
        const auto sequence = static_cast<std::size_t>(item / shape.heads);
        kernel.attend(work, {firstRows[sequence], lengths[sequence], item % shape.heads},
                      scratch.data());
      }
    }
  });
  return result;
}

at::Tensor torchAttention(const at::Tensor& qkv, const AttentionShape& shape,
                          const PackedBatch& batch) {
  const Heads heads = splitHeads(qkv, shape, batch);
  std::vector<at::Tensor> parts;
  for (const auto& group : batch.groups()) {
    parts.push_back(groupAttention(heads, group, shape.isCausal));
  }
  return at::cat(parts, 0).view({batch.rows(), shape.heads * shape.headWidth});
}

at::Tensor attention(const at::Tensor& qkv, const AttentionShape& shape, const PackedBatch& batch) {
  const bool isFused = hasFusedAttention(qkv, shape) && !c10::GradMode::is_enabled();
  return isFused ? fusedAttention(qkv, shape, batch) : torchAttention(qkv, shape, batch);
}

}  // namespace twofold::models
