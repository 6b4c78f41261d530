#include "ui/panels/chart_export.h"

#include <QFileDialog>

namespace twofold::ui {

QPushButton* exportButton(QWidget* parent, const char* name) {
  auto* button = new QPushButton(QObject::tr("Export chart"), parent);
  button->setObjectName(QLatin1String(name));
  button->setToolTip(QObject::tr("Writes a PNG picture and a CSV table of what is drawn"));
  return button;
}

void exportChart(Session& session, PlotView& plot, const QString& name) {
  auto* dialog =
      new QFileDialog(&plot, QObject::tr("Export chart"), {}, QObject::tr("PNG picture (*.png)"));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("png"));
  dialog->selectFile(name);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QObject::connect(
      dialog, &QFileDialog::fileSelected, &plot, [&session, &plot](const QString& file) {
        const QString problem = plot.exportTo(file);
        Q_EMIT session.message(
            problem.isEmpty() ? QObject::tr("Wrote %1 and its CSV").arg(file) : problem,
            !problem.isEmpty());
      });
  dialog->open();
}

}  // namespace twofold::ui
