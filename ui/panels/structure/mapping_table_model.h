// A chain's mapping as a table: place in the sequence, residue of the structure, what differs.
// Read-only.
#pragma once

#include <QAbstractTableModel>

#include "ui/panels/structure/chain_mapping.h"

namespace twofold::ui {

class MappingTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Position, Letter, Number, Name, Confidence, Remark, ColumnCount };

  using QAbstractTableModel::QAbstractTableModel;

  void setMapping(const ChainMapping& mapping);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  [[nodiscard]] QString text(std::size_t row, int column) const;

  ChainMapping m_mapping;
};

}  // namespace twofold::ui
