// Which weights folders this machine has: shipped, installed, and added by the user.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/weights/weights_folder.h"

namespace twofold::weights {

/// Where folders are looked for; made once by the program, passed in by tests.
struct WeightsPlaces {
  std::filesystem::path data;     // twofold's data folder: backbones/ and weights-folders.json
  std::filesystem::path shipped;  // resources/backbones; empty when it is not there

  [[nodiscard]] std::filesystem::path installed() const { return data / "backbones"; }
  [[nodiscard]] std::filesystem::path addedFile() const { return data / "weights-folders.json"; }
};

/// ${XDG_DATA_HOME:-~/.local/share}/twofold; resources/backbones beside the running program or in
/// the source tree it was built in (the nearest folder above it that has one).
[[nodiscard]] WeightsPlaces weightsPlaces();

/// The folder in which `backbone` comes with the program. Throws Error(NotFound) when it does not.
[[nodiscard]] std::filesystem::path shippedWeights(const WeightsPlaces& places,
                                                   std::string_view backbone);

/// The folder of a model that packaging/unirep.sh installs: unirep-64, unirep-256, unirep-1900.
/// Empty where it is not there whole.
[[nodiscard]] std::filesystem::path installedWeights(const WeightsPlaces& places,
                                                     std::string_view model);

/// The installed model that a new run embeds with, the smallest UniRep: published, and better than
/// what is shipped. Empty where it is not installed.
[[nodiscard]] std::filesystem::path defaultWeights(const WeightsPlaces& places);

/// What a new run starts with: "unirep" where defaultWeights() are there, else "composition", which
/// needs none.
[[nodiscard]] std::string defaultBackbone(const WeightsPlaces& places);

/// The default first, then shipped ones, installed ones and added ones, each by name; a folder
/// comes once. Added folders that are gone are listed with their problem. Throws Error(BadInput,
/// Io) when the list of added folders cannot be read.
[[nodiscard]] std::vector<WeightsFolder> listWeights(const WeightsPlaces& places);

/// Remembers a folder and describes it. Throws Error: NotFound, BadInput (no backbone reads it,
/// with the reason), Usage (it is listed already), Io.
WeightsFolder addWeights(const WeightsPlaces& places, const std::filesystem::path& folder);

/// Forgets an added folder; never touches its files. Throws Error: NotFound (not in the list),
/// Usage (it is shipped or installed: only deleting it would take it off), Io.
void removeWeights(const WeightsPlaces& places, const std::filesystem::path& folder);

}  // namespace twofold::weights
