// All runs of the project as a table: what was run and how well it did on one part.
#pragma once

#include <QAbstractTableModel>
#include <QIcon>
#include <QString>
#include <QStringList>
#include <map>
#include <optional>
#include <vector>

#include "core/store/run_repository.h"
#include "ui/itemmodels/found_runs.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// A run as the table shows it, parsed once.
struct RunRow {
  store::RunRecord record;
  QString backbone;
  QStringList channels;
  QString split;  // "pairs / split"
  QString seed;
};

[[nodiscard]] RunRow runRow(store::RunRecord record);
/// "done", "running", … with the icon name of its shape: check, triangle, cross, play, clock.
[[nodiscard]] QString statusIcon(store::RunStatus status);

class RunTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Run, Status, Experiment, Backbone, Channels, Split, Seed, FirstMetric };
  /// IntervalRole is what stands behind a number: the difference from the baseline of its
  /// experiment where that has one, else the interval.
  enum Role { SortRole = Qt::UserRole, IntervalRole, RunIdRole };

  explicit RunTableModel(const Theme& theme, QObject* parent = nullptr);

  /// Runs that `found` does not know yet count as not found.
  void setRuns(std::vector<RunRow> rows, FoundRuns found = {});
  void setFound(FoundRuns found);
  [[nodiscard]] const FoundRuns& found() const { return m_found; }
  [[nodiscard]] bool isFound(int index) const;
  [[nodiscard]] bool isBaseline(const RunRow& row) const;
  /// The column as filters and saved views write it: "metrics.test.auprc".
  [[nodiscard]] QString expression(int column) const;
  /// "validation" or "test".
  void setPart(const QString& part);
  [[nodiscard]] const QString& part() const { return m_part; }
  /// Null when there is none.
  [[nodiscard]] const RunRow* row(int index) const;
  [[nodiscard]] int rowOf(const QString& runId) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 Q_SIGNALS:
  /// Other rows are found, or their order may be another.
  void foundChanged();

 private:
  [[nodiscard]] QString text(const RunRow& row, int column) const;
  [[nodiscard]] QVariant sortValue(const RunRow& row, int column) const;
  [[nodiscard]] const metrics::PartMetrics* partOf(const RunRow& row) const;
  [[nodiscard]] std::optional<double> metric(const RunRow& row, int column) const;

  [[nodiscard]] const runs::RunTableColumn* formula(int column) const;
  /// The row's place in the columns of the query; -1 where it is not found.
  [[nodiscard]] int place(const RunRow& row) const;
  [[nodiscard]] QString formulaText(const RunRow& row, int column) const;
  [[nodiscard]] QVariant formulaSortValue(const RunRow& row, int column) const;
  /// NaN where there is none.
  [[nodiscard]] double delta(const RunRow& row, int column) const;
  [[nodiscard]] QString interval(const RunRow& row, int column) const;
  [[nodiscard]] QVariant toolTip(const RunRow& row, int column) const;
  [[nodiscard]] QIcon icon(store::RunStatus status) const;

  const Theme& m_theme;
  mutable std::map<store::RunStatus, QIcon> m_icons;  // of the current theme
  std::vector<RunRow> m_rows;
  QHash<QString, int> m_rowOf;  // by run id
  FoundRuns m_found;
  QString m_part = QStringLiteral("validation");
};

}  // namespace twofold::ui
