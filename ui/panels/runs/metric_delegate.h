// A metric with its 95 % interval behind it in muted text.
#pragma once

#include <QStyledItemDelegate>

#include "ui/theme/theme.h"

namespace twofold::ui {

class MetricDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  MetricDelegate(const Theme& theme, int intervalRole, QObject* parent);

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                               const QModelIndex& index) const override;

 private:
  const Theme& m_theme;
  int m_intervalRole;
};

}  // namespace twofold::ui
