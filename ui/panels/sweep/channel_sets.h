// Sets of channels, put together by ticking: the other axis of a backbone x channel matrix.
#pragma once

#include <QListWidget>
#include <QPushButton>
#include <QWidget>
#include <vector>

#include "core/base/descriptor.h"
#include "ui/panels/tick_grid.h"

namespace twofold::ui {

class ChannelSets : public QWidget {
  Q_OBJECT
 public:
  explicit ChannelSets(QWidget* parent);

  /// A set with a channel that is no longer offered goes; the first time what is ticked is a set.
  void offer(const std::vector<Descriptor>& channels);
  /// In the order they were added.
  [[nodiscard]] QList<QStringList> sets() const { return m_sets; }

 Q_SIGNALS:
  void changed();

 private:
  void add();
  void remove();
  void list();
  /// What the buttons can do as things stand.
  void enable();

  QList<QStringList> m_sets;
  TickGrid* m_ticks;
  QPushButton* m_add;
  QPushButton* m_remove;
  QListWidget* m_list;
};

}  // namespace twofold::ui
