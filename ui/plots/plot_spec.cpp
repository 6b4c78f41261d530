#include "ui/plots/plot_spec.h"

#include <cmath>

namespace twofold::ui {
namespace {

QString numberText(double value) {
  return std::isfinite(value) ? QString::number(value, 'g', 10) : QString();
}

QString quoted(QString text) {
  if (text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"'))) {
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
  }
  return text;
}

}  // namespace

QString toCsv(const PlotSpec& spec) {
  QString csv = QStringLiteral("# %1\n# %2\nseries,%3,%4\n")
                    .arg(spec.title, spec.note, quoted(spec.x.label), quoted(spec.y.label));
  for (const PlotLine& line : spec.lines) {
    for (qsizetype i = 0; i < line.x.size(); ++i) {
      csv += quoted(line.name) + QLatin1Char(',') + numberText(line.x[i]) + QLatin1Char(',') +
             numberText(line.y[i]) + QLatin1Char('\n');
    }
  }
  return csv;
}

}  // namespace twofold::ui
