// The table of a channel study or a sweep: its rows, then its controls or the arms that ended early
// as a group of their own.
#pragma once

#include <QAbstractTableModel>
#include <optional>

#include "ui/panels/study/study_result.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Between both groups lies a heading, a row whose first cell alone has words.
class StudyTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Channels, Seeds, Accuracy, Auprc, Auroc, Ece, Gain, P, Count };

  explicit StudyTableModel(const Theme& theme, QObject* parent = nullptr);

  void setStudy(std::optional<StudyResult> study);
  [[nodiscard]] const std::optional<StudyResult>& study() const { return m_study; }
  /// The row of the heading over the second group; -1 when there is none.
  [[nodiscard]] int headingRow() const;
  /// Null for the heading.
  [[nodiscard]] const StudyLine* line(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  /// Controls or what ended early.
  [[nodiscard]] const std::vector<StudyLine>& secondGroup() const;
  [[nodiscard]] QVariant cell(const StudyLine& line, int row, int column) const;
  [[nodiscard]] QString firstTitle() const;
  [[nodiscard]] static QString tip(const StudyLine& line, int column);

  const Theme& m_theme;
  std::optional<StudyResult> m_study;
};

}  // namespace twofold::ui
