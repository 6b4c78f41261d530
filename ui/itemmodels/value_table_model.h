// A small read-only table of texts: pair sets, splits, proteins, structures.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <QVariant>
#include <vector>

namespace twofold::ui {

/// Numbers (given as numbers) are shown with thin spaces and right-aligned, and sort as numbers.
class ValueTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Role { SortRole = Qt::UserRole, KeyRole };

  struct Row {
    QVariantList cells;
    qint64 key = 0;
  };

  explicit ValueTableModel(QStringList titles, QObject* parent = nullptr);

  void setRows(std::vector<Row> rows);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  QStringList m_titles;
  std::vector<Row> m_rows;
};

}  // namespace twofold::ui
