// What a split would be: sizes, labels, shared proteins, what is dropped and why, and degrees.
#pragma once

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QTableView>

#include "core/formats/bounded_json.h"
#include "ui/itemmodels/value_table_model.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Of folds, the one that is chosen above.
class SplitPreview : public QDialog {
  Q_OBJECT
 public:
  /// `result` as the worker's `split --preview` gives it. Throws on another shape.
  SplitPreview(const Theme& theme, const formats::Json& result, QWidget* parent = nullptr);

 private:
  void buildLayout(const Theme& theme);
  void showSplit(int index);

  formats::Json m_splits;
  QComboBox* m_which;
  ValueTableModel* m_model;
  QTableView* m_table;
  QLabel* m_sentences;
  PlotView* m_plot;
};

/// A row a part of one split of the result.
[[nodiscard]] std::vector<ValueTableModel::Row> partRows(const formats::Json& split);

/// Shared proteins, dropped pairs by reason, and the notes, a line each.
[[nodiscard]] QString splitSentences(const formats::Json& split);

}  // namespace twofold::ui
