#include "app/workbench/report.h"

#include <QGuiApplication>
#include <QTextStream>
#include <clocale>

#include "core/base/error.h"
#include "ui/report/report_file.h"

namespace twofold::app {

int writeReport(const WorkbenchOptions& options, int& argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QGuiApplication application(argc, argv);
  std::setlocale(LC_NUMERIC, "C");  // the application took the user's
  try {
    ui::writeReport(options.project.toStdString(), options.report.toStdString(), options.out, {});
    QTextStream(stdout) << "Report of " << options.report << " written to " << options.out
                        << Qt::endl;
    return 0;
  } catch (const Error& error) {
    QTextStream(stderr) << "twofold: " << error.what() << Qt::endl;
    return exitCode(error.kind());
  } catch (const std::exception& error) {
    QTextStream(stderr) << "twofold: " << error.what() << Qt::endl;
    return exitCode(ErrorKind::Internal);
  }
}

}  // namespace twofold::app
