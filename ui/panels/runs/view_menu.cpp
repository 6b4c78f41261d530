#include "ui/panels/runs/view_menu.h"

#include <QMenu>
#include <QWidgetAction>

namespace twofold::ui {

namespace {

/// In a menu "&" marks a letter.
QString plain(QString name) {
  return name.replace('&', QLatin1String("&&"));
}

}  // namespace

ViewMenu::ViewMenu(QWidget* parent) : QToolButton(parent) {
  setObjectName(QStringLiteral("viewMenu"));
  setText(tr("Views"));
  setPopupMode(QToolButton::InstantPopup);
  setMenu(new QMenu(this));
  setViews({});
}

void ViewMenu::setViews(const QStringList& names) {
  menu()->clear();
  for (const auto& name : names) {
    connect(menu()->addAction(plain(name)), &QAction::triggered, this,
            [this, name] { Q_EMIT chosen(name); });
  }
  if (!names.isEmpty()) {
    auto* removal = menu()->addMenu(tr("Remove view"));
    for (const auto& name : names) {
      connect(removal->addAction(plain(name)), &QAction::triggered, this,
              [this, name] { Q_EMIT removeWanted(name); });
    }
    menu()->addSeparator();
  }
  auto* name = new QLineEdit(menu());
  name->setObjectName(QStringLiteral("viewName"));
  name->setPlaceholderText(tr("Save this view as …"));
  auto* saving = new QWidgetAction(menu());
  saving->setDefaultWidget(name);
  menu()->addAction(saving);
  connect(name, &QLineEdit::returnPressed, this, [this, name] {
    menu()->close();
    Q_EMIT saveWanted(name->text().trimmed());
  });
}

}  // namespace twofold::ui
