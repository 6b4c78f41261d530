// The bins of one kind of pairs with their rates, and the same as a chart.
#pragma once

#include <QAbstractTableModel>

#include "core/errors/strata.h"
#include "ui/plots/plot_spec.h"

namespace twofold::ui {

class StrataModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Bin, Pairs, ErrorRate, Against, P, Precision, Recall, Mcc, Count };

  using QAbstractTableModel::QAbstractTableModel;

  void setStrata(errors::Strata strata);
  [[nodiscard]] const errors::Strata& strata() const { return m_strata; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  errors::Strata m_strata;
};

/// Error rates with their intervals, and the rate of all.
[[nodiscard]] PlotSpec strataPlot(const errors::Strata& strata);

}  // namespace twofold::ui
