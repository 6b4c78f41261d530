#include "models/layers/mlstm_cell.h"

#include <bit>

// The compiler makes these loops once for each kind of processor, and the loader picks.
#if defined(__x86_64__) && defined(__GNUC__)
#define TWOFOLD_FOR_EACH_PROCESSOR \
  [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
#else
#define TWOFOLD_FOR_EACH_PROCESSOR
#endif

namespace twofold::models {

namespace {

[[gnu::always_inline]] inline float toFloat(float value) {
  return value;
}
[[gnu::always_inline]] inline float toFloat(Bfloat16 value) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

[[gnu::always_inline]] inline void store(float value, float& to) {
  to = value;
}
/// Rounds to the nearest, ties to even.
[[gnu::always_inline]] inline void store(float value, Bfloat16& to) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  to = static_cast<Bfloat16>(
      static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16));
}

/// e^x by rounding and a polynomial on [-0.5, 0.5] (Cephes exp2f), without a branch; within 3e-7 of
/// the true value, ends at 2^-126 and 2^126.
[[gnu::always_inline]] inline float exponential(float x) {
  constexpr float kLog2E = 1.44269504F;
  constexpr float kEnd = 126.0F;
  constexpr float kRound = 12582912.0F;  // 1.5 * 2^23: adding it leaves no digit after the point
  float scaled = x * kLog2E;
  scaled = scaled < -kEnd ? -kEnd : scaled;
  scaled = scaled > kEnd ? kEnd : scaled;
  const float whole = (scaled + kRound) - kRound;
  const float part = scaled - whole;
  float sum = 1.535336188319500e-4F;
  sum = sum * part + 1.339887440266574e-3F;
  sum = sum * part + 9.618437357674640e-3F;
  sum = sum * part + 5.550332471162809e-2F;
  sum = sum * part + 2.402264791363012e-1F;
  sum = sum * part + 6.931472028550421e-1F;
  sum = sum * part + 1.0F;
  const auto exponent = static_cast<std::uint32_t>(static_cast<std::int32_t>(whole) + 127) << 23;
  return sum * std::bit_cast<float>(exponent);
}

[[gnu::always_inline]] inline float sigmoid(float x) {
  return 1.0F / (1.0F + exponential(-x));
}
[[gnu::always_inline]] inline float hyperbolicTangent(float x) {
  return 1.0F - 2.0F / (1.0F + exponential(2.0F * x));
}

template <class T>
[[gnu::always_inline]] inline void multiply(T* __restrict product, const T* __restrict input,
                                            std::int64_t units) {
  for (std::int64_t u = 0; u < units; ++u) {
    store(toFloat(product[u]) * toFloat(input[u]), product[u]);
  }
}

template <class T>
[[gnu::always_inline]] inline void gate(const T* __restrict gates, const T* __restrict input,
                                        float* __restrict cell, T* __restrict hidden,
                                        float* __restrict sum, std::int64_t units) {
  for (std::int64_t u = 0; u < units; ++u) {
    const std::int64_t forget = units + u;
    const std::int64_t output = 2 * units + u;
    const std::int64_t update = 3 * units + u;
    const float kept = sigmoid(toFloat(gates[forget]) + toFloat(input[forget])) * cell[u];
    const float added = sigmoid(toFloat(gates[u]) + toFloat(input[u])) *
                        hyperbolicTangent(toFloat(gates[update]) + toFloat(input[update]));
    cell[u] = kept + added;
    const float result =
        sigmoid(toFloat(gates[output]) + toFloat(input[output])) * hyperbolicTangent(cell[u]);
    store(result, hidden[u]);
    sum[u] += result;
  }
}

}  // namespace

TWOFOLD_FOR_EACH_PROCESSOR
void mlstmMultiply(float* product, const float* input, std::int64_t units) {
  multiply(product, input, units);
}

TWOFOLD_FOR_EACH_PROCESSOR
void mlstmMultiply(Bfloat16* product, const Bfloat16* input, std::int64_t units) {
  multiply(product, input, units);
}

TWOFOLD_FOR_EACH_PROCESSOR
void mlstmGate(const float* gates, const float* input, float* cell, float* hidden, float* sum,
               std::int64_t units) {
  gate(gates, input, cell, hidden, sum, units);
}

TWOFOLD_FOR_EACH_PROCESSOR
void mlstmGate(const Bfloat16* gates, const Bfloat16* input, float* cell, Bfloat16* hidden,
               float* sum, std::int64_t units) {
  gate(gates, input, cell, hidden, sum, units);
}

}  // namespace twofold::models
