// A report as PDF on A4: text and figures stay vectors, headers of tables repeat on each page.
#pragma once

#include <QString>

#include "core/report/report.h"

namespace twofold::ui {

/// Written beside the file and put in its place when all went well. Any thread; needs a
/// QGuiApplication for fonts. Throws Error(Io).
void writePdf(const report::Report& report, const QString& file);

}  // namespace twofold::ui
