#include "ui/shell/preferences.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QPalette>
#include <QSettings>
#include <QStandardPaths>

namespace twofold::ui {

namespace {
constexpr qsizetype kMostRecent = 8;
}

QString themePreference() {
  return QSettings().value("theme", "system").toString();
}

void setThemePreference(const QString& name) {
  QSettings().setValue("theme", name);
}

ThemeMode themeMode(const QString& preference) {
  // The desktop's own palette, asked the first time, before a theme takes its place.
  static const bool kDesktopIsDark =
      QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
  if (preference == "system") {
    return kDesktopIsDark ? ThemeMode::Dark : ThemeMode::Light;
  }
  return preference == "dark" ? ThemeMode::Dark : ThemeMode::Light;
}

QStringList recentProjects() {
  QStringList folders;
  for (const auto& folder : QSettings().value("recentProjects").toStringList()) {
    if (QFileInfo::exists(folder)) {
      folders << folder;
    }
  }
  return folders;
}

void addRecentProject(const QString& folder) {
  QStringList folders = recentProjects();
  folders.removeAll(folder);
  folders.prepend(folder);
  QSettings().setValue("recentProjects", QStringList(folders.mid(0, kMostRecent)));
}

QString demoProject() {
  const QString folder =
      QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/twofold/demo";
  return QFileInfo::exists(folder + "/twofold.sqlite") ? folder : QString();
}

}  // namespace twofold::ui
