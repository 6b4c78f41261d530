#include "core/runs/complete_spec.h"

#include <algorithm>

namespace twofold::runs {

namespace {

void fill(OptionValues& values, const std::vector<OptionSpec>& options) {
  for (const auto& option : options) {
    values.try_emplace(option.id, option.defaultValue);
  }
}

void fill(PartSpec& part, const std::vector<Descriptor>& list) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Descriptor& d) { return d.id == part.id; });
  if (found != list.end()) {
    fill(part.options, found->options);
  }
}

}  // namespace

RunSpec withDefaults(const ComponentCatalog& catalog, RunSpec spec) {
  fill(spec.backbone, catalog.backbones);
  for (auto& channel : spec.channels) {
    fill(channel, catalog.channels);
  }
  fill(spec.fusion, catalog.fusions);
  fill(spec.head, catalog.heads);
  fill(spec.training, catalog.training.options);
  return spec;
}

}  // namespace twofold::runs
