// Which process a worker is, in a way that a recycled pid or a reboot cannot fake.
#pragma once

#include <cstdint>
#include <optional>

#include "core/store/run_repository.h"

namespace twofold::store {

/// The identity of a live process; nothing when there is none with this pid (a zombie is none).
[[nodiscard]] std::optional<WorkerIdentity> identityOf(std::int64_t pid);

/// True while exactly this process lives on this machine.
[[nodiscard]] bool isAlive(const WorkerIdentity& worker);

}  // namespace twofold::store
