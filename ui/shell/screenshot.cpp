#include "ui/shell/screenshot.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTextStream>
#include <QTimer>

namespace twofold::ui {

namespace {

constexpr int kLongestWait = 20'000;
constexpr int kSettle = 600;  // after the last work ended: layouts, curves, the first 3-D frame

void spin(int milliseconds) {
  QEventLoop loop;
  QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
  loop.exec();
}

/// False when the window was still at work after the longest wait.
bool settle(const MainWindow& window) {
  QElapsedTimer waited;
  waited.start();
  int quiet = 0;
  while (quiet < kSettle && waited.elapsed() < kLongestWait) {
    constexpr int kStep = 50;
    spin(kStep);
    quiet = window.isBusy() ? 0 : quiet + kStep;
  }
  return quiet >= kSettle;
}

}  // namespace

bool takeScreenshot(MainWindow& window, const ScreenshotRequest& request) {
  QTextStream errors(stderr);
  window.resize(request.size);
  window.show();
  if (!window.showPanel(request.panel)) {
    errors << "There is no panel \"" << request.panel
           << "\"; there are: " << MainWindow::panelNames().join(", ") << Qt::endl;
    return false;
  }
  if (!settle(window)) {
    errors << "The window was still at work after " << kLongestWait / 1000
           << " s; no picture was taken." << Qt::endl;
    return false;
  }
  if (!window.grab().save(request.file)) {
    errors << request.file << ": cannot be written" << Qt::endl;
    return false;
  }
  return true;
}

}  // namespace twofold::ui
