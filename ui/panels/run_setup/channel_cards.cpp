#include "ui/panels/run_setup/channel_cards.h"

#include <QFrame>
#include <QLabel>
#include <map>

#include "ui/theme/channel_glyph.h"

namespace twofold::ui {

ChannelCards::ChannelCards(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this)) {
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(Tokens::kSpace2);
}

void ChannelCards::setChannels(const std::vector<Descriptor>& channels) {
  struct State {
    bool isOn = false;
    OptionValues values;
  };
  std::map<std::string, State> before;  // also of what is off: its options were set by somebody
  for (const auto& card : m_cards) {
    before[card.id] = {card.box->isChecked(), card.form->values()};
  }
  const bool isFirst = m_cards.empty();
  while (auto* item = m_layout->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  m_cards.clear();
  for (const auto& channel : channels) {
    const State state = before[channel.id];
    addCard(channel, isFirst ? m_cards.empty() : state.isOn, state.values);
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
