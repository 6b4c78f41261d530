// Every metric of one run, a row a metric, a column a part, with 95 % intervals.
#pragma once

#include <QAbstractTableModel>

#include "core/store/run_repository.h"

namespace twofold::ui {

class MetricTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  explicit MetricTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

  /// Metrics by part name: "validation", "test".
  void setParts(std::map<std::string, metrics::PartMetrics> parts);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  [[nodiscard]] QString cell(int row, const metrics::PartMetrics& part) const;

  std::vector<std::pair<QString, metrics::PartMetrics>> m_parts;
};

}  // namespace twofold::ui
