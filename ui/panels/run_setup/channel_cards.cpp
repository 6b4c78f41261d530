#include "ui/panels/run_setup/channel_cards.h"

#include <QFrame>
#include <QLabel>
#include <algorithm>

#include "ui/theme/channel_glyph.h"

namespace twofold::ui {

ChannelCards::ChannelCards(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this)) {
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(Tokens::kSpace2);
}

void ChannelCards::setChannels(const std::vector<Descriptor>& channels) {
  const auto before = selected();
  const bool isFirst = m_cards.empty();
  while (auto* item = m_layout->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  m_cards.clear();
  for (const auto& channel : channels) {
    const auto found = std::find_if(before.begin(), before.end(), [&](const runs::PartSpec& part) {
      return part.id == channel.id;
    });
    const bool isOn = isFirst ? m_cards.empty() : found != before.end();
    addCard(channel, isOn, found == before.end() ? OptionValues() : found->options);
  }
}

void ChannelCards::addCard(const Descriptor& channel, bool isOn, const OptionValues& values) {
  const auto id = QString::fromStdString(channel.id);
  auto* card = new QFrame(this);
  card->setProperty("role", "card");
  auto* box = new QCheckBox(QString::fromStdString(channel.name), card);
  box->setObjectName("channel-" + id);
  box->setIcon(channelGlyph(id));
  box->setChecked(isOn);
  auto* help = new QLabel(QString::fromStdString(channel.help), card);
  help->setProperty("role", "muted");
  help->setFont(m_theme.font(Theme::Size::Small));
  help->setWordWrap(true);
  auto* form = new OptionForm(card);
  form->setSpecs(channel.options, values);
  form->setVisible(isOn && !form->isEmpty());
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace1);
  layout->addWidget(box);
  layout->addWidget(help);
  layout->addWidget(form);
  connect(box, &QCheckBox::toggled, this, [this, form](bool on) {
    form->setVisible(on && !form->isEmpty());
    Q_EMIT edited();
  });
  connect(form, &OptionForm::edited, this, &ChannelCards::edited);
  m_layout->addWidget(card);
  m_cards.push_back({channel.id, box, form});
}

std::vector<runs::PartSpec> ChannelCards::selected() const {
  std::vector<runs::PartSpec> parts;
  for (const auto& card : m_cards) {
    if (card.box->isChecked()) {
      parts.push_back({card.id, card.form->values()});
    }
  }
  return parts;
}

}  // namespace twofold::ui
