#include "ui/panels/benchmarks/benchmark_folder.h"

#include <QObject>
#include <algorithm>

#include "core/benchmarks/benchmark_import.h"

namespace twofold::ui {

namespace {

constexpr qsizetype kNamed = 4;  // files that are missing

QString listed(const QStringList& files) {
  const QString text = files.mid(0, kNamed).join(QStringLiteral(", "));
  return files.size() <= kNamed
             ? text
             : QObject::tr("%1 and %2 more").arg(text).arg(files.size() - kNamed);
}

QStringList asTexts(const std::vector<std::string>& names) {
  QStringList texts;
  for (const auto& name : names) {
    texts << QString::fromStdString(name);
  }
  return texts;
}

SoughtSet sought(const benchmarks::Set& set, const std::filesystem::path& folder) {
  SoughtSet found;
  found.name = QString::fromStdString(set.name);
  for (const auto& layout : set.layouts) {
    const auto missing = benchmarks::missingFiles(layout, folder);
    if (!folder.empty() && missing.empty()) {
      found.origin = QString::fromStdString(layout.origin);
      found.hasTraining = std::any_of(layout.pairs.begin(), layout.pairs.end(),
                                      [](const auto& f) { return f.part == data::Part::Train; });
      found.lacks.clear();
      return found;
    }
    found.lacks.push_back({QString::fromStdString(layout.origin), asTexts(missing)});
  }
  return found;
}

}  // namespace

std::vector<SoughtSet> soughtIn(const benchmarks::Benchmark& benchmark,
                                const std::filesystem::path& folder) {
  std::vector<SoughtSet> sets;
  for (const auto& set : benchmark.sets) {
    sets.push_back(sought(set, folder));
  }
  return sets;
}

QStringList soughtWords(const std::vector<SoughtSet>& sets) {
  QStringList words;
  for (const auto& set : sets) {
    if (!set.origin.isEmpty()) {
      words << QObject::tr("Found: %1, %2.").arg(set.name, set.origin);
      continue;
    }
    const auto nearest = std::min_element(
        set.lacks.begin(), set.lacks.end(),
        [](const auto& one, const auto& other) { return one.files.size() < other.files.size(); });
    words << QObject::tr("Missing for %1, %2: %3.")
                 .arg(set.name, nearest->origin, listed(nearest->files));
  }
  return words;
}

QStringList wantedWords(const benchmarks::Benchmark& benchmark) {
  QStringList words;
  for (const auto& set : benchmark.sets) {
    for (const auto& layout : set.layouts) {
      QStringList files = asTexts(layout.sequences);
      for (const auto& file : layout.pairs) {
        files
            << (file.isOptional
                    ? QObject::tr("%1 (where there is one)").arg(QString::fromStdString(file.path))
                    : QString::fromStdString(file.path));
      }
      words << QObject::tr("%1, %2: %3")
                   .arg(QString::fromStdString(set.name), QString::fromStdString(layout.origin),
                        files.join(QStringLiteral(", ")));
    }
  }
  return words;
}

}  // namespace twofold::ui
