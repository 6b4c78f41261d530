#include "ui/panels/queue/queue_panel.h"

#include <QScrollArea>
#include <QSplitter>
#include <algorithm>

#include "ui/session/guarded.h"

namespace twofold::ui {

namespace {

/// Ended runs that stay in sight; the runs table has all of them.
constexpr int kEndedShown = 5;
constexpr int kLogLines = 2000;

bool isLive(store::RunStatus status) {
  return status == store::RunStatus::Running || status == store::RunStatus::Queued;
}

/// Live runs first, oldest first; then the ones that ended last.
std::vector<store::RunRecord> inOrder(std::vector<store::RunRecord> runs) {
  const auto ended = std::stable_partition(runs.begin(), runs.end(),
                                           [](const auto& run) { return isLive(run.status); });
  std::sort(runs.begin(), ended,
            [](const auto& a, const auto& b) { return a.created < b.created; });
  std::sort(ended, runs.end(),
            [](const auto& a, const auto& b) { return a.finished > b.finished; });
  return runs;
}

}  // namespace

QueuePanel::QueuePanel(Session& session, const Theme& theme, RunQueue& queue, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme), m_queue(queue) {
  setObjectName(QStringLiteral("queuePanel"));
  buildLayout();
  connect(&m_queue, &RunQueue::runsChanged, this, &QueuePanel::refresh);
  connect(&m_session, &Session::projectChanged, this, &QueuePanel::refresh);
  connect(&m_theme, &Theme::changed, this, &QueuePanel::refresh);
  connect(&m_queue, &RunQueue::progressed, this, &QueuePanel::showProgress);
  connect(&m_queue, &RunQueue::eventLogged, this, &QueuePanel::readLog);
  connect(&m_session, &Session::runFocused, this, &QueuePanel::showLog);
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("run-setup")); });
  refresh();
}

void QueuePanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  auto* inner = new QWidget(m_pages->content());
  m_list = new QVBoxLayout(inner);
  m_list->setContentsMargins(0, 0, 0, 0);
  m_list->setSpacing(Tokens::kSpace2);
  m_list->addStretch(1);
  auto* scroll = new QScrollArea(m_pages->content());
  scroll->setWidgetResizable(true);
  scroll->setWidget(inner);
  m_log = new QPlainTextEdit(m_pages->content());
  m_log->setObjectName(QStringLiteral("runLog"));
  m_log->setReadOnly(true);
  m_log->setMaximumBlockCount(kLogLines);
  m_log->setFont(m_theme.monospace(Theme::Size::Small));
  m_log->setPlaceholderText(tr("What the run in focus says while it works"));
  auto* split = new QSplitter(Qt::Vertical, m_pages->content());
  split->addWidget(scroll);
  split->addWidget(m_log);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 1);
  split->setSizes({600, 200});
  split->setChildrenCollapsible(false);
  auto* layout = new QVBoxLayout(m_pages->content());
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  layout->addWidget(split);
}

void QueuePanel::refresh() {
  std::vector<store::RunRecord> runs;
  if (m_session.project() != nullptr) {
    guarded(m_session, [&] {
      store::RunRepository repository(m_session.project()->database());
      runs = inOrder(repository.liveAndLast(kEndedShown));
    });
  }
  std::map<QString, RunCard*> before;
  before.swap(m_cards);
  int position = 0;
  for (auto& run : runs) {
    const auto id = QString::fromStdString(run.id);
    const auto row = runRow(std::move(run));
    RunCard* card = nullptr;
    if (const auto found = before.find(id); found != before.end()) {
      card = found->second;
      before.erase(found);
      card->setRun(row);
    } else {
      card = new RunCard(m_theme, row);
      connect(card, &RunCard::wanted, this,
              [this, id](RunCard::Action action) { act(id, action); });
    }
    m_list->insertWidget(position++, card);
    m_cards[id] = card;
    card->setStopping(m_queue.isStopping(id));
    showProgress(id);
  }
  for (const auto& [id, card] : before) {
    card->deleteLater();
  }
  if (m_cards.empty()) {
    m_pages->showNote(tr("Runs that work, wait or just ended are shown here."), tr("Set up a run"));
  } else {
    m_pages->showContent();
  }
  showLog();
}

void QueuePanel::showProgress(const QString& id) {
  const auto card = m_cards.find(id);
  if (card != m_cards.end() && m_queue.running().contains(id)) {
    card->second->setProgress(m_queue.progress(id));
  }
}

void QueuePanel::showLog() {
  const QString run = m_session.run().isEmpty() ? m_queue.running().value(0) : m_session.run();
  if (run == m_logRun) {
    return;
  }
  m_logRun = run;
  m_log->clear();
  m_logEvents.reset();
  if (m_session.project() != nullptr && !run.isEmpty()) {
    guarded(m_session, [&] {
      m_logEvents.emplace(m_session.project()->runFolder(run.toStdString()) / "events.jsonl");
      readLog();
    });
  }
}

void QueuePanel::readLog() {
  constexpr int kMostReads = 16;  // of a mebibyte each: the beginning of a very long log
  for (int i = 0; m_logEvents && i < kMostReads; ++i) {
    const auto events = m_logEvents->read();
    if (events.empty()) {
      return;
    }
    for (const auto& event : events) {
      if (const QString text = logText(event); !text.isEmpty()) {
        m_log->appendPlainText(text);
      }
    }
  }
}

void QueuePanel::act(const QString& id, RunCard::Action action) {
  guarded(m_session, [&] {
    switch (action) {
      case RunCard::Action::Stop:
        m_queue.stop(id);
        break;
      case RunCard::Action::Resume:
        m_queue.resume(id);
        break;
      case RunCard::Action::Focus:
        m_session.focusRun(id);
        break;
    }
  });
}

}  // namespace twofold::ui
