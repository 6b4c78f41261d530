// The user's channels beside the program's own parts, and which of their tables a run is made for.
#pragma once

#include <span>

#include "core/base/descriptor.h"
#include "core/data/user_channel.h"
#include "core/runs/component_catalog.h"
#include "core/runs/run_spec.h"

namespace twofold::runs {

/// Its one option has one choice, the table's hash: a spec that records it is of this table alone.
[[nodiscard]] Descriptor userChannelDescriptor(const data::UserChannel& channel);

/// The catalog of a project: the parts of the program, then the project's own channels.
[[nodiscard]] ComponentCatalog withUserChannels(ComponentCatalog builtin,
                                                std::span<const data::UserChannel> channels);

/// `spec` with the hash of each table that it names no hash of: what is recorded when a run is
/// made. Channels that the project does not have stay as they are.
[[nodiscard]] RunSpec withTables(RunSpec spec, std::span<const data::UserChannel> channels);

/// Throws Error(Usage), with the cure, when the project has another table now than the spec
/// records, or none of that name.
void requireSameTables(const RunSpec& spec, std::span<const data::UserChannel> channels);

}  // namespace twofold::runs
