#include "ui/shell/status_area.h"

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {
constexpr int kBarWidth = 120;
constexpr int kBarHeight = 6;
constexpr int kSteps = 1000;
}  // namespace

StatusArea::StatusArea(const Theme& theme, RunQueue& queue, QWidget* parent)
    : QStatusBar(parent),
      m_theme(theme),
      m_queue(queue),
      m_shape(new QLabel(this)),
      m_message(new QLabel(this)),
      m_words(new QLabel(this)),
      m_bar(new QProgressBar(this)) {
  setSizeGripEnabled(false);
  setContentsMargins(Tokens::kSpace2, 0, Tokens::kSpace3, 0);
  m_message->setObjectName(QStringLiteral("statusMessage"));
  m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
  // A long message is cut by the window, it never widens it; the tooltip has it whole.
  m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_words->setObjectName(QStringLiteral("statusProgress"));
  m_words->setProperty("role", "muted");
  m_bar->setTextVisible(false);
  m_bar->setFixedSize(kBarWidth, kBarHeight);
  m_bar->setAccessibleName(tr("Progress of the running run"));
  addWidget(m_shape);
  addWidget(m_message, 1);
  addPermanentWidget(m_words);
  addPermanentWidget(m_bar);
  connect(&theme, &Theme::changed, this, &StatusArea::showShape);
  connect(&queue, &RunQueue::progressed, this, &StatusArea::showProgress);
  connect(&queue, &RunQueue::runsChanged, this, &StatusArea::showProgress);
  showProgress();
}

void StatusArea::showMessage(const QString& text, bool bad) {
  m_bad = bad;
  m_message->setText(bad ? tr("Problem: %1").arg(text) : text);
  m_message->setToolTip(text);
  showShape();
}

void StatusArea::showShape() {
  if (m_message->text().isEmpty()) {
    return;
  }
  const auto& colors = m_theme.colors();
  m_shape->setPixmap(m_bad ? m_theme.icon(QStringLiteral("cross"), colors.bad).pixmap(16)
                           : m_theme.icon(QStringLiteral("check"), colors.good).pixmap(16));
}

void StatusArea::showProgress() {
  const QStringList running = m_queue.running();
  m_words->setVisible(!running.isEmpty());
  m_bar->setVisible(!running.isEmpty());
  if (running.isEmpty()) {
    return;
  }
  const auto progress = m_queue.progress(running.first());
  QString words = tr("Run %1").arg(running.first());
  if (!progress.stage.empty()) {
    words += QStringLiteral(": ") + QString::fromStdString(progress.stage);
  }
  if (progress.total > 0) {
    m_bar->setRange(0, kSteps);
    m_bar->setValue(static_cast<int>(progress.done * kSteps / progress.total));
    words += tr(" %1 of %2").arg(countText(progress.done), countText(progress.total));
  } else {
    m_bar->setRange(0, 0);
  }
  if (progress.secondsLeft >= 0) {
    words += tr(", %1 left").arg(durationText(progress.secondsLeft));
  }
  m_words->setText(words);
}

}  // namespace twofold::ui
