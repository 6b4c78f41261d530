// The workbench: reads the command line, prepares Qt and OpenGL, runs the window.
#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTextStream>
#include <clocale>

#include "app/workbench/display_check.h"
#include "app/workbench/options.h"
#include "app/workbench/report.h"
#include "app/workbench/workbench.h"
#include "core/base/error.h"
#include "ui/viewport/opengl_setup.h"

int main(int argc, char** argv) {
  QStringList arguments;
  for (int i = 0; i < argc; ++i) {
    arguments << QString::fromLocal8Bit(argv[i]);
  }
  const auto parsed = twofold::app::parseOptions(arguments);
  if (!parsed.text.isEmpty()) {
    QTextStream(parsed.failed ? stderr : stdout) << parsed.text << Qt::endl;
    return parsed.failed ? twofold::exitCode(twofold::ErrorKind::Usage) : 0;
  }
  if (!parsed.options.report.isEmpty()) {
    return twofold::app::writeReport(parsed.options, argc, argv);
  }
  const QString noDisplay = twofold::app::displayProblem();
  if (!noDisplay.isEmpty()) {
    QTextStream(stderr) << noDisplay << Qt::endl;
    return twofold::exitCode(twofold::ErrorKind::Device);
  }
  const auto& options = parsed.options;
  if (!options.scale.isEmpty()) {
    qputenv("QT_SCALE_FACTOR", options.scale.toLatin1());
  }
  twofold::ui::setUpOpenGl();
  QApplication application(argc, argv);
  std::setlocale(LC_NUMERIC, "C");  // QApplication took the user's: numbers in files have a point
  QApplication::setOrganizationName(QStringLiteral("twofold"));
  QApplication::setApplicationName(QStringLiteral("workbench"));
  QApplication::setApplicationDisplayName(QStringLiteral("Twofold"));
  QApplication::setApplicationVersion(QStringLiteral(TWOFOLD_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("twofold"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  // Pictures and timings neither show nor change what the user has arranged.
  QTemporaryDir scratch;
  if (!options.screenshot.isEmpty() || options.timeStart) {
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, scratch.path());
  }
  try {
    return twofold::app::runWorkbench(options);
  } catch (const std::exception& error) {
    QTextStream(stderr) << "twofold: " << error.what() << Qt::endl;
    return twofold::exitCode(twofold::ErrorKind::Internal);
  }
}
