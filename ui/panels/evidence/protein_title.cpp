#include "ui/panels/evidence/protein_title.h"

#include <QFrame>
#include <QHBoxLayout>

namespace twofold::ui {

ProteinTitle::ProteinTitle(const Theme& theme, const QColor& color, QWidget* parent)
    : QWidget(parent), m_id(new QLabel(this)), m_words(new QLabel(this)) {
  auto* mark = new QFrame(this);
  mark->setFixedWidth(Tokens::kSpace1);
  QPalette palette = mark->palette();
  palette.setColor(QPalette::Window, color);
  mark->setPalette(palette);
  mark->setAutoFillBackground(true);
  m_id->setFont(theme.monospace());
  m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_words->setProperty("role", "muted");
  m_words->setWordWrap(true);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(mark);
  layout->addWidget(m_id);
  layout->addWidget(m_words, 1);
}

void ProteinTitle::say(const QString& id, const QString& words) {
  m_id->setText(id);
  m_words->setText(words);
}

}  // namespace twofold::ui
