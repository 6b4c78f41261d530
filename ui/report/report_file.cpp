#include "ui/report/report_file.h"

#include "core/base/files.h"
#include "core/report/experiment_report.h"
#include "core/report/html.h"
#include "ui/report/pdf_report.h"

namespace twofold::ui {

void writeReport(const std::filesystem::path& project, const std::string& experiment,
                 const QString& file, const std::stop_token& stop) {
  auto opened = store::Project::open(project);
  const auto report = report::reportOn(opened, {experiment}, {}, stop);
  throwIfStopped(stop);
  if (file.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive)) {
    writePdf(report, file);
  } else {
    writeFileAtomically(file.toStdString(), report::htmlOf(report));
  }
}

}  // namespace twofold::ui
