#include "ui/panels/data/import_kind.h"

#include <QFileInfo>
#include <QMap>
#include <algorithm>

namespace twofold::ui {

QString importKind(const QString& file) {
  const QFileInfo info(file);
  QString name = info.fileName().toLower();
  if (name.endsWith(".gz")) {
    name.chop(3);
  }
  const auto endsWithOneOf = [&](std::initializer_list<const char*> endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](const char* ending) { return name.endsWith(QLatin1String(ending)); });
  };
  if (info.isDir() || endsWithOneOf({".pdb", ".ent", ".cif", ".mmcif"})) {
    return QStringLiteral("structures");
  }
  if (endsWithOneOf({".sqlite", ".xml", ".dat"})) {
    return QStringLiteral("annotations");
  }
  if (endsWithOneOf({".safetensors"})) {
    return QStringLiteral("channel");
  }
  return endsWithOneOf({".tsv", ".csv", ".txt", ".pairs"}) ? QStringLiteral("pairs")
                                                           : QStringLiteral("proteins");
}

QString splitParts(const QStringList& files) {
  const QList<QPair<QString, QString>> words = {
      {"train", "train"}, {"val", "validation"}, {"test", "test"}};
  QMap<QString, QString> parts;
  for (const auto& file : files) {
    const QString name = QFileInfo(file).fileName().toLower();
    const auto word = std::find_if(words.begin(), words.end(),
                                   [&](const auto& entry) { return name.contains(entry.first); });
    // A comma would end the file's name in the worker's option.
    if (word == words.end() || parts.contains(word->second) || file.contains(',')) {
      return {};
    }
    parts[word->second] = word->second + '=' + file;
  }
  return parts.contains("train") && parts.contains("validation")
             ? QStringList(parts.values()).join(',')
             : QString();
}

QString commonImportKind(const QStringList& files) {
  const QString kind = files.isEmpty() ? QString() : importKind(files.first());
  const bool same = std::all_of(files.begin(), files.end(),
                                [&](const QString& file) { return importKind(file) == kind; });
  return same ? kind : QString();
}

}  // namespace twofold::ui
