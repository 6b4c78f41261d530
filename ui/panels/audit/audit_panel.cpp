#include "ui/panels/audit/audit_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QSignalBlocker>
#include <algorithm>

#include "core/base/error.h"
#include "core/store/pair_repository.h"
#include "ui/panels/worker_form.h"
#include "ui/session/guarded.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

AuditPanel::AuditPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_findings(theme) {
  setObjectName(QStringLiteral("auditPanel"));
  buildLayout();
  connectAll();
  showProject();
}

void AuditPanel::connectAll() {
  connect(&m_session, &Session::projectChanged, this, &AuditPanel::showProject);
  connect(&m_session, &Session::dataChanged, this, &AuditPanel::fillSubjects);
  connect(m_start, &QPushButton::clicked, this,
          [this] { guarded(m_session, [this] { start(arguments()); }); });
  connect(m_copyCommand, &QPushButton::clicked, this, &AuditPanel::copyCommand);
  connect(m_stop, &QPushButton::clicked, this, [this] {
    if (m_command) {
      m_stop->setEnabled(false);
      m_step->setText(tr("Stops."));
      m_command->stop();
    }
  });
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &AuditPanel::showSelected);
  connect(m_splitName, &QLineEdit::textChanged, this, &AuditPanel::showSelected);
  connect(m_without, &QPushButton::clicked, this, [this] {
    if (const auto* finding = selected()) {
      makeSplit(finding->kind);
    }
  });
  connect(m_withoutAll, &QPushButton::clicked, this, [this] { makeSplit({}); });
  connect(m_copyRows, &QPushButton::clicked, this, [this] {
    if (const auto* finding = selected()) {
      QGuiApplication::clipboard()->setText(auditRowsTsv(*finding));
      Q_EMIT m_session.message(tr("Rows copied"), false);
    }
  });
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("data")); });
}

void AuditPanel::showProject() {
  m_command.reset();
  m_icon->hide();
  m_state->setText(
      tr("What would make a result look better than it is appears here: shared pairs "
         "and proteins, relatives, scores that know no biology, flaws of the pairs."));
  showResult({});
  showRunning();
  fillSubjects();
}

void AuditPanel::fillSubjects() {
  const QString before = m_subject->currentText();
  m_subjects.clear();
  const QSignalBlocker quiet(m_subject);
  m_subject->clear();
  if (m_session.project() != nullptr) {
    guarded(m_session, [this] {
      store::PairRepository repository(m_session.project()->database());
      const auto splits = repository.splits();
      for (const auto& set : repository.sets()) {
        const auto name = QString::fromStdString(set.name);
        for (const auto& split : splits) {
          if (split.pairSet == set.name) {
            m_subjects.emplace_back(name, QString::fromStdString(split.name));
          }
        }
        m_subjects.emplace_back(name, QString());
      }
    });
  }
  for (const auto& [set, split] : m_subjects) {
    m_subject->addItem(split.isEmpty() ? tr("%1, no split").arg(set) : set + " / " + split);
  }
  m_subject->setCurrentIndex(std::max(0, m_subject->findText(before)));
  if (m_session.project() == nullptr) {
    m_pages->showNote(tr("Pairs and splits are audited for leaks here. Open a project first."));
  } else if (m_subjects.empty()) {
    m_pages->showNote(tr("An audit needs pairs. There are none in this project yet."),
                      tr("Import pairs"));
  } else {
    m_pages->showContent();
  }
}

QStringList AuditPanel::arguments() const {
  const int row = m_subject->currentIndex();
  if (row < 0 || row >= static_cast<int>(m_subjects.size())) {
    throw Error(ErrorKind::Usage, "Choose a pair set first.");
  }
  const auto& [set, split] = m_subjects[static_cast<std::size_t>(row)];
  QStringList arguments = {"audit", "--pairs", set};
  if (!split.isEmpty()) {
    arguments << "--split" << split;
  }
  if (!m_relatives->isChecked()) {
    arguments << "--no-relatives";
  }
  return arguments;
}

void AuditPanel::start(const QStringList& arguments) {
  if (isRunning()) {
    return;
  }
  m_command = std::make_unique<WorkerCommand>(
      QString::fromStdString(m_session.project()->folder().string()), arguments);
  connect(m_command.get(), &WorkerCommand::progressed, this, &AuditPanel::showProgress);
  connect(m_command.get(), &WorkerCommand::succeeded, this, &AuditPanel::succeed);
  connect(m_command.get(), &WorkerCommand::failed, this, [this](const QString& message) {
    end(m_theme.icon(QStringLiteral("cross"), m_theme.colors().bad),
        tr("The audit failed. %1").arg(message));
  });
  connect(m_command.get(), &WorkerCommand::stopped, this, [this] {
    end(m_theme.icon(QStringLiteral("triangle"), m_theme.colors().warn), tr("Stopped."));
  });
  m_icon->setPixmap(m_theme.icon(QStringLiteral("play")).pixmap(16));
  m_icon->show();
  m_state->setText(tr("Auditing %1.").arg(m_subject->currentText()));
  m_step->clear();
  m_bar->setRange(0, 0);
  showRunning();
  m_stop->setFocus();
  m_command->start();
}

