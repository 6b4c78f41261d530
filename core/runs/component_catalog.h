// Descriptors of every swappable part, grouped by kind: what the window and `catalog` show.
// Qt-free and torch-free: the worker prints it, the window reads it.
#pragma once

#include <string>
#include <vector>

#include "core/base/descriptor.h"
#include "core/formats/bounded_json.h"
#include "core/runs/run_spec.h"

namespace twofold::runs {

/// Of one run.
inline constexpr std::size_t kMostChannels = 24;

struct ComponentCatalog {
  std::vector<Descriptor> backbones;
  std::vector<Descriptor> channels;
  std::vector<Descriptor> fusions;
  std::vector<Descriptor> heads;
  std::vector<Descriptor> splitters;
  std::vector<Descriptor> metrics;
  std::vector<Descriptor> lanes;
  Descriptor training;  // the trainer's options
};

[[nodiscard]] formats::Json toJson(const ComponentCatalog& catalog);
[[nodiscard]] ComponentCatalog catalogFromJson(const formats::Json& json);

/// Throws Error(Usage) naming the nearest id or option and its range.
void checkAgainst(const ComponentCatalog& catalog, const RunSpec& spec);

/// The descriptor with that id. Throws Error(Usage) naming the nearest.
[[nodiscard]] const Descriptor& findDescriptor(const std::vector<Descriptor>& list,
                                               const std::string& id, std::string_view kind);

}  // namespace twofold::runs
