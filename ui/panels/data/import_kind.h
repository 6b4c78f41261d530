// What kind of import a file is for, told from its name.
#pragma once

#include <QString>
#include <QStringList>

namespace twofold::ui {

/// "structures" (.pdb, .ent, .cif or a folder), "pairs" (.tsv, .csv, .txt) or "proteins" (any
/// other); .gz does not matter.
[[nodiscard]] QString importKind(const QString& file);

/// The kind that all files have, or empty when they differ.
[[nodiscard]] QString commonImportKind(const QStringList& files);

}  // namespace twofold::ui
