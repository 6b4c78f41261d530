// One line on how a chain's numbers and its protein's sequence go together, with the whole table
// behind a button.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>
#include <optional>

#include "ui/panels/structure/chain_mapping.h"

namespace twofold::ui {

/// Hidden while there is no mapping.
class MappingLine : public QWidget {
  Q_OBJECT
 public:
  explicit MappingLine(QWidget* parent = nullptr);

  void setMapping(const std::optional<ChainMapping>& mapping);

 private:
  void showTable();

  std::optional<ChainMapping> m_mapping;
  QLabel* m_text;
  QPushButton* m_table;
};

}  // namespace twofold::ui
