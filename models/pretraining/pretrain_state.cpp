#include "models/pretraining/pretrain_state.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/formats/safetensors.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

constexpr const char* kVersion = "2";

using Metadata = std::map<std::string, std::string>;

const std::string& entry(const Metadata& metadata, const std::string& file, const char* name) {
  const auto found = metadata.find(name);
  if (found == metadata.end()) {
    throw badInput(file, 0,
                   fmt::format("\"{}\" is missing; this is no state of pretraining", name));
  }
  return found->second;
}

template <class T>
T number(const Metadata& metadata, const std::string& file, const char* name) {
  const auto value = parseNumber<T>(entry(metadata, file, name));
  if (!value || *value < 0) {
    throw badInput(file, 0, fmt::format("\"{}\" is no count", name));
  }
  return *value;
}

void copyInto(const at::Tensor& target, const formats::SafetensorsFile& source,
              const std::string& file, const std::string& name) {
  const at::Tensor stored = toTensor(source.tensor(name));
  if (stored.sizes() != target.sizes() || stored.scalar_type() != target.scalar_type()) {
    throw badInput(file, 0, fmt::format("\"{}\" has another shape than the settings say", name));
  }
  const c10::NoGradGuard noGradients;
  target.copy_(stored);
}

}  // namespace

std::string settingsText(const PretrainSettings& settings) {
  return nlohmann::ordered_json{{"layers", settings.layers},
                                {"width", settings.width},
                                {"heads", settings.heads},
                                {"residues", settings.residues},
                                {"batch_tokens", settings.batchTokens},
                                {"learning_rate", settings.learningRate},
                                {"weight_decay", settings.weightDecay},
                                {"partner_weight", settings.partnerWeight},
                                {"held_out_share", settings.heldOutShare},
                                {"seed", settings.seed},
                                {"precision", settings.isFloat32 ? "fp32" : "bf16"}}
      .dump();
}

PretrainState::PretrainState(std::filesystem::path folder, const PretrainSettings& settings,
                             std::string corpus)
    : m_file(std::move(folder) / "state.safetensors"),
      m_settings(settingsText(settings)),
      m_corpus(std::move(corpus)) {}

bool PretrainState::exists() const {
  return std::filesystem::exists(m_file);
}

void PretrainState::save(const PretrainPosition& position, const Esm2Learner& learner,
                         const Adam& adam) const {
  std::map<std::string, formats::TensorView> views;
  for (const auto& [name, weight] : learner.weights()) {
    views["weight." + name] = toView(weight);
    views["mean." + name] = toView(adam.means().at(name));
    views["square." + name] = toView(adam.squares().at(name));
  }
  formats::writeSafetensors(m_file, views,
                            {{"version", kVersion},
                             {"settings", m_settings},
                             {"corpus", m_corpus},
                             {"epoch", std::to_string(position.epoch)},
                             {"batch", std::to_string(position.batch)},
                             {"residues", std::to_string(position.residues)},
                             {"steps", std::to_string(adam.steps())},
                             {"seconds", fmt::format("{:.3f}", position.seconds)},
                             {"measurements", std::to_string(position.measurements)},
                             {"point_loss", fmt::format("{}", position.point.loss)},
                             {"point_partner", fmt::format("{}", position.point.partner)},
                             {"point_steps", std::to_string(position.point.steps)},
                             {"point_partner_steps", std::to_string(position.point.partnerSteps)}});
}

PretrainPosition PretrainState::restore(const Esm2Learner& learner, Adam& adam) const {
  const formats::SafetensorsFile file(m_file);
  const std::string name = m_file.string();
  const auto& metadata = file.metadata();
  if (entry(metadata, name, "version") != kVersion) {
    throw badInput(name, 0, "was written by another version; start anew in another folder");
  }
  if (entry(metadata, name, "settings") != m_settings) {
    throw Error(ErrorKind::Usage,
                fmt::format("{}: was trained with {}, asked for is {}; resume with the same "
                            "options, or start anew in another folder",
                            name, entry(metadata, name, "settings"), m_settings));
  }
  if (entry(metadata, name, "corpus") != m_corpus) {
    throw Error(ErrorKind::Usage,
                fmt::format("{}: was trained on other sequences; resume with the same files in the "
                            "same order, or start anew in another folder",
                            name));
  }
  for (const auto& [weight, tensor] : learner.weights()) {
    copyInto(tensor, file, name, "weight." + weight);
    copyInto(adam.means().at(weight), file, name, "mean." + weight);
    copyInto(adam.squares().at(weight), file, name, "square." + weight);
  }
  adam.setSteps(number<std::int64_t>(metadata, name, "steps"));
  const auto count = [&](const char* key) { return number<std::int64_t>(metadata, name, key); };
  const auto sum = [&](const char* key) { return number<double>(metadata, name, key); };
  return {count("epoch"),
          count("batch"),
          count("residues"),
          sum("seconds"),
          count("measurements"),
          {sum("point_loss"), sum("point_partner"), count("point_steps"),
           count("point_partner_steps")}};
}

}  // namespace twofold::models
