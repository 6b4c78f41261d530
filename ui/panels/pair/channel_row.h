// One channel of the model in the pair panel: its switch, and what flipping it would do.
#pragma once

#include <QCheckBox>
#include <QLabel>
#include <QWidget>

#include "ui/panels/pair/probability_bar.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// The switch is named "toggle-<id>".
class ChannelRow : public QWidget {
  Q_OBJECT
 public:
  ChannelRow(const Theme& theme, const QString& channelId, const QString& name,
             QWidget* parent = nullptr);

  [[nodiscard]] const QString& id() const { return m_id; }
  /// Pixels the switch needs; rows that stand together give all switches the widest.
  [[nodiscard]] int switchWidth() const { return m_switch->sizeHint().width(); }
  void setSwitchWidth(int width) { m_switch->setMinimumWidth(width); }
  [[nodiscard]] bool isOn() const { return m_switch->isChecked(); }
  /// `absence` says in words why there is no evidence; empty when there is.
  void setPresence(const QString& absence);
  /// The probability now and with only this switch flipped.
  void setAnswer(double now, double flipped, double threshold);
  /// What the channel adds to the logit by its Shapley value; nothing is shown of one that is off.
  /// `error`: its standard error where it was sampled, 0 where it is exact.
  void setShare(double logits, double error);
  void clearAnswer();

 Q_SIGNALS:
  void toggled();

 private:
  QString m_id;
  QCheckBox* m_switch;
  ProbabilityBar* m_bar;
  QLabel* m_delta;
  QLabel* m_share;
  QLabel* m_absence;
};

}  // namespace twofold::ui
