#include "ui/panels/data/degree_plot.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

QString text(const char* source) {
  return QCoreApplication::translate("DegreePlot", source);
}

PlotLine lineOf(const formats::Json& part, const QString& name, int color) {
  PlotLine line;
  line.name = name;
  line.color = color;
  line.dots = true;
  const auto proteins = part.at("proteins").get<double>();
  for (const auto& bin : part.at("degrees").at("histogram")) {
    line.x.append(std::log2(bin.at("from").get<double>()));
    line.y.append(bin.at("proteins").get<double>() / proteins);
  }
  return line;
}

}  // namespace

PlotSpec degreePlot(const formats::Json& split) {
  PlotSpec plot;
  plot.title = text("How many pairs a protein has in each part");
  plot.x.label = text("Pairs a protein, as power of two (3: 8 to 15)");
  plot.x.whole = true;
  plot.y.label = text("Share of the part's proteins");
  QStringList counts;
  int color = 0;
  for (const auto& [id, name] : {std::pair{"train", text("train")},
                                 {"validation", text("validation")},
                                 {"test", text("test")}}) {
    const auto& part = split.at("parts").at(id);
    plot.lines.append(lineOf(part, name, color++));
    counts << QStringLiteral("%1 %2").arg(countText(part.at("proteins").get<qint64>()), name);
  }
  plot.note = text("n = %1 proteins").arg(counts.join(QStringLiteral(", ")));
  return plot;
}

}  // namespace twofold::ui
