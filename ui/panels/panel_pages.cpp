#include "ui/panels/panel_pages.h"

#include <QVBoxLayout>

namespace twofold::ui {

PanelPages::PanelPages(const Theme& theme, QWidget* panel)
    : QStackedWidget(panel), m_note(new EmptyNote(theme, this)), m_content(new QWidget(this)) {
  m_note->setObjectName(QStringLiteral("emptyNote"));
  addWidget(m_note);
  addWidget(m_content);
  connect(m_note, &EmptyNote::actionWanted, this, &PanelPages::actionWanted);
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(this);
}

void PanelPages::showNote(const QString& text, const QString& action) {
  m_note->say(text, action);
  setCurrentWidget(m_note);
}

}  // namespace twofold::ui
