// The residues' embeddings of sequences, from the project's cache or from the backbone.
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/runs/run_spec.h"
#include "models/contacts/contact_data.h"

namespace twofold::models {

struct ResidueRequest {
  runs::PartSpec backbone;
  std::span<const std::string> ids;  // for messages
  std::span<const std::string> sequences;
  std::filesystem::path cacheFolder;  // empty: nothing is kept
  std::string device = "auto";
  int threads = 0;
};

/// One vector a residue, rounded to bfloat16 as the cache keeps them. Throws StopRequested;
/// Error(BadInput) naming a sequence that the backbone gives fewer vectors than it has residues,
/// with the cure; Usage, NotFound and what else making the backbone throws.
[[nodiscard]] ResidueEmbeddings embedResidues(const ResidueRequest& request,
                                              const ProgressSink& progress,
                                              const std::stop_token& stop);

/// The identity of the backbone's numbers alone.
[[nodiscard]] std::string backboneIdentity(const runs::PartSpec& backbone,
                                           const std::string& device);

}  // namespace twofold::models
