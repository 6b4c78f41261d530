#include "ui/panels/runs/report_button.h"

#include <QFileDialog>

#include "ui/report/report_file.h"

namespace twofold::ui {

ReportButton::ReportButton(Session& session, QWidget* parent)
    : QToolButton(parent), m_session(session) {
  setObjectName(QStringLiteral("experimentReport"));
  connect(this, &QToolButton::clicked, this, &ReportButton::ask);
  showState();
}

void ReportButton::setExperiment(const QString& experiment) {
  m_experiment = experiment;
  showState();
}

void ReportButton::showState() {
  const bool isBusy = isWriting();
  setText(isBusy ? tr("Stop the report") : tr("Report…"));
  setEnabled(isBusy || !m_experiment.isEmpty());
  setToolTip(m_experiment.isEmpty()
                 ? tr("Click a run: the report is on its experiment.")
                 : tr("Results, controls, figures and methods of the experiment %1 as HTML or PDF")
                       .arg(m_experiment));
}

void ReportButton::ask() {
  if (isWriting()) {
    m_task.stop();
    showState();
    return;
  }
  auto* dialog = new QFileDialog(this, tr("Report of %1").arg(m_experiment), {},
                                 tr("HTML (*.html);;PDF (*.pdf)"));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("html"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
    dialog->setDefaultSuffix(filter.startsWith(QStringLiteral("PDF")) ? QStringLiteral("pdf")
                                                                      : QStringLiteral("html"));
  });
  connect(dialog, &QFileDialog::fileSelected, this, &ReportButton::writeTo);
  dialog->open();
}

void ReportButton::writeTo(const QString& file) {
  if (m_session.project() == nullptr || m_experiment.isEmpty()) {
    return;
  }
  Q_EMIT m_session.message(tr("Writing the report of %1").arg(m_experiment), false);
  m_task.start(
      [folder = m_session.project()->folder(), experiment = m_experiment.toStdString(),
       file](const std::stop_token& stop) {
        writeReport(folder, experiment, file, stop);
        return file;
      },
      [this](Outcome<QString> outcome) {
        if (const auto* written = std::get_if<QString>(&outcome)) {
          Q_EMIT m_session.message(tr("Report written to %1").arg(*written), false);
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        } else {
          Q_EMIT m_session.message(tr("The report was stopped"), false);
        }
        showState();
      });
  showState();
}

}  // namespace twofold::ui
