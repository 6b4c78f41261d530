// One run in the queue: what it is, how far it is, and the button that makes sense now.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "core/runs/run_event.h"
#include "ui/itemmodels/run_table_model.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class RunCard : public QFrame {
  Q_OBJECT
 public:
  enum class Action { Stop, Resume, Focus };

  RunCard(const Theme& theme, const RunRow& row, QWidget* parent = nullptr);

  void setRun(const RunRow& row);
  void setProgress(const runs::ProgressEvent& progress);
  /// Stop was pressed and the worker has not ended yet.
  void setStopping(bool on);

 Q_SIGNALS:
  void wanted(RunCard::Action action);

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  const Theme& m_theme;
  store::RunStatus m_status = store::RunStatus::Queued;
  QLabel* m_icon;
  QLabel* m_title;
  QLabel* m_detail;
  QProgressBar* m_bar;
  QPushButton* m_button;
};

/// "Training · 34 of 120 steps · 41 / s · 2 s left".
[[nodiscard]] QString progressText(const runs::ProgressEvent& progress);

}  // namespace twofold::ui