void AuditPanel::makeSplit(const QString& kind) {
  guarded(m_session, [&] {
    QStringList command = {"audit",
                           "--pairs",
                           m_result->pairs,
                           "--split",
                           m_result->split,
                           "--fix",
                           m_splitName->text().trimmed()};
    if (!kind.isEmpty()) {
      command << "--without" << kind;
    }
    if (!m_relatives->isChecked()) {
      command << "--no-relatives";
    }
    start(command);
  });
}

void AuditPanel::copyCommand() {
  guarded(m_session, [this] {
    QGuiApplication::clipboard()->setText(commandOnProject(m_session, arguments()));
    Q_EMIT m_session.message(tr("Command copied"), false);
  });
}

void AuditPanel::showProgress(const runs::ProgressEvent& progress) {
  if (!m_stop->isEnabled()) {
    return;  // it says that it stops
  }
  showWorkerProgress(*m_bar, *m_step, progress);
}

void AuditPanel::succeed(const runs::ResultEvent& result) {
  try {
    auto audit = auditResult(result.body);
    const auto icon = lightIcon(m_theme, audit.light);
    const QString name = audit.split.isEmpty() ? audit.pairs : audit.pairs + " / " + audit.split;
    QString words = tr("%1 is %2.").arg(name, lightName(audit.light));
    const auto fix = audit.fix;
    if (fix) {
      words += tr(" It was made without %1 pairs: %2 train, %3 validation, %4 test.")
                   .arg(countText(fix->leftOut), countText(fix->train), countText(fix->validation),
                        countText(fix->test));
    }
    showResult(std::move(audit));
    end(icon, words);
    if (fix) {
      Q_EMIT m_session.dataChanged();
      m_subject->setCurrentIndex(std::max(0, m_subject->findText(name)));
    }
  } catch (const Error& error) {
    end(m_theme.icon(QStringLiteral("cross"), m_theme.colors().bad),
        tr("The audit failed. %1").arg(error.what()));
  }
}

void AuditPanel::end(const QIcon& icon, const QString& words) {
  m_icon->setPixmap(icon.pixmap(16));
  m_state->setText(words);
  const bool hadFocus = m_stop->hasFocus();
  m_command.release()->deleteLater();
  showRunning();
  if (hadFocus) {
    m_start->setFocus();
  }
}

void AuditPanel::showRunning() {
  m_form->setEnabled(!isRunning());
  m_start->setVisible(!isRunning());
  m_stop->setVisible(isRunning());
  m_stop->setEnabled(true);
  m_step->setVisible(isRunning());
  m_bar->setVisible(isRunning());
  showSelected();
}

void AuditPanel::showResult(std::optional<AuditResult> result) {
  m_result = std::move(result);
  m_findings.setFindings(m_result ? m_result->findings : std::vector<AuditFinding>());
  m_content->setVisible(m_result.has_value());
  m_splitName->setText(
      m_result && !m_result->split.isEmpty() ? tr("%1-without").arg(m_result->split) : QString());
  if (m_findings.worstRow() >= 0) {
    m_table->selectRow(m_findings.worstRow());
  }
  showSelected();
}

const AuditFinding* AuditPanel::selected() const {
  const int row = m_table->currentIndex().row();
  const auto& findings = m_findings.findings();
  return row < 0 || row >= static_cast<int>(findings.size())
             ? nullptr
             : &findings[static_cast<std::size_t>(row)];
}

void AuditPanel::showSelected() {
  const auto* finding = selected();
  const auto& findings = m_findings.findings();
  const bool canMake = m_result && !m_result->split.isEmpty() && !isRunning() &&
                       !m_splitName->text().trimmed().isEmpty() && m_session.project() != nullptr &&
                       m_session.project()->readOnlyReason().empty();
  m_without->setEnabled(canMake && finding != nullptr && finding->leaving > 0);
  m_withoutAll->setEnabled(canMake && std::any_of(findings.begin(), findings.end(),
                                                  [](const auto& one) { return one.leaving > 0; }));
  m_splitName->setEnabled(m_result && !m_result->split.isEmpty() && !isRunning());
  m_copyRows->setEnabled(finding != nullptr && !finding->rows.empty());
  m_rows.setRows(finding == nullptr ? std::vector<AuditRow>() : finding->rows);
  if (finding == nullptr) {
    m_details->clear();
    m_rowCount->clear();
    return;
  }
  QString html = QStringLiteral("<p>%1</p>").arg(finding->what.toHtmlEscaped());
  if (!finding->cure.isEmpty()) {
    html += QStringLiteral("<p>%1</p>").arg(finding->cure.toHtmlEscaped());
  }
  m_details->setHtml(html);
  const auto shown = static_cast<qint64>(finding->rows.size());
  m_rowCount->setText(
      shown == finding->rowsInAll
          ? tr("Rows: %1").arg(countText(shown))
          : tr("The first %1 of %2 rows; on the command line --rows writes all of them.")
                .arg(countText(shown), countText(finding->rowsInAll)));
}

}  // namespace twofold::ui
