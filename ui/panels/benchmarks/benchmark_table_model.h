// Published rows beside the project's own, which stand first in each set and carry intervals.
#pragma once

#include <QAbstractTableModel>
#include <optional>

#include "ui/panels/benchmarks/benchmark_lines.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class BenchmarkTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Set, Model, From, Accuracy, Auprc, Auroc, F1, Mcc, Count };

  explicit BenchmarkTableModel(const Theme& theme, QObject* parent = nullptr);

  void setTable(std::optional<BenchmarkTable> table);
  [[nodiscard]] const std::optional<BenchmarkTable>& table() const { return m_table; }
  [[nodiscard]] const BenchmarkLine& line(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  const Theme& m_theme;
  std::optional<BenchmarkTable> m_table;
};

}  // namespace twofold::ui
