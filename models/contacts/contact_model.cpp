#include "models/contacts/contact_model.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/bounded_json.h"
#include "core/formats/safetensors.h"
#include "core/weights/memory_fit.h"
#include "models/contacts/contact_network.h"
#include "models/contacts/contact_trainer.h"
#include "models/learning/device.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

using formats::Json;

constexpr const char* kWeightsFile = "model.safetensors";
constexpr const char* kManifestFile = "manifest.json";

Json toJson(const ContactTraining& training) {
  return {{"epochs", training.epochs},
          {"best_epoch", training.bestEpoch},
          {"validation_auprc", training.validationAuprc},
          {"logit_shift", training.logitShift},
          {"has_interaction", training.hasInteraction},
          {"seconds", training.seconds},
          {"maps_per_second", training.mapsPerSecond}};
}

ContactTraining trainingFromJson(const Json& json) {
  return {json.at("epochs").get<std::int64_t>(),     json.at("best_epoch").get<std::int64_t>(),
          json.at("validation_auprc").get<double>(), json.at("logit_shift").get<double>(),
          json.at("has_interaction").get<bool>(),    json.at("seconds").get<double>(),
          json.at("maps_per_second").get<double>()};
}

Json toJson(const ContactManifest& manifest) {
  runs::RunSpec spec;
  spec.backbone = manifest.backbone;
  return {{"version", ContactManifest::kVersion},
          {"program", TWOFOLD_VERSION},
          {"kind", "contacts"},
          {"name", manifest.name},
          {"backbone", runs::toJson(spec).at("backbone")},
          {"identity", manifest.identity},
          {"settings", toJson(manifest.settings)},
          {"seed", manifest.seed},
          {"data", manifest.data},
          {"training_complexes", manifest.trainingComplexes},
          {"validation_complexes", manifest.validationComplexes},
          {"training", toJson(manifest.training)}};
}

runs::PartSpec backboneFromJson(const Json& json, const std::string& source) {
  Json whole = runs::toJson(runs::RunSpec{});
  whole["backbone"] = json;
  return runs::runSpecFromJson(whole, source).backbone;
}

ContactManifest manifestFromJson(const Json& json, const std::string& source) {
  try {
    if (json.at("kind") != "contacts") {
      throw badInput(source, 0, "this is no contact model");
    }
    if (const int version = json.at("version").get<int>(); version > ContactManifest::kVersion) {
      throw badInput(source, 0,
                     fmt::format("version {} was written by a newer program; update this one, or "
                                 "train the model again",
                                 version));
    }
    ContactManifest manifest;
    manifest.name = json.at("name").get<std::string>();
    manifest.backbone = backboneFromJson(json.at("backbone"), source);
    manifest.identity = json.at("identity").get<std::string>();
    manifest.settings = contactSettingsFromJson(json.at("settings"), source);
    requireSane(manifest.settings);
    manifest.seed = json.at("seed").get<std::uint64_t>();
    manifest.data = json.at("data").get<std::string>();
    manifest.trainingComplexes = json.at("training_complexes").get<std::int64_t>();
    manifest.validationComplexes = json.at("validation_complexes").get<std::int64_t>();
    manifest.training = trainingFromJson(json.at("training"));
    return manifest;
  } catch (const Json::exception& error) {
    throw badInput(source, 0, fmt::format("the manifest is damaged: {}", error.what()));
  }
}

}  // namespace

struct ContactModel::State {
  ContactNetwork network;
  ContactTraining training;
};

