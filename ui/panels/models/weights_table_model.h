// Folders of weights as a table: what they are, whether they fit, where they lie.
#pragma once

#include <QAbstractTableModel>
#include <QIcon>
#include <vector>

#include "core/weights/weights_folder.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Whether it fits, in a word, and with the widest precision that does: "fits in bf16".
[[nodiscard]] QString fitWords(const weights::WeightsFolder& folder);
/// The shape and colour of that word: check, triangle, cross.
[[nodiscard]] QIcon fitIcon(const Theme& theme, const weights::WeightsFolder& folder);
/// "shipped", "installed", "added"; with ", default" for what new runs start with.
[[nodiscard]] QString originWords(const weights::WeightsFolder& folder);

class WeightsTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    Name,
    Architecture,
    Shape,
    Parameters,
    Size,
    Precision,
    Memory,
    Licence,
    Origin,
    Folder,
    ColumnCount
  };
  enum Role { SortRole = Qt::UserRole, PathRole };

  explicit WeightsTableModel(const Theme& theme, QObject* parent = nullptr);

  void setFolders(std::vector<weights::WeightsFolder> folders);
  /// Null when there is none.
  [[nodiscard]] const weights::WeightsFolder* folder(const QString& path) const;
  [[nodiscard]] int rowOf(const QString& path) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  const Theme& m_theme;
  std::vector<weights::WeightsFolder> m_folders;
};

}  // namespace twofold::ui
