// Pairs on which one of two runs is right and the other wrong.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/panels/compare/comparison_work.h"

namespace twofold::ui {

class DisagreementTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { ProteinA, ProteinB, Label, First, Second, Gap, Right, Count };

  explicit DisagreementTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

  /// In this order until it is sorted. The ids of the two runs stand over their scores.
  void setRows(std::vector<DisagreementRow> rows, const QString& first, const QString& second);
  [[nodiscard]] const DisagreementRow& row(int index) const {
    return m_rows.at(m_order.at(static_cast<std::size_t>(index)));
  }
  /// By itself: a proxy over a hundred thousand rows would hold the window up.
  void sort(int column, Qt::SortOrder order) override;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  [[nodiscard]] QString text(const DisagreementRow& row, int column) const;

  std::vector<DisagreementRow> m_rows;
  std::vector<std::size_t> m_order;
  QString m_first;
  QString m_second;
};

}  // namespace twofold::ui
