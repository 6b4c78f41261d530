#include "ui/shell/top_bar.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace twofold::ui {

namespace {

QString inColor(const QString& text, const QColor& color) {
  return QStringLiteral("<span style=\"color:%1\">%2</span>")
      .arg(color.name(), text.toHtmlEscaped());
}

/// A protein's id behind its dot: A blue, B orange, as in every view.
QString withDot(const QString& id, const QColor& color) {
  return inColor(QStringLiteral("● "), color) + id.toHtmlEscaped();
}

}  // namespace

TopBar::TopBar(Session& session, const Theme& theme, RunQueue& queue, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_theme(theme),
      m_queue(queue),
      m_buttons(new QButtonGroup(this)),
      m_switch(new QFrame(this)),
      m_project(new QLabel(this)),
      m_pair(new QLabel(this)),
      m_run(new QLabel(this)),
      m_state(new QLabel(this)) {
  m_buttons->setExclusive(true);
  m_switch->setProperty("role", "segments");
  auto* segments = new QHBoxLayout(m_switch);
  segments->setContentsMargins(2, 2, 2, 2);
  segments->setSpacing(2);
  m_project->setObjectName(QStringLiteral("projectInFocus"));
  m_pair->setObjectName(QStringLiteral("pairInFocus"));
  m_run->setObjectName(QStringLiteral("runInFocus"));
  for (auto* label : {m_project, m_pair, m_run}) {
    label->setTextFormat(Qt::RichText);  // made by inColor(), names escaped
  }
  m_state->setObjectName(QStringLiteral("queueState"));
  m_state->setProperty("role", "muted");
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace1, Tokens::kSpace3, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace5);
  layout->addWidget(m_switch);
  layout->addStretch(1);
  for (auto* label : {m_project, m_pair, m_run, m_state}) {
    layout->addWidget(label);
  }
  connect(m_buttons, &QButtonGroup::idClicked, this, &TopBar::workspaceWanted);
  connect(&theme, &Theme::changed, this, &TopBar::refresh);
  connect(&session, &Session::projectChanged, this, &TopBar::refresh);
  connect(&session, &Session::pairFocused, this, &TopBar::refresh);
  connect(&session, &Session::runFocused, this, &TopBar::refresh);
  connect(&queue, &RunQueue::runsChanged, this, &TopBar::refresh);
  refresh();
}

void TopBar::addWorkspace(const QString& title, int index) {
  auto* button = new QPushButton(title, m_switch);
  button->setObjectName("workspace-" + title.toLower());
  button->setProperty("role", "segment");
  button->setCheckable(true);
  button->setToolTip(QStringLiteral("Ctrl+%1").arg(index + 1));
  m_switch->layout()->addWidget(button);
  m_buttons->addButton(button, index);
}

void TopBar::setCurrent(int index) {
  m_buttons->setExclusive(false);
  for (auto* button : m_buttons->buttons()) {
    button->setChecked(m_buttons->id(button) == index);
  }
  m_buttons->setExclusive(true);
}

void TopBar::refresh() {
  const auto* project = m_session.project();
  const auto& muted = m_theme.colors().muted;
  for (auto* widget : std::initializer_list<QWidget*>{m_switch, m_project, m_state}) {
    widget->setVisible(project != nullptr);
  }
  const auto& pair = m_session.pair();
  m_pair->setVisible(pair.has_value());
  m_run->setVisible(!m_session.run().isEmpty());
  if (project == nullptr) {
    return;
  }
  m_project->setText(inColor(tr("Project "), muted) +
                     QString::fromStdString(project->name()).toHtmlEscaped());
  m_project->setToolTip(QString::fromStdString(project->folder().string()));
  if (pair) {
    m_pair->setText(inColor(tr("Pair "), muted) + withDot(pair->idA, proteinAColor()) +
                    QStringLiteral("&nbsp; ") + withDot(pair->idB, proteinBColor()));
  }
  m_run->setText(inColor(tr("Run "), muted) + m_session.run().toHtmlEscaped());
  m_state->setText(queueText());
}

QString TopBar::queueText() const {
  const auto running = m_queue.running().size();
  const auto waiting = m_queue.waiting().size();
  if (running + waiting == 0) {
    return tr("Nothing runs");
  }
  return waiting == 0 ? tr("%1 running").arg(running)
                      : tr("%1 running, %2 waiting").arg(running).arg(waiting);
}

}  // namespace twofold::ui
