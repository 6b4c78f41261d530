#include "models/backbones/unirep.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "core/base/error.h"
#include "core/weights/weights_list.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/recurrent_run.h"
#include "models/backbones/unirep_weights.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;

class Unirep final : public Backbone {
 public:
  Unirep(const UnirepWeights& weights, LayerStates states, const Arithmetic& arithmetic,
         std::string identity)
      : m_network(weights, arithmetic), m_states(states), m_identity(std::move(identity)) {}

  [[nodiscard]] std::int64_t width() const override { return m_network.width(m_states); }
  [[nodiscard]] std::string identity() const override { return m_identity; }
  void embed(const EmbedWork& work) override {
    translated([&] { embedRecurrently(m_network, m_states, work); });
  }

 private:
  RecurrentNetwork m_network;
  LayerStates m_states;
  std::string m_identity;
};

fs::path installedWeights(const std::string& model) {
  const auto places = weights::weightsPlaces();
  auto folder = weights::installedWeights(places, model);
  if (folder.empty()) {
    throw Error(ErrorKind::NotFound,
                fmt::format("UniRep's weights are not installed: run packaging/unirep.sh, which "
                            "shows their licence and puts them into {}, or choose a folder with "
                            "its model_weights.npz",
                            (places.installed() / model).string()));
  }
  return folder;
}

}  // namespace

Descriptor unirepDescriptor() {
  return {
      "unirep",
      "UniRep",
      "Recurrent protein language model with published weights (CC BY-NC 4.0, non-commercial).",
      {folderOption("weights", "Weights folder",
                    "Folder with UniRep's model_weights.npz; empty for the installed "
                    "model below."),
       choiceOption("model", "Model", {"unirep-64", "unirep-256", "unirep-1900"},
                    "Which of the installed models, by its units: 64 and 256 have four layers "
                    "and are fast, 1900 has one."),
       choiceOption("states", "States", {"all", "top"},
                    "The states of every layer beside each other, or the last layer's alone."),
       precisionOption(
           "drifts with the length, down to 0.91, as a recurrence carries rounding on: check it")}};
}

std::unique_ptr<Backbone> makeUnirep(const BackboneRequest& request) {
  const Options& options = request.options;
  const std::string& given = options.text("weights");
  const std::string& model = options.text("model");
  const fs::path folder = given.empty() ? installedWeights(model) : fs::path(given);
  return translated([&] {
    const Arithmetic arithmetic = arithmeticFrom(request);
    const UnirepWeights weights = readUnirepWeights(folder);
    const std::string& states = options.text("states");
    return std::make_unique<Unirep>(
        weights, states == "all" ? LayerStates::All : LayerStates::Top, arithmetic,
        fmt::format("unirep-{}-{}-{}", weights.hash, states, options.text("precision")));
  });
}

}  // namespace twofold::models
