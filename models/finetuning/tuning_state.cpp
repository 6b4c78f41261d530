#include "models/finetuning/tuning_state.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <vector>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/formats/safetensors.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

using formats::SafetensorsFile;

constexpr std::int64_t kVersion = 1;

/// Tensors by name as a file has them, on the CPU for as long as they are written.
class Tensors {
 public:
  void put(const std::string& name, const at::Tensor& tensor) {
    m_kept.push_back(tensor.detach().to(at::kCPU).contiguous());
    m_views[name] = toView(m_kept.back());
  }
  [[nodiscard]] const std::map<std::string, formats::TensorView>& views() const { return m_views; }

 private:
  std::vector<at::Tensor> m_kept;
  std::map<std::string, formats::TensorView> m_views;
};

/// Throws Error(BadInput) before anything is changed.
at::Tensor tensorLike(const at::Tensor& target, const SafetensorsFile& file,
                      const std::string& path, const std::string& name) {
  at::Tensor stored = toTensor(file.tensor(name));
  if (stored.sizes() != target.sizes() || stored.scalar_type() != target.scalar_type()) {
    throw badInput(path, 0, fmt::format("\"{}\" has another shape", name));
  }
  return stored;
}

const std::string& entry(const SafetensorsFile& file, const std::string& path, const char* name) {
  const auto found = file.metadata().find(name);
  if (found == file.metadata().end()) {
    throw badInput(path, 0, fmt::format("\"{}\" is missing", name));
  }
  return found->second;
}

template <class T>
T number(const SafetensorsFile& file, const std::string& path, const char* name) {
  const auto found = file.metadata().find(name);
  const auto value = found == file.metadata().end() ? std::nullopt : parseNumber<T>(found->second);
  if (!value) {
    throw badInput(path, 0, fmt::format("\"{}\" is no number", name));
  }
  return *value;
}

/// A newer version is refused, never passed over: there may be days of work in it.
void requireNoNewer(const SafetensorsFile& file, const std::string& path) {
  const auto version = parseNumber<std::int64_t>(entry(file, path, "version"));
  if (version && *version > kVersion) {
    throw Error(ErrorKind::Usage,
                fmt::format("{}: was written by a newer version of Twofold; go on with that one, "
                            "or start a new run",
                            path));
  }
}

void requireRecipe(const SafetensorsFile& file, const std::string& path,
                   const std::string& recipe) {
  if (entry(file, path, "recipe") != recipe) {
    throw badInput(path, 0, "belongs to another fine-tuning");
  }
}

}  // namespace

void TuningState::save(const TuningPosition& position,
                       const std::map<std::string, at::Tensor>& weights, const Adam& adam,
                       const Adapters& best) const {
  if (m_keeping.file.empty()) {
    return;
  }
  Tensors tensors;
  for (const auto& [name, weight] : weights) {
    tensors.put("weight." + name, weight);
    tensors.put("mean." + name, adam.means().at(name));
    tensors.put("square." + name, adam.squares().at(name));
  }
  for (const auto& [name, matrices] : best.changes) {
    tensors.put("best." + name + ".a", matrices.a);
    tensors.put("best." + name + ".b", matrices.b);
  }
  formats::writeSafetensors(m_keeping.file, tensors.views(),
                            {{"version", std::to_string(kVersion)},
                             {"recipe", m_keeping.recipe},
                             {"epoch", std::to_string(position.epoch)},
                             {"step", std::to_string(position.step)},
                             {"steps", std::to_string(adam.steps())},
                             {"loss_sum", fmt::format("{}", position.lossSum)},
                             {"best_auprc", fmt::format("{}", position.bestAuprc)}});
}

std::optional<TuningPosition> TuningState::restore(const std::map<std::string, at::Tensor>& weights,
                                                   Adam& adam, Adapters& best,
                                                   std::string& why) const {
  if (!m_keeping.resume || !std::filesystem::exists(m_keeping.file)) {
    return std::nullopt;
  }
  const auto path = m_keeping.file.string();
  try {
    const SafetensorsFile file(m_keeping.file);
    requireNoNewer(file, path);
    requireRecipe(file, path, m_keeping.recipe);
    std::vector<std::pair<at::Tensor, at::Tensor>> copies;  // to, from
    const auto plan = [&](const at::Tensor& target, const std::string& name) {
      copies.emplace_back(target, tensorLike(target, file, path, name));
    };
    for (const auto& [name, weight] : weights) {
      plan(weight, "weight." + name);
      plan(adam.means().at(name), "mean." + name);
      plan(adam.squares().at(name), "square." + name);
    }
    for (const auto& [name, matrices] : best.changes) {
      plan(matrices.a, "best." + name + ".a");
      plan(matrices.b, "best." + name + ".b");
    }
    const TuningPosition position = {
        number<std::int64_t>(file, path, "epoch"), number<std::int64_t>(file, path, "step"),
        number<double>(file, path, "loss_sum"), number<double>(file, path, "best_auprc")};
    const auto steps = number<std::int64_t>(file, path, "steps");
    const c10::NoGradGuard noGradients;
    for (auto& [to, from] : copies) {
      to.copy_(from);
    }
    adam.setSteps(steps);
    return position;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::Usage) {
      throw;
    }
    why = fmt::format("{}; fine-tuning starts anew.", error.what());
    return std::nullopt;
  }
}

}  // namespace twofold::models
