// One row's share of a step of the multiplicative LSTM, without torch: what lies between its
// matrix products.
#pragma once

#include <cstdint>

namespace twofold::models {

/// The 16 bits of a bfloat16.
enum class Bfloat16 : std::uint16_t {};

/// product[u] = product[u] * input[u], for `units` of them.
void mlstmMultiply(float* product, const float* input, std::int64_t units);
void mlstmMultiply(Bfloat16* product, const Bfloat16* input, std::int64_t units);

/// `gates` and `input` [4 units] add up to the gates i, f, o and the update u, one after the other;
/// cell = sigmoid(f) cell + sigmoid(i) tanh(u), hidden = sigmoid(o) tanh(cell), sum += hidden.
void mlstmGate(const float* gates, const float* input, float* cell, float* hidden, float* sum,
               std::int64_t units);
void mlstmGate(const Bfloat16* gates, const Bfloat16* input, float* cell, Bfloat16* hidden,
               float* sum, std::int64_t units);

}  // namespace twofold::models
