#include "ui/panels/runs/metric_delegate.h"

#include <QApplication>
#include <QPainter>

namespace twofold::ui {

MetricDelegate::MetricDelegate(const Theme& theme, int intervalRole, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_intervalRole(intervalRole) {}

void MetricDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
  QStyleOptionViewItem cell = option;
  initStyleOption(&cell, index);
  const auto* style = cell.widget != nullptr ? cell.widget->style() : QApplication::style();
  style->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, cell.widget);
  cell.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus | QStyle::State_MouseOver);
  cell.backgroundBrush = {};
  // The style leaves 3 px of its own; together they stand where the header's words do.
  cell.rect.adjust(Tokens::kSpace1, 0, -Tokens::kSpace1, 0);
  const QString interval = index.data(m_intervalRole).toString();
  if (!interval.isEmpty()) {
    const QFont small = m_theme.font(Theme::Size::Small);
    painter->save();
    painter->setFont(small);
    painter->setPen(m_theme.colors().muted);
    const QRect inner = option.rect.adjusted(0, 0, -Tokens::kSpace2, 0);
    painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter, interval);
    painter->restore();
    cell.rect.setRight(inner.right() - QFontMetrics(small).horizontalAdvance(interval) -
                       Tokens::kSpace1);
  }
  style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
}

QSize MetricDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QSize size = QStyledItemDelegate::sizeHint(option, index);
  size.rwidth() += 2 * Tokens::kSpace1;
  const QString interval = index.data(m_intervalRole).toString();
  if (!interval.isEmpty()) {
    size.rwidth() += QFontMetrics(m_theme.font(Theme::Size::Small)).horizontalAdvance(interval) +
                     Tokens::kSpace4;
  }
  return size;
}

}  // namespace twofold::ui
