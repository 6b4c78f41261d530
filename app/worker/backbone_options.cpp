#include "app/worker/backbone_options.h"

#include "core/runs/component_catalog.h"
#include "core/weights/weights_list.h"
#include "models/builtin_models.h"

namespace twofold::app {

CLI::Option* BackboneOptions::addTo(CLI::App& command) {
  auto* option = command.add_option("--backbone", backbone, "Backbone (see catalog)");
  command.add_option("--weights", weights, "Folder of the backbone's weights");
  command.add_option("--dtype", dtype, "Precision, as in fp32 or bf16 (see catalog)");
  command.add_option("--set", assignments, "OPTION=VALUE of the backbone");
  return option;
}

runs::PartSpec BackboneOptions::part() const {
  runs::RunSpec spec;
  spec.backbone = {backbone.empty() ? weights::defaultBackbone(weights::weightsPlaces()) : backbone,
                   {}};
  if (!weights.empty()) {
    spec.backbone.options["weights"] = weights;
  }
  if (!dtype.empty()) {
    spec.backbone.options["precision"] = dtype;
  }
  for (const auto& assignment : assignments) {
    runs::setOption(spec, "backbone." + assignment);
  }
  runs::checkAgainst(models::builtinCatalog(), spec);
  return spec.backbone;
}

}  // namespace twofold::app
