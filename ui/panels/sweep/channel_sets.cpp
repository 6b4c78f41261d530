#include "ui/panels/sweep/channel_sets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/worker_form.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

ChannelSets::ChannelSets(QWidget* parent)
    : QWidget(parent),
      m_ticks(new TickGrid(QStringLiteral("sweepChannel"), this)),
      m_add(namedButton(this, tr("Add this set"), "addChannelSet")),
      m_remove(namedButton(this, tr("Remove"), "removeChannelSet")),
      m_list(new QListWidget(this)) {
  constexpr int kRows = 4;
  m_list->setObjectName(QStringLiteral("channelSets"));
  m_list->setAccessibleName(tr("Sets of channels"));
  m_list->setFixedHeight(kRows * Tokens::kRow + 2 * m_list->frameWidth());
  m_list->setToolTip(tr("The first set is the one that the others are held against."));
  m_add->setToolTip(tr("Adds what is ticked above as one set to try."));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_add);
  buttons->addWidget(m_remove);
  buttons->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addWidget(m_ticks);
  layout->addLayout(buttons);
  layout->addWidget(m_list);
  connect(m_ticks, &TickGrid::changed, this, &ChannelSets::enable);
  connect(m_add, &QPushButton::clicked, this, &ChannelSets::add);
  connect(m_remove, &QPushButton::clicked, this, &ChannelSets::remove);
  connect(m_list, &QListWidget::currentRowChanged, this, &ChannelSets::enable);
  enable();
}

void ChannelSets::offer(const std::vector<Descriptor>& channels) {
  const bool isFirst = m_ticks->isEmpty();
  m_ticks->offer(channels);
  const auto isGone = [&](const QString& id) {
    return std::none_of(channels.begin(), channels.end(),
                        [&](const Descriptor& channel) { return channel.id == id.toStdString(); });
  };
  m_sets.removeIf(
      [&](const QStringList& set) { return std::any_of(set.begin(), set.end(), isGone); });
  if (isFirst && !m_ticks->ticked().isEmpty()) {
    m_sets << m_ticks->ticked();
  }
  list();
}

void ChannelSets::add() {
  m_sets << m_ticks->ticked();
  list();
  m_list->setCurrentRow(static_cast<int>(m_sets.size()) - 1);
}

void ChannelSets::remove() {
  const int row = m_list->currentRow();
  m_sets.removeAt(row);
  list();
  m_list->setCurrentRow(std::min(row, static_cast<int>(m_sets.size()) - 1));
}

void ChannelSets::list() {
  m_list->clear();
  for (const auto& set : m_sets) {
    m_list->addItem(set.join(QStringLiteral(" + ")));
  }
  enable();
  Q_EMIT changed();
}

void ChannelSets::enable() {
  const QStringList ticked = m_ticks->ticked();
  m_add->setEnabled(!ticked.isEmpty() && !m_sets.contains(ticked));
  m_remove->setEnabled(m_list->currentRow() >= 0);
}

}  // namespace twofold::ui
