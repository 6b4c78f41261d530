#include "ui/panels/worker_pane.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSplitter>
#include <QVBoxLayout>
#include <utility>

#include "ui/panels/form_scroll.h"
#include "ui/panels/worker_form.h"
#include "ui/session/guarded.h"

namespace twofold::ui {

WorkerPane::WorkerPane(Session& session, const Theme& theme, Words words, QWidget* panel)
    : QObject(panel), m_session(session), m_theme(theme), m_words(std::move(words)) {
  buildFooter(panel);
  buildHeader(panel);
  connect(m_start, &QPushButton::clicked, this, &WorkerPane::startWanted);
  connect(m_stop, &QPushButton::clicked, this, &WorkerPane::askToStop);
  connect(m_copy, &QPushButton::clicked, this, &WorkerPane::copyCommand);
  showRunning();
}

WorkerPane::~WorkerPane() = default;

/// "Study" and "start" give "startStudy", and "State" after it "studyState".
QByteArray WorkerPane::named(const char* before, const char* after) const {
  const bool leads = *before == '\0';
  const QString stem = leads ? m_words.stem.left(1).toLower() + m_words.stem.mid(1) : m_words.stem;
  return (QLatin1String(before) + stem + QLatin1String(after)).toLatin1();
}

void WorkerPane::buildFooter(QWidget* panel) {
  m_footer = new QFrame(panel);
  m_footer->setProperty("role", "card");
  m_summary = wordsLabel(m_footer, named("", "Summary"));
  m_problem = wordsLabel(m_footer, named("", "Problem"));
  m_problem->setProperty("state", "bad");
  m_problem->hide();
  m_start = namedButton(m_footer, m_words.start, named("start"));
  m_start->setProperty("role", "primary");
  m_stop = namedButton(m_footer, tr("Stop"), named("stop"));
  m_stop->setToolTip(m_words.stopped);
  m_copy = namedButton(m_footer, tr("Copy as command"), named("copy", "Command"));
  m_buttons = new QHBoxLayout;
  m_buttons->addWidget(m_start);
  m_buttons->addWidget(m_stop);
  m_buttons->addWidget(m_copy);
  m_buttons->addStretch(1);
  auto* layout = new QVBoxLayout(m_footer);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace3);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_summary);
  layout->addWidget(m_problem);
  layout->addLayout(m_buttons);
}

void WorkerPane::buildHeader(QWidget* panel) {
  m_header = new QWidget(panel);
  m_icon = new QLabel(m_header);
  m_icon->hide();
  m_state = wordsLabel(m_header, named("", "State"));
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_step = wordsLabel(m_header, named("", "Step"));
  m_step->setProperty("role", "muted");
  m_bar = new QProgressBar(m_header);
  m_bar->setAccessibleName(tr("Progress of the present step"));
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  m_headerRow = new QHBoxLayout;
  m_headerRow->setSpacing(Tokens::kSpace2);
  m_headerRow->addWidget(m_icon);
  m_headerRow->addWidget(m_state, 1);
  auto* layout = new QVBoxLayout(m_header);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(m_headerRow);
  layout->addWidget(m_step);
  layout->addWidget(m_bar);
}

void WorkerPane::addToFooter(QWidget* widget) {
  m_buttons->insertWidget(1, widget);
}

void WorkerPane::describe(const QString& summary, const QString& problem) {
  m_summary->setText(summary);
  m_summary->setVisible(!summary.isEmpty());
  m_problem->setText(problem);
  m_problem->setVisible(!problem.isEmpty());
  m_start->setEnabled(problem.isEmpty());
}

void WorkerPane::reset(const QString& words) {
  m_command.reset();
  m_icon->hide();
  m_state->setText(words);
  showRunning();
}

void WorkerPane::start(const QStringList& arguments, const QString& words) {
  if (isRunning()) {
    return;
  }
  m_command = std::make_unique<WorkerCommand>(
      QString::fromStdString(m_session.project()->folder().string()), arguments);
  auto* command = m_command.get();
  connect(command, &WorkerCommand::progressed, this, &WorkerPane::showProgress);
  connect(command, &WorkerCommand::said, this, &WorkerPane::said);
  connect(command, &WorkerCommand::succeeded, this, [this](const runs::ResultEvent& result) {
    end(Ending::Done, QString());
    Q_EMIT succeeded(result);
  });
  connect(command, &WorkerCommand::failed, this,
          [this](const QString& message) { end(Ending::Failed, m_words.failed.arg(message)); });
  connect(command, &WorkerCommand::stopped, this,
          [this] { end(Ending::Stopped, m_words.stopped); });
  m_icon->setPixmap(m_theme.icon(QStringLiteral("play")).pixmap(16));
  m_icon->show();
  m_state->setText(words);
  m_step->clear();
  m_bar->setRange(0, 0);
  showRunning();
  m_stop->setFocus();
  m_command->start();
}

void WorkerPane::say(const QString& words) {
  m_state->setText(words);
}

void WorkerPane::fail(const QString& reason) {
  mark(Ending::Failed);
  m_state->setText(m_words.failed.arg(reason));
}

void WorkerPane::copyCommand() {
  guarded(m_session, [this] {
    QGuiApplication::clipboard()->setText(commandOnProject(m_session, m_arguments()));
    Q_EMIT m_session.message(tr("Command copied"), false);
  });
}

void WorkerPane::askToStop() {
  if (m_command) {
    m_stop->setEnabled(false);
    m_step->setText(tr("Stopping."));
    m_command->stop();
  }
}

void WorkerPane::showProgress(const runs::ProgressEvent& progress) {
  if (m_stop->isEnabled()) {  // else it says that it stops
    showWorkerProgress(*m_bar, *m_step, progress);
  }
}

void WorkerPane::mark(Ending ending) {
  const auto& colors = m_theme.colors();
  const QIcon icon = ending == Ending::Done     ? m_theme.icon("check", colors.good)
                     : ending == Ending::Failed ? m_theme.icon("cross", colors.bad)
                                                : m_theme.icon("triangle", colors.warn);
  m_icon->setPixmap(icon.pixmap(16));
}

void WorkerPane::end(Ending ending, const QString& words) {
  mark(ending);
  m_state->setText(words);
  const bool hadFocus = m_stop->hasFocus();
  m_command.release()->deleteLater();
  showRunning();
  if (hadFocus) {
    m_start->setFocus();
  }
}

void WorkerPane::showRunning() {
  m_start->setVisible(!isRunning());
  m_stop->setVisible(isRunning());
  m_stop->setEnabled(true);
  m_step->setVisible(isRunning());
  m_bar->setVisible(isRunning());
  Q_EMIT runningChanged();
}

void placeSides(QWidget* page, QWidget* form, const WorkerPane& pane, QWidget* result) {
  constexpr int kFormWidth = 420;
  constexpr int kResultWidth = 900;
  auto* left = new QWidget(page);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(new FormScroll(form, left), 1);
  column->addWidget(pane.footer());
  auto* right = new QWidget(page);
  auto* rows = new QVBoxLayout(right);
  rows->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  rows->setSpacing(Tokens::kSpace2);
  rows->addWidget(pane.header());
  rows->addWidget(result, 1);
  rows->addStretch(0);
  auto* split = new QSplitter(Qt::Horizontal, page);
  split->setChildrenCollapsible(false);
  split->addWidget(left);
  split->addWidget(right);
  split->setStretchFactor(0, 0);
  split->setStretchFactor(1, 1);
  split->setSizes({kFormWidth, kResultWidth});
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(split);
}

}  // namespace twofold::ui
