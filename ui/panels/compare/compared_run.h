// What has to be known of runs before they can be held against each other.
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/data/split.h"

namespace twofold::ui {

struct ComparedRun {
  QString id;
  QString summary;  // its spec in one line
  QString experiment;
  QString status;
  std::int64_t finished = 0;  // seconds since 1970; 0: not yet
  bool isBaseline = false;    // of its experiment
  bool hasValidation = false;
  bool hasTest = false;

  [[nodiscard]] bool hasScoresOf(data::Part part) const {
    return part == data::Part::Test ? hasTest : hasValidation;
  }
  friend bool operator==(const ComparedRun&, const ComparedRun&) = default;
};

/// Opens a connection of its own; any thread. Throws Error(NotFound) for a run that is gone.
[[nodiscard]] std::vector<ComparedRun> readComparedRuns(const std::filesystem::path& folder,
                                                        const QStringList& ids,
                                                        const std::stop_token& stop);

/// Test and validation, those that all runs have scores of.
[[nodiscard]] std::vector<data::Part> commonParts(const std::vector<ComparedRun>& runs);

/// The baseline of an experiment where one is among them, else the first; empty for no runs.
[[nodiscard]] QString usualReference(const std::vector<ComparedRun>& runs);

/// Why runs without a common part cannot be compared: what each of them has.
[[nodiscard]] QString missingPartWords(const std::vector<ComparedRun>& runs);

}  // namespace twofold::ui
