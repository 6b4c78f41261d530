// A protein of the pair as a heading: its colour, its id, words on it.
#pragma once

#include <QLabel>
#include <QWidget>

#include "ui/theme/theme.h"

namespace twofold::ui {

class ProteinTitle : public QWidget {
  Q_OBJECT
 public:
  ProteinTitle(const Theme& theme, const QColor& color, QWidget* parent = nullptr);

  void say(const QString& id, const QString& words);

 private:
  QLabel* m_id;
  QLabel* m_words;
};

}  // namespace twofold::ui