ContactModel::ContactModel(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ContactModel::~ContactModel() = default;
ContactModel::ContactModel(ContactModel&&) noexcept = default;
ContactModel& ContactModel::operator=(ContactModel&&) noexcept = default;

const ContactTraining& ContactModel::training() const {
  return m_state->training;
}

ContactModel ContactModel::train(const ContactWork& work, const ContactObserver& observer,
                                 const std::stop_token& stop) {
  return translated([&] {
    requireSane(work.settings);
    useThreads(work.threads);
    auto state = std::make_unique<State>(
        State{ContactNetwork(work.settings, work.embeddings.width, work.seed), {}});
    state->training = trainNetwork(state->network, work, observer, stop);
    return ContactModel(std::move(state));
  });
}

void ContactModel::save(const std::filesystem::path& folder,
                        const ContactManifest& manifest) const {
  makeFolders(folder);
  const auto tensors = m_state->network.state();
  std::map<std::string, formats::TensorView> views;
  for (const auto& [name, tensor] : tensors) {
    views[name] = toView(tensor);
  }
  formats::writeSafetensors(folder / kWeightsFile, views, {{"format", "pt"}});
  writeFileAtomically(folder / kManifestFile, toJson(manifest).dump(2) + "\n");
}

std::pair<ContactModel, ContactManifest> ContactModel::load(const std::filesystem::path& folder) {
  return translated([&] {
    const auto file = folder / kManifestFile;
    if (!std::filesystem::exists(file)) {
      throw Error(ErrorKind::NotFound,
                  fmt::format("{}: there is no contact model; train one with \"contacts train\"",
                              folder.string()));
    }
    auto manifest = manifestFromJson(formats::readJsonFile(file), file.string());
    const auto weights = folder / kWeightsFile;
    const formats::SafetensorsFile stored(weights);
    const auto& mean = stored.tensor("input.mean");
    if (mean.shape.size() != 1 || mean.shape[0] < 1) {
      throw badInput(weights.string(), 0, "\"input.mean\" is no list of numbers");
    }
    std::map<std::string, at::Tensor> tensors;
    for (const auto& [name, view] : stored.tensors()) {
      tensors[name] = toTensor(view);
    }
    auto state = std::make_unique<State>(
        State{ContactNetwork(manifest.settings, mean.shape[0], manifest.seed), manifest.training});
    state->network.restore(tensors, weights.string());
    return std::pair(ContactModel(std::move(state)), std::move(manifest));
  });
}

ContactPrediction ContactModel::predict(const ResidueEmbeddings& embeddings, std::uint32_t a,
                                        std::uint32_t b, const std::stop_token& stop) const {
  return translated([&] {
    const at::Tensor left = rowsOf(embeddings, a);
    const at::Tensor right = rowsOf(embeddings, b);
    if (left.size(1) != m_state->network.inputs()) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("the model takes {} values a residue and the backbone gives {}; use "
                              "the backbone it was trained with",
                              m_state->network.inputs(), left.size(1)));
    }
    // The map, its probabilities, their copy, and the interaction's passes over them.
    constexpr std::int64_t kFloats = 8;
    const std::int64_t needed =
        left.size(0) * right.size(0) * kFloats * static_cast<std::int64_t>(sizeof(float));
    const auto available = weights::availableMemory();
    if (available > 0 && needed > available) {
      constexpr double kGibi = 1024.0 * 1024.0 * 1024.0;
      throw Error(ErrorKind::Memory,
                  fmt::format("a map of {} by {} residues needs {:.1f} GiB of memory, and {:.1f} "
                              "GiB is available; predict the proteins domain by domain",
                              left.size(0), right.size(0), static_cast<double>(needed) / kGibi,
                              static_cast<double>(available) / kGibi));
    }
    const auto found = m_state->network.predict(left, right, stop);
    const at::Tensor logits = found.logits.contiguous();
    const std::span values(logits.const_data_ptr<float>(),
                           static_cast<std::size_t>(logits.numel()));
    ContactPrediction prediction{logits.size(0), logits.size(1), {}, {}};
    // One by one: LibTorch's sigmoid has other bits for other places in a vector.
    for (const double logit : values) {
      prediction.probabilities.push_back(
          static_cast<float>(1 / (1 + std::exp(-(logit + m_state->training.logitShift)))));
    }
    if (m_state->training.hasInteraction) {
      prediction.interaction = 1 / (1 + std::exp(-found.interaction.item().toDouble()));
    }
    return prediction;
  });
}

}  // namespace twofold::models
