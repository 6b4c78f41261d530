// A form that scrolls up and down and is never cut at its side.
#pragma once

#include <QScrollArea>

namespace twofold::ui {

class FormScroll : public QScrollArea {
  Q_OBJECT
 public:
  /// Takes the form.
  FormScroll(QWidget* form, QWidget* parent);

  /// As wide as the form needs at least, with the bar.
  [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace twofold::ui
