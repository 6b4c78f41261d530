// Where two of the compared runs disagree: choose them, go through the pairs, look at one, save.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QWidget>
#include <memory>

#include "ui/bridge/background.h"
#include "ui/panels/compare/disagreement_table_model.h"
#include "ui/session/session.h"

namespace twofold::ui {

/// A row that is chosen puts its pair in focus; Enter or a double click shows it in Explore.
class DisagreementPage : public QWidget {
  Q_OBJECT
 public:
  explicit DisagreementPage(Session& session, QWidget* parent = nullptr);

  /// Null: none. The two runs stay chosen where they are among the new ones.
  void setComparison(std::shared_ptr<const Comparison> comparison);
  /// What is shown and where it goes, off the GUI thread; the end is a message of the session.
  void saveTo(const QString& file);
  [[nodiscard]] bool isLoading() const { return m_task.isRunning() || m_saving.isRunning(); }

 private:
  void buildLayout();
  void buildTable();
  void find();
  void showList(DisagreementList list);
  void showNothing(const QString& words);
  void focusRow(const QModelIndex& index);
  void askForFile();
  void copyCommand();

  Session& m_session;
  std::shared_ptr<const Comparison> m_comparison;
  DisagreementList m_list;  // its rows are the model's
  BackgroundTask m_task;
  BackgroundQueue m_saving;  // none is dropped, so that a failure is told
  DisagreementTableModel m_model;
  QComboBox* m_first;
  QComboBox* m_second;
  QLabel* m_state;
  QTableView* m_table;
  QPushButton* m_save;
  QPushButton* m_copy;
};

}  // namespace twofold::ui
