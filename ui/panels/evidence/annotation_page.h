// GO terms, domains, keywords and places of both proteins side by side, shared ones first.
#pragma once

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QWidget>

#include "ui/panels/evidence/pair_evidence.h"
#include "ui/panels/evidence/term_table_model.h"
#include "ui/panels/panel_pages.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class AnnotationPage : public QWidget {
  Q_OBJECT
 public:
  explicit AnnotationPage(const Theme& theme, QWidget* parent = nullptr);

  void show(PairEvidence evidence);
  /// While the store is read.
  void clear();
  void fail(const QString& message);

 Q_SIGNALS:
  void importWanted();

 private:
  QWidget* buildSwitches();
  void buildTable(const Theme& theme);
  void refresh();
  /// On the rule of the run in focus, and on what is missing for it.
  [[nodiscard]] QString ruleWords() const;

  PairEvidence m_evidence;
  PanelPages* m_pages;
  QPushButton* m_readable;
  QPushButton* m_everything;
  QCheckBox* m_electronic;
  QLabel* m_rule;
  QLabel* m_counts;
  QLabel* m_none;
  TermTableModel* m_model;
  QTableView* m_table;
};

}  // namespace twofold::ui
