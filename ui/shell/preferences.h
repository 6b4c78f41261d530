// The few things the window remembers between starts.
#pragma once

#include <QString>
#include <QStringList>

#include "ui/theme/tokens.h"

namespace twofold::ui {

/// "light", "dark" or "system".
[[nodiscard]] QString themePreference();
void setThemePreference(const QString& name);
/// What that preference means now; "system" follows the desktop's palette.
[[nodiscard]] ThemeMode themeMode(const QString& preference);

/// Newest first; folders that are gone are left out.
[[nodiscard]] QStringList recentProjects();
void addRecentProject(const QString& folder);

/// The demo that packaging/run.sh makes, or empty.
[[nodiscard]] QString demoProject();

}  // namespace twofold::ui
