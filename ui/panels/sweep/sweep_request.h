// What a sweep is to try, as the form says it, as the worker's command and as a number of runs.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <string>
#include <vector>

#include "core/runs/component_catalog.h"

namespace twofold::ui {

struct SweepRequest {
  QString pairSet;
  QString split;
  QStringList backbones;           // the first is the reference's
  QList<QStringList> channelSets;  // the first is the reference's
  std::vector<std::string> vary;   // "training.width=16,32"
  int random = 0;                  // arms to draw; 0: every combination
  int epochs = 1;
  int seeds = 1;
  int halving = 0;  // one in so many goes on; 0: all train to their end
  QString experiment;
};

/// `sweep` with its options. Throws Error(Usage) with the cure when it is no sweep.
[[nodiscard]] QStringList sweepArguments(const SweepRequest& request);

/// Of successive halving: after so many epochs, so many of the arms go on.
struct SweepRung {
  std::int64_t epochs = 0;
  std::size_t arms = 0;
  std::size_t kept = 0;
};

struct SweepSize {
  std::size_t arms = 0;  // with the reference
  qint64 runs = 0;
  std::vector<SweepRung> rungs;
  double epochs = 0;  // of all runs together, when none stops early by itself
};

/// True where sweepSize() takes no more than a few milliseconds; else it is not for the GUI thread.
[[nodiscard]] bool isCountedAtOnce(const SweepRequest& request);

/// The arms are made as `sweep` makes them. Throws Error(Usage) where it would refuse.
[[nodiscard]] SweepSize sweepSize(const runs::ComponentCatalog& catalog,
                                  const SweepRequest& request);

/// "This makes 12 runs: 6 arms in 2 seeds, each held against …", and what ends when.
[[nodiscard]] QString sizeWords(const SweepRequest& request, const SweepSize& size);

}  // namespace twofold::ui
