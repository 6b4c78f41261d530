#include "models/pretraining/adam.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace twofold::models {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.98;  // as ESM-2
constexpr double kEpsilon = 1e-8;
constexpr double kLongest = 1.0;  // of the gradient

}  // namespace

Adam::Adam(const std::map<std::string, at::Tensor>& weights, double decay)
    : m_weights(weights), m_decay(decay) {
  for (const auto& [name, weight] : m_weights) {
    m_means[name] = at::zeros_like(weight.detach());
    m_squares[name] = at::zeros_like(weight.detach());
  }
}

double Adam::step(double rate) {
  const c10::NoGradGuard noGradients;
  double square = 0;
  for (const auto& [name, weight] : m_weights) {
    if (weight.grad().defined()) {
      square += weight.grad().square().sum().item().toDouble();
    }
  }
  const double length = std::sqrt(square);
  if (!std::isfinite(length)) {
    return length;
  }
  ++m_steps;
  const double scale = std::min(1.0, kLongest / (length + 1e-6));
  const double count = static_cast<double>(m_steps);
  const double bias1 = 1 - std::pow(kBeta1, count);
  const double bias2 = 1 - std::pow(kBeta2, count);
  for (auto& [name, weight] : m_weights) {
    at::Tensor gradient = weight.grad();
    if (!gradient.defined()) {
      continue;
    }
    gradient.mul_(scale);
    if (weight.dim() > 1) {
      weight.mul_(1 - rate * m_decay);
    }
    auto& mean = m_means.at(name);
    auto& squares = m_squares.at(name);
    mean.lerp_(gradient, 1 - kBeta1);
    squares.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
    const at::Tensor size = squares.sqrt().div_(std::sqrt(bias2)).add_(kEpsilon);
    weight.addcdiv_(mean, size, -rate / bias1);
    weight.mutable_grad().reset();
  }
  return length;
}

double learningRate(double peak, double done) {
  constexpr double kRise = 0.02;
  constexpr double kLast = 0.05;
  if (done < kRise) {
    return peak * std::max(done, kRise / 50) / kRise;
  }
  const double cosine = 0.5 * (1 + std::cos(std::numbers::pi * (done - kRise) / (1 - kRise)));
  return peak * (kLast + (1 - kLast) * std::max(0.0, cosine));
}

}  // namespace twofold::models
