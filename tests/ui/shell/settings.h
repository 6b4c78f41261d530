// Settings of their own for the tests of the window.
#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>

namespace twofold::ui {

class TestSettings {
 public:
  TestSettings() {
    QCoreApplication::setOrganizationName(QStringLiteral("twofold-test"));
    QCoreApplication::setApplicationName(QStringLiteral("workbench"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  }

 private:
  QTemporaryDir m_folder;
};

}  // namespace twofold::ui
