// Names, messages and tooltips come from files: what looks like markup in them is shown, not
// obeyed.
#pragma once

#include <QObject>

namespace twofold::ui {

/// Installed on the application: every label and tooltip shows plain text, but for labels whose
/// format was set by hand.
class PlainLabels : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace twofold::ui
