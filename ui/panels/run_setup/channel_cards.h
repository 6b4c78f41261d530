// The channels of the catalog as switches, each with its colour, its sentence and its options.
#pragma once

#include <QCheckBox>
#include <QVBoxLayout>
#include <QWidget>
#include <vector>

#include "core/base/descriptor.h"
#include "core/runs/run_spec.h"
#include "ui/forms/option_form.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Switches are named "channel-<id>".
class ChannelCards : public QWidget {
  Q_OBJECT
 public:
  explicit ChannelCards(const Theme& theme, QWidget* parent = nullptr);

  /// What was switched on stays on, with its options; at first the first channel is.
  void setChannels(const std::vector<Descriptor>& channels);
  [[nodiscard]] std::vector<runs::PartSpec> selected() const;

 Q_SIGNALS:
  void edited();

 private:
  struct Card {
    std::string id;
    QCheckBox* box;
    OptionForm* form;
  };

  void addCard(const Descriptor& channel, bool isOn, const OptionValues& values);

  const Theme& m_theme;
  QVBoxLayout* m_layout;
  std::vector<Card> m_cards;
};

}  // namespace twofold::ui
