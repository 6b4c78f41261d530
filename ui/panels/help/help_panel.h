// The help pages of resources/help, with a list beside them.
#pragma once

#include <QListWidget>
#include <QTextBrowser>
#include <QWidget>

#include "ui/theme/theme.h"

namespace twofold::ui {

class HelpPanel : public QWidget {
  Q_OBJECT
 public:
  explicit HelpPanel(const Theme& theme, QWidget* parent = nullptr);

  /// "labels", "metrics", … as the file is called.
  void showPage(const QString& name);

 private:
  QListWidget* m_list;
  QTextBrowser* m_page;
};

}  // namespace twofold::ui
