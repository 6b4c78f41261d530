// The line at the bottom: the newest message with its shape, and how far the running run is.
#pragma once

#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>

#include "ui/bridge/run_queue.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class StatusArea : public QStatusBar {
  Q_OBJECT
 public:
  StatusArea(const Theme& theme, RunQueue& queue, QWidget* parent = nullptr);

  void showMessage(const QString& text, bool bad);
  /// What it says.
  [[nodiscard]] QString text() const { return m_message->text(); }

 private:
  void showShape();
  void showProgress();

  const Theme& m_theme;
  RunQueue& m_queue;
  QLabel* m_shape;
  QLabel* m_message;
  QLabel* m_words;
  QProgressBar* m_bar;
  bool m_bad = false;
};

}  // namespace twofold::ui
