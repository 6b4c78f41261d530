#include "app/workbench/display_check.h"

#include <QtGlobal>

namespace twofold::app {

QString displayProblem() {
  const QString platform = qEnvironmentVariable("QT_QPA_PLATFORM");
  const bool needsNone = platform.startsWith(QLatin1String("offscreen")) ||
                         platform.startsWith(QLatin1String("minimal")) ||
                         platform.startsWith(QLatin1String("vnc"));
  if (needsNone || !qEnvironmentVariableIsEmpty("DISPLAY") ||
      !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")) {
    return {};
  }
  return QStringLiteral(
      "There is no display (DISPLAY and WAYLAND_DISPLAY are not set). Start twofold on a desktop, "
      "over \"ssh -X\", or under \"xvfb-run\"; without a window, use twofold-worker.");
}

}  // namespace twofold::app
