#include "models/layers/linear.h"

#include <ATen/ATen.h>
#include <ATen/core/List.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <optional>
#include <string_view>

#include "models/layers/cpu_features.h"

namespace twofold::models {

namespace {

/// Rows that the layout is chosen for; other counts work with it too.
constexpr std::int64_t kTypicalRows = 4096;

bool suitsOneDnn(const at::TensorOptions& options) {
  if (!options.device().is_cpu() || !at::globalContext().hasMKLDNN()) {
    return false;
  }
  // Elsewhere oneDNN's bfloat16 falls to a slow reference path (pytorch issues 83863, 95125).
  return options.dtype() != at::kBFloat16 || cpuHasBfloat16();
}

at::Tensor reordered(const at::Tensor& weight) {
  // Private operators, so they are looked up by name: they have no header.
  static const auto kReorder =
      c10::Dispatcher::singleton()
          .findSchemaOrThrow("mkldnn::_reorder_linear_weight", "")
          .typed<at::Tensor(const at::Tensor&, std::optional<std::int64_t>)>();
  return kReorder.call(weight, kTypicalRows);
}

at::Tensor pointwise(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias,
                     bool withGelu) {
  using Scalars = c10::List<std::optional<at::Scalar>>;
  static const auto kLinear =
      c10::Dispatcher::singleton()
          .findSchemaOrThrow("mkldnn::_linear_pointwise", "")
          .typed<at::Tensor(const at::Tensor&, const at::Tensor&, const std::optional<at::Tensor>&,
                            std::string_view, Scalars, std::optional<std::string_view>)>();
  const auto added = bias.defined() ? std::optional<at::Tensor>(bias) : std::nullopt;
  return withGelu ? kLinear.call(rows, weight, added, "gelu", Scalars(), "none")
                  : kLinear.call(rows, weight, added, "none", Scalars(), std::nullopt);
}

at::Tensor plain(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias) {
  return at::linear(rows, weight, bias.defined() ? std::optional(bias) : std::nullopt);
}

}  // namespace

FrozenLinear::FrozenLinear(const at::Tensor& weight, const at::Tensor& bias,
                           const Arithmetic& arithmetic) {
  if (arithmetic.int8) {
    m_int8.emplace(weight, bias);
    return;
  }
  m_weight = weight.to(arithmetic.options).contiguous();
  m_bias = bias.defined() ? bias.to(arithmetic.options).contiguous() : bias;
  m_reordered = !arithmetic.hasGradients && suitsOneDnn(arithmetic.options);
  if (m_reordered) {
    m_weight = reordered(m_weight);
  }
}

at::Tensor FrozenLinear::operator()(const at::Tensor& rows) const {
  if (m_int8) {
    return (*m_int8)(rows);
  }
  return m_reordered ? pointwise(rows, m_weight, m_bias, false) : plain(rows, m_weight, m_bias);
}

at::Tensor FrozenLinear::gelu(const at::Tensor& rows) const {
  if (m_int8) {
    return (*m_int8)(rows, true);
  }
  return m_reordered ? pointwise(rows, m_weight, m_bias, true)
                     : at::gelu(plain(rows, m_weight, m_bias), "none");
}

}  // namespace twofold::models
