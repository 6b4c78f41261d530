#include "app/worker/run_spec_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/weights/weights_list.h"

namespace twofold::app {

namespace {

void replaceId(runs::PartSpec& part, const std::string& id) {
  if (!id.empty() && part.id != id) {
    part = {id, {}};
  }
}

}  // namespace

void RunSpecOptions::addTo(CLI::App& command) {
  command.add_option("--spec", file, "A run spec as JSON; the options below change it");
  command.add_option("--pairs", pairs, "Pair set");
  command.add_option("--split", split, "Split of the pair set");
  command.add_option("--backbone", backbone,
                     "Backbone (see catalog); unirep where it is installed, else composition");
  command.add_option("--weights", weights, "Folder of the backbone's weights");
  command.add_option("--channels", channels, "Channels, as in sequence,calpha")->delimiter(',');
  command.add_option("--fusion", fusion, "Fusion (see catalog)");
  command.add_option("--head", head, "Head (see catalog)");
  command.add_option("--set", assignments,
                     "PART.OPTION=VALUE, as in training.epochs=20 (see catalog)");
  command.add_option("--experiment", experiment, "Groups runs that answer one question");
  command.add_option("--seed", seed, "Same spec, same seed: same numbers");
}

runs::RunSpec RunSpecOptions::spec() const {
  runs::RunSpec spec;
  if (!file.empty()) {
    spec = runs::runSpecFromJson(formats::readJsonFile(file), file.string());
    if (spec.imported) {
      throw Error(ErrorKind::Usage,
                  fmt::format("{}: the spec of imported scores; there is no model to train",
                              file.string()));
    }
  } else if (pairs.empty() || split.empty()) {
    throw Error(ErrorKind::Usage, "give --spec FILE, or at least --pairs and --split");
  } else {
    spec.backbone.id = weights::defaultBackbone(weights::weightsPlaces());
  }
  spec.pairSet = pairs.empty() ? spec.pairSet : pairs;
  spec.split = split.empty() ? spec.split : split;
  replaceId(spec.backbone, backbone);
  replaceId(spec.fusion, fusion);
  replaceId(spec.head, head);
  if (!channels.empty()) {
    const auto before = std::exchange(spec.channels, {});
    for (const auto& channel : channels) {  // those of the file keep their options
      const auto own = std::find_if(before.begin(), before.end(),
                                    [&](const auto& part) { return part.id == channel; });
      spec.channels.push_back(own == before.end() ? runs::PartSpec{channel, {}} : *own);
    }
  }
  if (!weights.empty()) {
    spec.backbone.options["weights"] = weights;
  }
  for (const auto& assignment : assignments) {
    runs::setOption(spec, assignment);
  }
  spec.experiment = experiment.empty() ? spec.experiment : experiment;
  spec.seed = seed.value_or(spec.seed);
  return spec;
}

}  // namespace twofold::app
