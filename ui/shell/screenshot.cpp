#include "ui/shell/screenshot.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTextStream>
#include <QTimer>

#include "core/base/error.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"

namespace twofold::ui {

namespace {

constexpr int kLongestWait = 20'000;
constexpr int kSettle = 600;  // after the last work ended: layouts, curves, the first 3-D frame

void spin(int milliseconds) {
  QEventLoop loop;
  QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
  loop.exec();
}

void settle(const MainWindow& window) {
  QElapsedTimer waited;
  waited.start();
  int quiet = 0;
  while (quiet < kSettle && waited.elapsed() < kLongestWait) {
    constexpr int kStep = 50;
    spin(kStep);
    quiet = window.isBusy() ? 0 : quiet + kStep;
  }
}

void focusRun(Session& session, const QString& wanted) {
  QString id = wanted;
  if (id.isEmpty()) {
    std::int64_t newest = -1;
    for (const auto& run : store::RunRepository(session.project()->database()).runs()) {
      if (run.status == store::RunStatus::Done && run.created >= newest) {
        newest = run.created;
        id = QString::fromStdString(run.id);
      }
    }
  }
  session.focusRun(id);
}

void focusPair(MainWindow& window, const ScreenshotRequest& request) {
  if (request.pairA.isEmpty()) {
    window.pairs().focusFirstPair();
    return;
  }
  store::ProteinRepository proteins(window.session().project()->database());
  FocusedPair pair;
  pair.idA = request.pairA;
  pair.idB = request.pairB;
  pair.keyA = proteins.byId(request.pairA.toStdString()).key;
  pair.keyB = proteins.byId(request.pairB.toStdString()).key;
  window.session().focusPair(pair);
}

}  // namespace

bool takeScreenshot(MainWindow& window, const ScreenshotRequest& request) {
  QTextStream errors(stderr);
  window.resize(request.size);
  window.show();
  settle(window);
  try {
    if (window.session().project() != nullptr) {
      focusRun(window.session(), request.run);
      settle(window);
      focusPair(window, request);
    }
  } catch (const Error& error) {
    errors << error.what() << Qt::endl;
    return false;
  }
  if (!window.showPanel(request.panel)) {
    errors << "There is no panel \"" << request.panel
           << "\"; there are: " << MainWindow::panelNames().join(", ") << Qt::endl;
    return false;
  }
  settle(window);
  if (!window.grab().save(request.file)) {
    errors << request.file << ": cannot be written" << Qt::endl;
    return false;
  }
  return true;
}

}  // namespace twofold::ui
