// What the window shows before a project is open: what Twofold is, the demo, the recent projects.
#pragma once

#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/theme/theme.h"

namespace twofold::ui {

class WelcomePanel : public QWidget {
  Q_OBJECT
 public:
  explicit WelcomePanel(const Theme& theme, QWidget* parent = nullptr);

  /// The demo's folder when set-up made it; empty hides the button and says how to make it.
  void setDemo(const QString& folder);
  void setRecent(const QStringList& folders);

 Q_SIGNALS:
  void openWanted(const QString& folder);
  void chooseWanted();
  void createWanted();

 private:
  const Theme& m_theme;
  QString m_demoFolder;
  QPushButton* m_demo;
  QWidget* m_noDemo;
  QVBoxLayout* m_recent;
};

}  // namespace twofold::ui
