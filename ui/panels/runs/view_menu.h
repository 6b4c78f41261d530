// The saved views of the runs: pick one, save the present one, remove one.
#pragma once

#include <QLineEdit>
#include <QString>
#include <QStringList>
#include <QToolButton>

namespace twofold::ui {

class ViewMenu : public QToolButton {
  Q_OBJECT
 public:
  explicit ViewMenu(QWidget* parent = nullptr);

  void setViews(const QStringList& names);

 Q_SIGNALS:
  void chosen(const QString& name);
  void saveWanted(const QString& name);
  void removeWanted(const QString& name);
};

}  // namespace twofold::ui
