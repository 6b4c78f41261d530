// Parts of the catalog to tick, two in a line.
#pragma once

#include <QCheckBox>
#include <QGridLayout>
#include <QStringList>
#include <QWidget>
#include <vector>

#include "core/base/descriptor.h"

namespace twofold::ui {

class TickGrid : public QWidget {
  Q_OBJECT
 public:
  /// Boxes are named "<stem>-<id>".
  TickGrid(QString stem, QWidget* parent);

  /// What is ticked stays ticked; the first time `first` is, or the first part where it is not
  /// there. Channels carry their glyph.
  void offer(const std::vector<Descriptor>& parts, const QString& first = {});
  [[nodiscard]] QStringList ticked() const;
  [[nodiscard]] bool isEmpty() const { return m_boxes.empty(); }

 Q_SIGNALS:
  void changed();

 private:
  QString m_stem;
  QGridLayout* m_layout;
  std::vector<QCheckBox*> m_boxes;
};

}  // namespace twofold::ui
