// The pairs of one set: filter, sort, pick one for every other view to show.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/bridge/background.h"
#include "ui/itemmodels/pair_table_model.h"
#include "ui/panels/panel_pages.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class PairsPanel : public QWidget {
  Q_OBJECT
 public:
  PairsPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

  [[nodiscard]] bool isLoading() const { return m_task.isRunning(); }
  [[nodiscard]] const PairTableModel& model() const { return m_model; }
  /// Focuses the first pair with a structure, else the first pair; false when there is none.
  bool focusFirstPair();
  /// Moves the focus by rows of the table as it is filtered and sorted.
  void step(int rows);
  /// Puts the cursor into the filter.
  void startFilter();

 Q_SIGNALS:
  void loaded();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void buildLayout();
  void buildFilters(QVBoxLayout* layout);
  void buildTable();
  void fitColumns();
  void fillSets();
  void load();
  void showEmpty();
  void showFailure(const QString& reason);
  void followNote();
  void take(PairTable table);
  void applyFilter();
  void focusRow(const QModelIndex& index);
  void showCount();
  void followPair();
  void bringRowInSight();
  [[nodiscard]] bool runHasEnded() const;
  /// Reads again when the run in focus ends: its probabilities are there then.
  void followRun();

  Session& m_session;
  const Theme& m_theme;
  PairTableModel m_model;
  BackgroundTask m_task;
  QTimer m_typing;
  bool m_runHadEnded = false;
  bool m_failed = false;  // the note is about a read that failed

  PanelPages* m_pages;
  QComboBox* m_sets;
  QLineEdit* m_filter;
  QComboBox* m_label;
  QCheckBox* m_isExpression;
  QCheckBox* m_withStructure;
  QLabel* m_count;
  QTableView* m_table;
};

}  // namespace twofold::ui
