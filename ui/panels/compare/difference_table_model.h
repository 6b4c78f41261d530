// All metrics and tests of a comparison as a table: a row a measure and comparison.
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "ui/panels/compare/comparison_work.h"

namespace twofold::ui {

struct DifferenceRow {
  QString id;    // of the metric; "delong", "mcnemar"
  QString name;  // as people read it
  QString firstRun;
  QString secondRun;
  double first = 0;  // of McNemar's test the pairs that this run alone is right on; NaN: none
  double second = 0;
  double difference = 0;
  std::optional<metrics::Interval> interval;
  double p = 0;  // NaN where there is none
  double holm = 0;
  bool isCount = false;
  bool isShown = false;  // the difference, after Holm's correction
  QString better;        // the id of that run, where it is shown
};

/// Metrics in the order of their list, then DeLong's and McNemar's tests; in each the comparisons.
[[nodiscard]] std::vector<DifferenceRow> differenceRows(const Comparison& comparison);

class DifferenceTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Measure, Runs, First, Second, Difference, P, Holm, Verdict, Count };

  explicit DifferenceTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

  /// Null: none.
  void setComparison(const std::shared_ptr<const Comparison>& comparison);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  [[nodiscard]] QString text(const DifferenceRow& row, int column) const;

  std::vector<DifferenceRow> m_rows;
};

}  // namespace twofold::ui
