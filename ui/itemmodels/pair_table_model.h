// The pairs of one set as a table that filters and sorts itself.
#pragma once

#include <QAbstractTableModel>

#include "ui/itemmodels/pair_table.h"

namespace twofold::ui {

class PairTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void setTable(PairTable table);
  /// Those shown are another run's until the table of the one in focus is set.
  void forgetProbabilities();
  [[nodiscard]] const PairTable& table() const { return m_table; }
  void setFilter(const PairFilter& filter);

  /// Index in the pair set of a shown row.
  [[nodiscard]] std::uint32_t pairAt(int row) const;
  /// The shown row of a pair of the set, or -1 when it is filtered out.
  [[nodiscard]] int rowOf(std::int64_t pairIndex) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;
  void sort(int column, Qt::SortOrder order) override;

 private:
  void arrange();
  [[nodiscard]] QString text(std::uint32_t pair, PairColumn column) const;

  PairTable m_table;
  PairFilter m_filter;
  std::vector<std::uint32_t> m_rows;
  int m_sortColumn = -1;
  Qt::SortOrder m_order = Qt::AscendingOrder;
};

}  // namespace twofold::ui
