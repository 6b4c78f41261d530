// "Report…": the experiment in focus as an HTML or PDF file. While it is written, a click stops it.
#pragma once

#include <QString>
#include <QToolButton>

#include "ui/bridge/background.h"
#include "ui/session/session.h"

namespace twofold::ui {

class ReportButton : public QToolButton {
  Q_OBJECT
 public:
  explicit ReportButton(Session& session, QWidget* parent = nullptr);

  /// Empty: nothing to report on.
  void setExperiment(const QString& experiment);
  /// A name that ends in .pdf is PDF, any other HTML. Off the GUI thread; what became of it is a
  /// message of the session.
  void writeTo(const QString& file);
  [[nodiscard]] bool isWriting() const { return m_task.isRunning(); }

 private:
  void ask();
  void showState();

  Session& m_session;
  QString m_experiment;
  BackgroundTask m_task;
};

}  // namespace twofold::ui
