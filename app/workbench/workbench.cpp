#include "app/workbench/workbench.h"

#include <unistd.h>
#include <QApplication>
#include <QIcon>
#include <QTextStream>
#include <QTimer>
#include <chrono>
#include <ctime>
#include <fstream>
#include <string>

#include "core/base/error.h"
#include "ui/shell/main_window.h"
#include "ui/shell/preferences.h"
#include "ui/shell/screenshot.h"

namespace twofold::app {

namespace {

ui::ThemeMode themeOf(const WorkbenchOptions& options) {
  return ui::themeMode(options.theme.isEmpty() ? ui::themePreference() : options.theme);
}

int screenshot(ui::MainWindow& window, const WorkbenchOptions& options) {
  ui::ScreenshotRequest request;
  request.file = options.screenshot;
  request.panel = !options.panel.isEmpty()    ? options.panel
                  : options.project.isEmpty() ? QStringLiteral("welcome")
                                              : QStringLiteral("pairs");
  request.size = options.size.isValid() ? options.size : QSize(1280, 800);
  return ui::takeScreenshot(window, request) ? 0 : exitCode(ErrorKind::Io);
}

/// Milliseconds since the kernel started this process, to its clock's 10 ms.
qint64 sinceStart() {
  std::ifstream file("/proc/self/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  // After the name in brackets come the fields from the third on; the start is the 22nd.
  const QStringList fields = QString::fromStdString(text.substr(text.rfind(')') + 2)).split(' ');
  const qint64 ticks = fields.value(19).toLongLong();
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1'000'000 - ticks * 1000 / sysconf(_SC_CLK_TCK);
}

/// Prints when the window had painted and when the pairs were listed, and ends.
int timeStart(ui::MainWindow& window) {
  window.show();
  QApplication::processEvents();
  window.repaint();
  QTextStream(stdout) << "window visible after " << sinceStart() << " ms" << Qt::endl;
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, [&] {
    if (!window.pairs().isLoading()) {
      QTextStream(stdout) << "pairs listed after " << sinceStart() << " ms" << Qt::endl;
      QApplication::quit();
    }
  });
  constexpr std::chrono::milliseconds kLook{5};
  timer.start(kLook);
  return QApplication::exec();
}

int openInitial(ui::MainWindow& window, const WorkbenchOptions& options) {
  if (!options.project.isEmpty() && !window.openProject(options.project)) {
    QTextStream(stderr) << window.messageText() << Qt::endl;
    return exitCode(ErrorKind::NotFound);
  }
  if (!options.run.isEmpty() && window.session().project() != nullptr) {
    window.session().focusRun(options.run);
  }
  if (window.session().project() != nullptr) {
    window.session().compareRuns(options.compared);
  }
  if (!options.pairA.isEmpty() && !window.focusPair(options.pairA, options.pairB)) {
    QTextStream(stderr) << window.messageText() << Qt::endl;
    return exitCode(ErrorKind::NotFound);
  }
  if (!options.panel.isEmpty()) {
    window.showPanel(options.panel);
  }
  if (options.size.isValid()) {
    window.resize(options.size);
  }
  return 0;
}

}  // namespace

int runWorkbench(const WorkbenchOptions& options) {
  ui::Theme theme(themeOf(options));
  QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/twofold.svg")));
  ui::MainWindow window(theme);
  const int problem = openInitial(window, options);
  const bool isForATask = !options.screenshot.isEmpty() || options.timeStart;
  if (problem != 0 && isForATask) {
    return problem;
  }
  if (!options.screenshot.isEmpty()) {
    return screenshot(window, options);
  }
  if (options.timeStart) {
    return timeStart(window);
  }
  window.show();
  return QApplication::exec();
}

}  // namespace twofold::app
