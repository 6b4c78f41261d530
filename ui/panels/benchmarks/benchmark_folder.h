// What of a benchmark lies in a folder, and what is missing there.
#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>
#include <vector>

#include "core/benchmarks/benchmark.h"

namespace twofold::ui {

/// One set as it was looked for.
struct SoughtSet {
  struct Lack {
    QString origin;  // the way of passing the files on
    QStringList files;
  };

  QString name;
  QString origin;            // of the layout that is there; empty: none
  bool hasTraining = false;  // of that layout
  std::vector<Lack> lacks;   // of each layout, when none is there
};

/// Asks the file system a few dozen times: not for the GUI thread. An empty folder holds nothing.
[[nodiscard]] std::vector<SoughtSet> soughtIn(const benchmarks::Benchmark& benchmark,
                                              const std::filesystem::path& folder);

/// A line a set: what was found as what, or which files are missing under the nearest layout.
[[nodiscard]] QStringList soughtWords(const std::vector<SoughtSet>& sets);

/// The files that each layout of the benchmark wants, for one who looks for them.
[[nodiscard]] QStringList wantedWords(const benchmarks::Benchmark& benchmark);

}  // namespace twofold::ui
