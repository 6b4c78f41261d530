// The proteins of a part by how surely the run is wrong about them.
#pragma once

#include <QAbstractTableModel>

#include "ui/panels/errors/errors_data.h"

namespace twofold::ui {

class ProteinErrorModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Protein, ErrorRate, Wrong, Pairs, Expected, Mcc, Training, Length, Nearest, Count };

  using QAbstractTableModel::QAbstractTableModel;

  void setList(SharedErrors loaded, errors::ProteinErrorList list);
  /// Null: not asked for.
  void setNearest(SharedNearest nearest);
  [[nodiscard]] const errors::ProteinErrorList& list() const { return m_list; }
  [[nodiscard]] const SharedNearest& nearest() const { return m_nearest; }
  /// In the part.
  [[nodiscard]] std::uint32_t proteinAt(int row) const;
  /// -1 when it is not there.
  [[nodiscard]] int rowOf(std::uint32_t protein) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;
  void sort(int column, Qt::SortOrder order) override;

 private:
  void arrange();
  [[nodiscard]] double key(const errors::ProteinErrors& own) const;
  [[nodiscard]] QString text(const errors::ProteinErrors& own, int column) const;
  [[nodiscard]] QString nearestText(std::uint32_t protein) const;

  SharedErrors m_errors;
  SharedNearest m_nearest;
  errors::ProteinErrorList m_list;
  std::vector<std::uint32_t> m_rows;  // places in the list
  int m_sortColumn = ErrorRate;
  Qt::SortOrder m_order = Qt::DescendingOrder;
};

}  // namespace twofold::ui
