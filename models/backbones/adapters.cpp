#include "models/backbones/adapters.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/formats/safetensors.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "base_model.model.";
constexpr std::string_view kWeight = ".weight";
constexpr std::string_view kA = ".lora_A.weight";
constexpr std::string_view kB = ".lora_B.weight";

std::string stem(const std::string& weight) {
  return weight.substr(0, weight.size() - kWeight.size());
}

double alphaFrom(const formats::SafetensorsFile& file, const fs::path& path) {
  const auto found = file.metadata().find("lora_alpha");
  double alpha = 0;
  if (found != file.metadata().end()) {
    const auto& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), alpha);
  }
  if (!(alpha > 0) || !std::isfinite(alpha)) {
    throw badInput(path.string(), 0, "its metadata has no \"lora_alpha\" above 0");
  }
  return alpha;
}

}  // namespace

std::string networkName(std::string_view name) {
  for (const std::string_view prefix : {"esm.", "bert.", "model."}) {
    if (name.starts_with(prefix)) {
      return std::string(name.substr(prefix.size()));
    }
  }
  return std::string(name);
}

fs::path adaptersFile(const fs::path& folder) {
  return folder / "adapters.safetensors";
}

bool isAttentionProjection(const std::string& weight) {
  constexpr std::array<std::string_view, 8> kEnds = {
      "attention.self.query.weight",   "attention.self.key.weight", "attention.self.value.weight",
      "attention.output.dense.weight", "self_attn.q_proj.weight",   "self_attn.k_proj.weight",
      "self_attn.v_proj.weight",       "self_attn.o_proj.weight"};
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return weight.ends_with(end); });
}

at::Tensor Adapters::change(const std::string& weight) const {
  const LowRank& matrices = changes.at(weight);
  return at::mm(matrices.b, matrices.a) * (alpha / static_cast<double>(matrices.a.size(0)));
}

Adapters newAdapters(const std::map<std::string, std::vector<std::int64_t>>& shapes,
                     std::int64_t rank, double alpha, std::uint64_t seed) {
  Adapters adapters;
  adapters.alpha = alpha;
  const RandomWeights random(seed);
  for (const auto& [name, shape] : shapes) {
    const double deviation = 1 / std::sqrt(static_cast<double>(shape.at(1)));
    adapters.changes[name] = {random.normal(name + ".lora_A", {rank, shape.at(1)}, deviation),
                              at::zeros({shape.at(0), rank})};
  }
  return adapters;
}

void writeAdapters(const fs::path& file, const Adapters& adapters) {
  std::map<std::string, at::Tensor> tensors;
  for (const auto& [name, matrices] : adapters.changes) {
    const std::string place = fmt::format("{}{}", kPrefix, stem(name));
    tensors[fmt::format("{}{}", place, kA)] = matrices.a.detach().contiguous();
    tensors[fmt::format("{}{}", place, kB)] = matrices.b.detach().contiguous();
  }
  std::map<std::string, formats::TensorView> views;
  for (const auto& [name, tensor] : tensors) {
    views.emplace(name, toView(tensor));
  }
  formats::writeSafetensors(
      file, views, {{"lora_alpha", fmt::format("{}", adapters.alpha)}, {"base", adapters.base}});
}

Adapters readAdapters(const fs::path& path) {
  const formats::SafetensorsFile file(path);
  Adapters adapters;
  adapters.alpha = alphaFrom(file, path);
  if (const auto base = file.metadata().find("base"); base != file.metadata().end()) {
    adapters.base = base->second;
  }
  for (const auto& [name, view] : file.tensors()) {
    if (!name.starts_with(kPrefix) || !name.ends_with(kA)) {
      continue;
    }
    const std::string place = name.substr(0, name.size() - kA.size());
    const auto weight =
        fmt::format("{}{}", networkName(std::string_view(place).substr(kPrefix.size())), kWeight);
    const auto a = toTensor(view).to(at::kFloat);
    const auto b = toTensor(file.tensor(fmt::format("{}{}", place, kB))).to(at::kFloat);
    if (a.dim() != 2 || b.dim() != 2 || a.size(0) != b.size(1) || a.size(0) == 0) {
      throw badInput(path.string(), 0,
                     fmt::format("the two matrices of \"{}\" do not fit", weight));
    }
    adapters.changes[weight] = {a, b};
  }
  if (adapters.changes.empty() || adapters.changes.size() * 2 != file.tensors().size()) {
    throw badInput(path.string(), 0, "these are not the adapters of a network, two matrices each");
  }
  return adapters;
}

void requireBase(const Adapters& adapters, const std::string& hash, const fs::path& file) {
  if (!adapters.base.empty() && adapters.base != hash) {
    throw badInput(file.string(), 0,
                   "these adapters were made for other weights; choose the weights folder that "
                   "they were trained on");
  }
}

void requireShape(const Adapters& adapters, const std::string& weight, at::IntArrayRef shape) {
  const LowRank& matrices = adapters.changes.at(weight);
  if (shape.size() != 2 || matrices.b.size(0) != shape[0] || matrices.a.size(1) != shape[1]) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the adapters of \"{}\" are for another shape of network", weight));
  }
}

at::Tensor AdaptedWeights::take(const std::string& name, at::IntArrayRef shape) {
  const at::Tensor weight = m_base.take(name, shape);
  if (!m_adapters.changes.contains(name)) {
    return weight;
  }
  requireShape(m_adapters, name, shape);
  m_used.insert(name);
  return weight + m_adapters.change(name);
}

void AdaptedWeights::requireAllUsed(const fs::path& file) const {
  for (const auto& [name, matrices] : m_adapters.changes) {
    if (!m_used.contains(name)) {
      throw badInput(file.string(), 0,
                     fmt::format("they adapt \"{}\", which this network does not have", name));
    }
  }
}

std::optional<at::Tensor> AdaptedWeights::takeIfPresent(const std::string& name,
                                                        at::IntArrayRef shape) {
  return m_base.takeIfPresent(name, shape);
}

at::Tensor KeptWeights::take(const std::string& name, at::IntArrayRef shape) {
  auto& kept = m_taken[name];
  if (!kept) {
    kept = m_base.take(name, shape);
  }
  return *kept;
}

std::optional<at::Tensor> KeptWeights::takeIfPresent(const std::string& name,
                                                     at::IntArrayRef shape) {
  const auto known = m_taken.find(name);
  return known != m_taken.end()
             ? known->second
             : m_taken.emplace(name, m_base.takeIfPresent(name, shape)).first->second;
}

}  // namespace twofold::models
