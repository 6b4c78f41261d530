// What leaves the errors panel: its tables, and the command that says the same.
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <span>

#include "core/base/files.h"
#include "core/errors/error_tables.h"
#include "ui/panels/errors/errors_panel.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

namespace {

/// In full: the command must call the same pairs.
QString exactText(double value) {
  return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

}  // namespace

void ErrorsPanel::copyCommand() {
  QGuiApplication::clipboard()->setText(commandOnProject(m_session, arguments()));
  Q_EMIT m_session.message(tr("Command copied"), false);
}

QStringList ErrorsPanel::arguments() const {
  QStringList arguments = {"errors", "--run", m_runShown, "--part",
                           QString::fromUtf8(data::name(m_errors->part.part).data())};
  if (!m_point->isOwnThreshold()) {
    arguments << "--threshold" << exactText(m_point->threshold());
  }
  if (!m_point->isOwnPrevalence()) {
    arguments << "--prevalence" << exactText(m_point->prevalence());
  }
  return arguments << "--by" << QString::fromUtf8(errors::name(m_strata->trait()).data());
}

std::function<std::string()> ErrorsPanel::tabTsv() const {
  if (m_tabs->currentWidget() == m_strata) {
    return
        [strata = m_strata->model().strata()] { return errors::strataTsv(std::span(&strata, 1)); };
  }
  if (m_tabs->currentWidget() == m_coverage) {
    return [curve = m_coverage->curve(), pairs = static_cast<std::size_t>(m_coverage->pairs())] {
      return errors::coverageTsv(curve, pairs);
    };
  }
  return [loaded = m_errors, list = m_proteinModel.list(), nearest = m_proteinModel.nearest()] {
    return errors::proteinsTsv(
        loaded->part, list,
        nearest != nullptr ? std::span(*nearest) : std::span<const errors::NearestInTraining>());
  };
}

std::function<std::string()> ErrorsPanel::pairsTsv() const {
  return [loaded = m_errors, rows = m_pairModel.rows(), threshold = m_point->threshold()] {
    return errors::pairsTsv(loaded->part, threshold, rows);
  };
}

void ErrorsPanel::copyTable(const std::function<std::string()>& make) {
  m_export.start([make](const std::stop_token&) { return QString::fromStdString(make()); },
                 [this](Outcome<QString> outcome) {
                   if (const auto* text = std::get_if<QString>(&outcome)) {
                     QGuiApplication::clipboard()->setText(*text);
                     Q_EMIT m_session.message(tr("Table copied"), false);
                   } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                     Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
                   }
                 });
}

void ErrorsPanel::saveTable(const std::function<std::string()>& make) {
  auto* dialog = new QFileDialog(this, tr("Save table"), {}, tr("Tab-separated table (*.tsv)"));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("tsv"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this, [this, make](const QString& file) {
    m_saving.start(
        [make, file] {
          writeFileAtomically(file.toStdString(), make());
          return file;
        },
        [this](Outcome<QString> outcome) {
          if (const auto* written = std::get_if<QString>(&outcome)) {
            Q_EMIT m_session.message(tr("Saved %1").arg(*written), false);
          } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
            Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
          }
        });
  });
  dialog->open();
}

}  // namespace twofold::ui
