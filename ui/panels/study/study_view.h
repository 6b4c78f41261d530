// The table of a study or sweep with its reading; a row puts its run in focus.
#pragma once

#include <QPushButton>
#include <QTableView>
#include <QTextBrowser>
#include <QWidget>
#include <optional>

#include "ui/panels/study/study_table_model.h"
#include "ui/session/session.h"

namespace twofold::ui {

class StudyView : public QWidget {
  Q_OBJECT
 public:
  /// Widgets are named by the stem: "Study" gives studyTable, studyReading, copyStudyTable.
  StudyView(Session& session, const Theme& theme, const QString& stem, QWidget* parent);

  /// None: nothing is shown.
  void showStudy(std::optional<StudyResult> study);
  /// For the head of the panel.
  [[nodiscard]] QPushButton* copyButton() const { return m_copy; }

 private:
  void focusRun(int row);

  Session& m_session;
  StudyTableModel m_model;
  QTableView* m_table;
  QTextBrowser* m_reading;
  QPushButton* m_copy;
};

}  // namespace twofold::ui
