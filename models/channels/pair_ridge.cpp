#include "models/channels/pair_ridge.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>

#include "core/base/progress.h"

namespace twofold::models {

namespace {

double product(const float* a, const float* b, std::int64_t width) {
  // Four sums, which the compiler may keep in one register.
  std::array<float, 4> sums{};
  std::int64_t i = 0;
  for (; i + 4 <= width; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      sums[lane] += a[i + static_cast<std::int64_t>(lane)] * b[i + static_cast<std::int64_t>(lane)];
    }
  }
  double sum = (double{sums[0]} + sums[1]) + (double{sums[2]} + sums[3]);
  for (; i < width; ++i) {
    sum += double{a[i]} * b[i];
  }
  return sum;
}

float sign(const TrainingGraph::Partner& partner) {
  return partner.isPositive ? 1.0F : -1.0F;
}

std::vector<float> floats(const at::Tensor& tensor) {
  const at::Tensor dense = tensor.to(at::kFloat).contiguous();
  const float* first = dense.const_data_ptr<float>();
  return {first, first + dense.numel()};
}

/// The sum of the partners' vectors by the sign of their labels, [proteins, width].
std::vector<float> partnerSums(std::span<const float> vectors, std::int64_t width,
                               const TrainingGraph& graph, const std::stop_token& stop) {
  std::vector<float> sums(vectors.size(), 0);
  for (std::size_t i = 0; i < graph.proteins(); ++i) {
    throwIfStopped(stop);
    float* sum = sums.data() + static_cast<std::int64_t>(i) * width;
    for (const auto& partner : graph.partners(static_cast<std::uint32_t>(i))) {
      const float* other = vectors.data() + std::int64_t{partner.protein} * width;
      for (std::int64_t c = 0; c < width; ++c) {
        sum[c] += sign(partner) * other[c];
      }
    }
  }
  return sums;
}

}  // namespace

PairRidge::PairRidge(std::span<const float> vectors, std::int64_t width, const TrainingGraph& graph,
                     double penalty, const std::stop_token& stop)
    : m_width(width), m_known(partnerSums(vectors, width, graph, stop)), m_graph(graph) {
  const auto rows = static_cast<std::int64_t>(graph.proteins());
  const auto matrix = [&](std::span<const float> values) {
    return at::from_blob(const_cast<float*>(values.data()), {rows, width}, at::kFloat);
  };
  const at::Tensor z = matrix(vectors);
  const at::Tensor gram = z.t().mm(z).to(at::kDouble);
  const at::Tensor inverse = at::linalg_inv(gram + penalty * at::eye(width, at::kDouble));
  m_inverse = floats(inverse);
  m_labels = floats(z.t().mm(matrix(m_known)));
}

RidgeProtein PairRidge::protein(std::span<const float> vector, std::int64_t own) const {
  RidgeProtein made{own, 0, {}, times(m_inverse, vector), {}};
  made.labels = times(m_labels, made.weights);
  if (own >= 0) {
    made.vector.assign(vector.begin(), vector.end());
    made.leverage = static_cast<float>(product(vector.data(), made.weights.data(), m_width));
  }
  return made;
}

float PairRidge::expectedLabel(const RidgeProtein& a, const RidgeProtein& b) const {
  // What is left of a training protein's say may not be divided by next to nothing.
  constexpr double kLeast = 1e-3;
  double label = (product(a.weights.data(), b.labels.data(), m_width) +
                  product(b.weights.data(), a.labels.data(), m_width)) /
                 2;
  label -= ownPart(a, b) + ownPart(b, a);
  if (a.own >= 0 && b.own >= 0) {
    // Taken off twice; and where a is like b, the pair read backwards is evidence for itself.
    const double alike = (product(a.vector.data(), b.weights.data(), m_width) +
                          product(b.vector.data(), a.weights.data(), m_width)) /
                         2;
    const double backwards = a.own == b.own ? 0 : alike * alike;
    label += (double{a.leverage} * b.leverage - backwards) * labelOf(a.own, b.own);
  }
  const double left = std::max(kLeast, (1 - double{a.leverage}) * (1 - double{b.leverage}));
  return static_cast<float>(label / left);
}

double PairRidge::ownPart(const RidgeProtein& protein, const RidgeProtein& other) const {
  return protein.own < 0 ? 0
                         : protein.leverage * product(m_known.data() + protein.own * m_width,
                                                      other.weights.data(), m_width);
}

double PairRidge::labelOf(std::int64_t a, std::int64_t b) const {
  double label = 0;
  for (const auto& partner : m_graph.partners(static_cast<std::uint32_t>(a))) {
    label += std::int64_t{partner.protein} == b ? double{sign(partner)} : 0;
  }
  return label;
}

std::vector<float> PairRidge::times(const std::vector<float>& matrix,
                                    std::span<const float> vector) const {
  std::vector<float> result(vector.size());
  for (std::int64_t r = 0; r < m_width; ++r) {
    result[static_cast<std::size_t>(r)] =
        static_cast<float>(product(matrix.data() + r * m_width, vector.data(), m_width));
  }
  return result;
}

}  // namespace twofold::models
