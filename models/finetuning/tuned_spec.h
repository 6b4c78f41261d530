// Where a run's fine-tuning leaves its adapters, and how its backbone comes to load them.
#pragma once

#include <filesystem>
#include <stop_token>

#include "core/runs/run_spec.h"
#include "models/learning/session.h"

namespace twofold::models {

/// Whether a run fine-tunes this backbone: its option lora_rank is above 0.
[[nodiscard]] bool isFinetuned(const runs::PartSpec& backbone);

/// The spec with its backbone loading the adapters of `checkpointFolder`; unchanged when the run is
/// not fine-tuned.
[[nodiscard]] runs::RunSpec withOwnAdapters(const runs::RunSpec& spec,
                                            const std::filesystem::path& checkpointFolder);

/// The same, after the fine-tuning that it asks for: done now, or earlier by a run that is resumed.
/// Throws as finetuned(), and Error(Usage) for adapters beside a fine-tuning.
[[nodiscard]] runs::RunSpec tunedSpec(const TrainRequest& request, const TrainObserver& observer,
                                      const std::stop_token& stop);

}  // namespace twofold::models
