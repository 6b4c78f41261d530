#include "ui/panels/data/import_box.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/data/report_text.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

ImportBox::ImportBox(const Theme& theme, QWidget* parent)
    : QFrame(parent),
      m_theme(theme),
      m_icon(new QLabel(this)),
      m_state(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_stop(new QPushButton(tr("Stop"), this)),
      m_copy(new QPushButton(tr("Copy as command"), this)),
      m_report(new QTextBrowser(this)) {
  setProperty("role", "card");
  setObjectName(QStringLiteral("importBox"));
  m_state->setObjectName(QStringLiteral("importState"));
  m_state->setWordWrap(true);
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  m_stop->setObjectName(QStringLiteral("importStop"));
  m_copy->setObjectName(QStringLiteral("importCopy"));
  m_copy->setProperty("role", "quiet");
  m_report->setObjectName(QStringLiteral("importReport"));
  m_report->setAccessibleName(tr("Report"));
  auto* top = new QHBoxLayout;
  top->setSpacing(Tokens::kSpace2);
  top->addWidget(m_icon);
  top->addWidget(m_state, 1);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(Tokens::kSpace2);
  buttons->addWidget(m_stop);
  buttons->addWidget(m_copy);
  buttons->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(top);
  layout->addWidget(m_bar);
  layout->addWidget(m_report);
  layout->addLayout(buttons);
  connect(m_stop, &QPushButton::clicked, this, &ImportBox::stop);
  connect(m_copy, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(m_line); });
  hide();
}

ImportBox::~ImportBox() = default;

void ImportBox::stop() {
  if (m_command) {
    m_command->stop();
  }
}

bool ImportBox::run(const QString& project, const QStringList& arguments, const QString& title,
                    const QString& left) {
  if (isBusy()) {
    return false;
  }
  m_title = title;
  m_left = left.isEmpty() ? tr("nothing was changed") : left;
  m_command = std::make_unique<WorkerCommand>(project, arguments);
  m_line = m_command->asCommandLine();
  connect(m_command.get(), &WorkerCommand::progressed, this, &ImportBox::showProgress);
  connect(m_command.get(), &WorkerCommand::succeeded, this, &ImportBox::succeed);
  connect(m_command.get(), &WorkerCommand::failed, this, &ImportBox::fail);
  connect(m_command.get(), &WorkerCommand::stopped, this,
          [this] { end(Ending::Stopped, tr("%1: stopped, %2").arg(m_title, m_left)); });
  m_icon->setPixmap(m_theme.icon(QStringLiteral("play")).pixmap(16));
  m_state->setText(title);
  m_bar->setRange(0, 0);
  m_bar->show();
  m_stop->show();
  m_report->clear();
  m_report->hide();
  show();
  m_command->start();
  return true;
}

void ImportBox::forget() {
  if (!isBusy()) {
    hide();
  }
}

void ImportBox::showProgress(const runs::ProgressEvent& progress) {
  constexpr int kSteps = 1000;
  QString words = m_title + QStringLiteral(": ") + QString::fromStdString(progress.stage);
  if (progress.total > 0) {
    m_bar->setRange(0, kSteps);
    m_bar->setValue(static_cast<int>(progress.done * kSteps / progress.total));
    words += tr(", %1 of %2 %3")
                 .arg(countText(progress.done), countText(progress.total),
                      QString::fromStdString(progress.unit));
  }
  if (progress.secondsLeft >= 0) {
    words += tr(", %1 left").arg(durationText(progress.secondsLeft));
  }
  m_state->setText(words);
}

void ImportBox::succeed(const runs::ResultEvent& result) {
  m_report->setHtml(reportHtml(result.body));
  showReport();
  Q_EMIT reported(result.body);
  end(Ending::Done, tr("%1: done").arg(m_title));
}

void ImportBox::fail(const QString& message) {
  m_report->setPlainText(message);
  showReport();
  end(Ending::Failed, tr("%1: failed, %2").arg(m_title, m_left));
}

void ImportBox::showReport() {
  constexpr int kTallest = 220;  // a longer one scrolls
  m_report->show();
  m_report->document()->setTextWidth(m_report->viewport()->width());
  const int height = static_cast<int>(m_report->document()->size().height());
  m_report->setFixedHeight(std::min(height + 2 * Tokens::kSpace2, kTallest));
}

void ImportBox::end(Ending ending, const QString& words) {
  const auto& colors = m_theme.colors();
  const QIcon icon = ending == Ending::Done     ? m_theme.icon("check", colors.good)
                     : ending == Ending::Failed ? m_theme.icon("cross", colors.bad)
                                                : m_theme.icon("triangle", colors.warn);
  m_icon->setPixmap(icon.pixmap(16));
  m_state->setText(words);
  m_bar->hide();
  m_stop->hide();
  m_command.release()->deleteLater();
  Q_EMIT finished(ending == Ending::Done);
}

}  // namespace twofold::ui
