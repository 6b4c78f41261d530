// A slider with one place marked on it: where a value came from and can go back to.
#pragma once

#include <QSlider>
#include <optional>

namespace twofold::ui {

class MarkedSlider : public QSlider {
  Q_OBJECT
 public:
  explicit MarkedSlider(QWidget* parent = nullptr);

  void setMark(std::optional<int> value);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::optional<int> m_mark;
};

}  // namespace twofold::ui
