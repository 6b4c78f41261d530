// How long an epoch took on a split so far, by backbone: what an estimate may honestly rest on.
#pragma once

#include <QString>
#include <map>
#include <string>
#include <vector>

#include "core/store/project.h"
#include "ui/panels/sweep/sweep_request.h"

namespace twofold::ui {

/// Seconds an epoch, one number a run that ended lately, with all that a run does besides.
using SweepPace = std::map<std::string, std::vector<double>>;

/// Reads the newest runs that ended; opens nothing itself.
[[nodiscard]] SweepPace sweepPace(store::Project& project, const std::string& pairSet,
                                  const std::string& split);

/// "About 4 min, going by …", or for which backbone there is nothing to go by.
[[nodiscard]] QString paceWords(const SweepPace& pace, const SweepRequest& request,
                                const SweepSize& size);

}  // namespace twofold::ui
