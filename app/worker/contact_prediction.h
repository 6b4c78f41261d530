// The contact map of two proteins of the project, with residue numbers of sequence and structure.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/worker/command_context.h"
#include "core/data/protein.h"
#include "models/contacts/contact_model.h"

namespace twofold::app {

/// A residue's names in a structure: "A:HIS 87".
struct NumberedProtein {
  data::Protein protein;
  std::string structure;            // empty: none is mapped
  std::vector<std::string> labels;  // one a residue of the sequence, empty where not observed
};

struct PairContacts {
  std::array<NumberedProtein, 2> proteins;
  models::ContactPrediction prediction;
  models::ContactManifest manifest;
};

/// By the model in that folder. A structure that shows both proteins numbers them, else the best
/// chain of each. Throws StopRequested; Error: NotFound, BadInput (damaged, or the backbone's
/// numbers are not those that the model was trained on).
[[nodiscard]] PairContacts predictContacts(Job& job, store::Project& project,
                                           const std::filesystem::path& modelFolder,
                                           const std::array<std::string, 2>& ids);

/// Places of the map's `count` likeliest contacts, likeliest first, ties by place.
[[nodiscard]] std::vector<models::ResiduePair> topContacts(
    const models::ContactPrediction& prediction, std::size_t count);

/// "contacts" [residues of the first, residues of the second]; ids and model in the metadata.
void writeContactMap(const std::filesystem::path& file, const PairContacts& contacts);

}  // namespace twofold::app
