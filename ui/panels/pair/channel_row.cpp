#include "ui/panels/pair/channel_row.h"

#include <QGridLayout>
#include <cmath>

#include "ui/theme/channel_glyph.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

ChannelRow::ChannelRow(const Theme& theme, const QString& channelId, const QString& name,
                       QWidget* parent)
    : QWidget(parent),
      m_id(channelId),
      m_switch(new QCheckBox(name, this)),
      m_bar(new ProbabilityBar(theme, this)),
      m_delta(new QLabel(this)),
      m_share(new QLabel(this)),
      m_absence(new QLabel(this)) {
  m_switch->setObjectName("toggle-" + channelId);
  m_switch->setIcon(channelGlyph(channelId));
  m_switch->setChecked(true);
  m_bar->setColor(channelColor(channelId));
  m_delta->setObjectName("delta-" + channelId);
  m_delta->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_delta->setMinimumWidth(
      m_delta->fontMetrics().horizontalAdvance(QStringLiteral("0.000 (+0.000)")));
  m_share->setObjectName("share-" + channelId);
  m_share->setProperty("role", "muted");
  m_share->setFont(theme.font(Theme::Size::Small));
  m_share->setToolTip(
      tr("Shapley value: the channel's part in the logit, averaged over all orders in which the "
         "channels that are on could have been switched on. The parts add up exactly; with many "
         "channels the orders are a sample, and ± is the standard error."));
  m_share->hide();
  m_absence->setObjectName("absence-" + channelId);
  m_absence->setProperty("role", "muted");
  m_absence->setFont(theme.font(Theme::Size::Small));
  m_absence->setWordWrap(true);
  m_absence->hide();
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setVerticalSpacing(0);
  layout->addWidget(m_switch, 0, 0);
  layout->addWidget(m_bar, 0, 1);
  layout->addWidget(m_delta, 0, 2);
  layout->addWidget(m_share, 1, 1, 1, 2);
  layout->addWidget(m_absence, 2, 1, 1, 2);
  layout->setColumnStretch(1, 1);
  connect(m_switch, &QCheckBox::toggled, this, &ChannelRow::toggled);
}

void ChannelRow::setPresence(const QString& absence) {
  m_absence->setText(absence);
  m_absence->setVisible(!absence.isEmpty());
}

void ChannelRow::setAnswer(double now, double flipped, double threshold) {
  m_bar->setValue(flipped, threshold);
  m_bar->setAlternative(now);
  m_delta->setText(QString("%1 (%2)").arg(probabilityText(flipped), deltaText(flipped - now)));
  m_bar->setToolTip(m_switch->isChecked()
                        ? tr("Probability with %1 switched off").arg(m_switch->text())
                        : tr("Probability with %1 switched on").arg(m_switch->text()));
  m_delta->setToolTip(m_bar->toolTip());
}

void ChannelRow::setShare(double logits, double error) {
  const QString sampled = error > 0 ? tr(" ± %1").arg(probabilityText(error)) : QString();
  m_share->setText(tr("adds %1 to the logit").arg(deltaText(logits) + sampled));
  m_share->setVisible(isOn() && m_absence->text().isEmpty());
}

void ChannelRow::clearAnswer() {
  m_share->hide();
  m_bar->setValue(std::nan(""), 0.5);
  m_delta->setText(QStringLiteral("–"));
}

}  // namespace twofold::ui
