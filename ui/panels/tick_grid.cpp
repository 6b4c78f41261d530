#include "ui/panels/tick_grid.h"

#include <algorithm>
#include <utility>

#include "ui/theme/channel_glyph.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

TickGrid::TickGrid(QString stem, QWidget* parent)
    : QWidget(parent), m_stem(std::move(stem)), m_layout(new QGridLayout(this)) {
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setHorizontalSpacing(Tokens::kSpace3);
  m_layout->setVerticalSpacing(Tokens::kSpace1);
}

void TickGrid::offer(const std::vector<Descriptor>& parts, const QString& first) {
  QStringList before = ticked();
  if (m_boxes.empty() && !parts.empty()) {
    const bool isThere = std::any_of(parts.begin(), parts.end(), [&](const Descriptor& part) {
      return part.id == first.toStdString();
    });
    before << (isThere ? first : QString::fromStdString(parts.front().id));
  }
  for (auto* box : m_boxes) {
    delete box;
  }
  m_boxes.clear();
  const bool areChannels = m_stem.endsWith(QStringLiteral("Channel"));
  for (const auto& part : parts) {
    const auto id = QString::fromStdString(part.id);
    auto* box = new QCheckBox(QString::fromStdString(part.name), this);
    box->setObjectName(m_stem + '-' + id);
    box->setProperty("part", id);
    box->setToolTip(QString::fromStdString(part.help));
    box->setChecked(before.contains(id));
    if (areChannels) {
      box->setIcon(channelGlyph(id));
    }
    connect(box, &QCheckBox::toggled, this, &TickGrid::changed);
    const auto place = static_cast<int>(m_boxes.size());
    m_layout->addWidget(box, place / 2, place % 2);
    m_boxes.push_back(box);
  }
  for (std::size_t i = 1; i < m_boxes.size(); ++i) {
    setTabOrder(m_boxes[i - 1], m_boxes[i]);
  }
  Q_EMIT changed();
}

QStringList TickGrid::ticked() const {
  QStringList ids;
  for (const auto* box : m_boxes) {
    if (box->isChecked()) {
      ids << box->property("part").toString();
    }
  }
  return ids;
}

}  // namespace twofold::ui
