// The same attention for bfloat16 with AVX-512's bfloat16 products: half the work of
// attention_avx512.h, with weights rounded to bfloat16 and sums in float32.
#pragma once

#include <cstddef>

#include "models/layers/attention_avx512.h"

namespace twofold::models {

/// False where the compiler made no such code; then the rest must not be called.
[[nodiscard]] bool isBfloat16AttentionBuilt() noexcept;

/// Bytes of scratch memory that sequences up to `longest` need, for one thread.
[[nodiscard]] std::size_t bfloat16AttentionScratch(std::int64_t longest, std::int64_t headWidth);

/// Writes one head of one sequence's result; headWidth is even. `scratch` is aligned to 64 bytes.
/// Needs AVX-512 F, BW,
/// DQ, VL and BF16.
void attendOneHeadInBfloat16(const FusedAttention& work, const FusedItem& item, void* scratch);

}  // namespace twofold::models
