// Renders one panel of the window into a file, for the README and for reviews.
#pragma once

#include <QSize>
#include <QString>

#include "ui/shell/main_window.h"

namespace twofold::ui {

struct ScreenshotRequest {
  QString file;
  QString panel;
  QSize size;
};

/// Waits until the panels have what they show (20 seconds at most). False with a reason on stderr
/// when the picture could not be written. Spins the event loop.
[[nodiscard]] bool takeScreenshot(MainWindow& window, const ScreenshotRequest& request);

}  // namespace twofold::ui
