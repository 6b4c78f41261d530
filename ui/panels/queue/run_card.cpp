#include "ui/panels/queue/run_card.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <cmath>

#include "ui/theme/number_text.h"

namespace twofold::ui {

QString progressText(const runs::ProgressEvent& progress) {
  if (progress.stage.empty()) {
    return QObject::tr("Starting");
  }
  QStringList words{QString::fromStdString(progress.stage)};
  const QString unit = QString::fromStdString(progress.unit);
  if (progress.total > 0) {
    words << QObject::tr("%1 of %2 %3")
                 .arg(countText(progress.done), countText(progress.total), unit);
  } else if (progress.done > 0) {
    words << countText(progress.done) + ' ' + unit;
  }
  if (progress.rate > 0) {
    words << QObject::tr("%1 / s").arg(progress.rate < 10 ? QString::number(progress.rate, 'f', 1)
                                                          : countText(std::llround(progress.rate)));
  }
  if (progress.secondsLeft >= 0) {
    words << QObject::tr("%1 left").arg(durationText(progress.secondsLeft));
  }
  return words.join(QStringLiteral(" · "));
}

RunCard::RunCard(const Theme& theme, const RunRow& row, QWidget* parent)
    : QFrame(parent),
      m_theme(theme),
      m_icon(new QLabel(this)),
      m_title(new QLabel(this)),
      m_detail(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_button(new QPushButton(this)) {
  setProperty("role", "card");
  setObjectName("runCard-" + QString::fromStdString(row.record.id));
  m_title->setWordWrap(true);
  m_title->setTextFormat(Qt::RichText);
  m_detail->setWordWrap(true);
  m_detail->setProperty("role", "muted");
  m_detail->setObjectName(QStringLiteral("runDetail"));
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  m_button->setObjectName(QStringLiteral("runAction"));
  auto* words = new QVBoxLayout;
  words->setSpacing(Tokens::kSpace1);
  words->addWidget(m_title);
  words->addWidget(m_detail);
  words->addWidget(m_bar);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace3);
  layout->addWidget(m_icon, 0, Qt::AlignTop);
  layout->addLayout(words, 1);
  layout->addWidget(m_button, 0, Qt::AlignTop);
  connect(m_button, &QPushButton::clicked, this,
          [this] { Q_EMIT wanted(store::canResume(m_status) ? Action::Resume : Action::Stop); });
  setRun(row);
}

void RunCard::setRun(const RunRow& row) {
  m_status = row.record.status;
  const bool live = m_status == store::RunStatus::Running || m_status == store::RunStatus::Queued;
  m_icon->setPixmap(m_theme.icon(statusIcon(m_status)).pixmap(16));
  m_title->setText(tr("<b>%1</b> · %2 · %3")
                       .arg(QString::fromStdString(row.record.id).toHtmlEscaped(),
                            row.backbone.toHtmlEscaped(),
                            row.channels.join(QStringLiteral(" + ")).toHtmlEscaped()));
  QString detail = QString::fromUtf8(store::name(m_status).data());
  if (!live) {
    detail += row.record.epochs == 1 ? tr(" after 1 epoch")
                                     : tr(" after %1 epochs").arg(countText(row.record.epochs));
  }
  if (!row.record.message.empty()) {
    detail += QStringLiteral(": ") + QString::fromStdString(row.record.message);
  }
  m_detail->setText(detail);
  m_bar->setVisible(m_status == store::RunStatus::Running);
  m_bar->setRange(0, 0);
  m_button->setText(store::canResume(m_status) ? tr("Resume") : tr("Stop"));
  m_button->setVisible(live || store::canResume(m_status));
}

void RunCard::setProgress(const runs::ProgressEvent& progress) {
  m_detail->setText(progressText(progress));
  m_bar->setVisible(true);
  constexpr int kSteps = 1000;
  if (progress.total > 0) {
    m_bar->setRange(0, kSteps);
    m_bar->setValue(static_cast<int>(progress.done * kSteps / progress.total));
  } else {
    m_bar->setRange(0, 0);
  }
}

void RunCard::setStopping(bool on) {
  m_button->setEnabled(!on);
  if (on) {
    m_button->setText(tr("Stopping"));
  }
}

void RunCard::mouseReleaseEvent(QMouseEvent* event) {
  QFrame::mouseReleaseEvent(event);
  Q_EMIT wanted(Action::Focus);
}

}  // namespace twofold::ui
