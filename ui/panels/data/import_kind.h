// What kind of import a file is for, told from its name.
#pragma once

#include <QString>
#include <QStringList>

namespace twofold::ui {

/// "structures" (.pdb, .ent, .cif or a folder), "annotations" (.sqlite, .xml, .dat), "channel"
/// (.safetensors), "pairs" (.tsv, .csv, .txt) or "proteins" (any other); .gz does not matter.
[[nodiscard]] QString importKind(const QString& file);

/// "train=F,validation=F,test=F" when each file's name says which part it is ("train", "val",
/// "test") and train and validation are there; else empty.
[[nodiscard]] QString splitParts(const QStringList& files);

/// The kind that all files have, or empty when they differ.
[[nodiscard]] QString commonImportKind(const QStringList& files);

}  // namespace twofold::ui
