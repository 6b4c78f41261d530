#include "ui/panels/empty_note.h"

#include <QVBoxLayout>

namespace twofold::ui {

EmptyNote::EmptyNote(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_text(new QLabel(this)), m_button(new QPushButton(this)) {
  constexpr int kWidest = 460;  // a readable line
  m_text->setObjectName(QStringLiteral("emptyText"));
  m_text->setWordWrap(true);
  m_text->setAlignment(Qt::AlignCenter);
  m_text->setMaximumWidth(kWidest);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_button->setObjectName(QStringLiteral("emptyAction"));
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(Tokens::kSpace3);
  layout->addStretch(2);
  auto* across = new QHBoxLayout;  // an aligned label would shrink to its hint
  across->addStretch(1);
  across->addWidget(m_text, 8);
  across->addStretch(1);
  layout->addLayout(across);
  layout->addWidget(m_button, 0, Qt::AlignHCenter);
  layout->addStretch(3);
  const auto applyTheme = [this, &theme] {
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, theme.colors().muted);
    m_text->setPalette(palette);
  };
  connect(&theme, &Theme::changed, this, applyTheme);
  applyTheme();
  connect(m_button, &QPushButton::clicked, this, &EmptyNote::actionWanted);
}

void EmptyNote::say(const QString& text, const QString& action) {
  m_text->setText(text);
  m_button->setText(action);
  m_button->setVisible(!action.isEmpty());
}

}  // namespace twofold::ui
