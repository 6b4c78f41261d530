// What people put down about a run: favourite, archive, baseline, tags and a note.
#pragma once

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QString>
#include <QWidget>
#include <functional>
#include <map>
#include <string>

#include "core/store/run_tracking.h"

namespace twofold::ui {

/// Of the run in focus.
struct RunMarks {
  std::string id;
  std::string experiment;
  std::string tags;  // lines of NAME=VALUE
  std::string note;
  bool favourite = false;
  bool archived = false;
  bool baseline = false;
};

class RunMarksView : public QWidget {
  Q_OBJECT
 public:
  using Change = std::function<void(store::RunTracking&)>;

  explicit RunMarksView(QWidget* parent = nullptr);

  /// Without an id: nothing is in focus. What was typed and not saved stays with its run, and is
  /// there again when that run comes back into focus.
  void show(const RunMarks& marks);

 Q_SIGNALS:
  /// To be done in the store, off the GUI thread.
  void changed(const twofold::ui::RunMarksView::Change& change);
  void mistake(const QString& text);

 private:
  /// What was typed for a run and not saved.
  struct Draft {
    QString tags;
    QString note;
  };

  void buildLayout();
  void save();
  void keepDraft();
  [[nodiscard]] bool isEdited() const;

  RunMarks m_marks;
  std::map<std::string, Draft> m_drafts;  // by run, of those that are not in focus
  QPushButton* m_favourite;
  QPushButton* m_archive;
  QPushButton* m_baseline;
  QPlainTextEdit* m_tags;
  QPlainTextEdit* m_note;
  QPushButton* m_save;
};

}  // namespace twofold::ui
