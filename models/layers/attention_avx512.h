// Attention for the CPU, one sequence and head at a time, in AVX-512; rotary positions, shared key
// heads and causality where a network has them.
// torch's own kernel takes 28-32 ms for 4,096 tokens with ESM-2 8M's narrow heads (20 of 16, length
// 350-450, 2 cores), longer than all linear layers of the block together.
#pragma once

#include <cstddef>
#include <cstdint>

namespace twofold::models {

inline constexpr std::int64_t kWidestFusedHead = 128;

/// Borrowed memory; all dense and row-major.
struct FusedAttention {
  const void* qkv = nullptr;       // [rows, heads + 2 keyHeads, headWidth] float32 or bfloat16
  void* result = nullptr;          // [rows, heads, headWidth] of the same type
  const float* cosines = nullptr;  // [rows, headWidth / 2]; null: no rotary positions
  const float* sines = nullptr;
  std::int64_t heads = 0;
  std::int64_t keyHeads = 0;   // divides heads
  std::int64_t headWidth = 0;  // at most kWidestFusedHead; even with rotary positions
  bool isBfloat16 = false;
  bool isCausal = false;  // a row looks at itself and the rows before it
};

struct FusedItem {
  std::int64_t firstRow = 0;
  std::int64_t length = 0;
  std::int64_t head = 0;
};

/// False where the compiler made no AVX-512 code; then the rest must not be called.
[[nodiscard]] bool isFusedAttentionBuilt() noexcept;

/// Floats of scratch memory that sequences up to `longest` need, for one thread.
[[nodiscard]] std::size_t fusedAttentionScratch(std::int64_t longest, std::int64_t headWidth);

/// Writes one head of one sequence's result; arithmetic is float32 for both types. Needs AVX-512
/// F, BW, DQ and VL.
void attendOneHead(const FusedAttention& work, const FusedItem& item, float* scratch);

}  // namespace twofold::models
