// What must be set before the application starts so that VTK 9.1 and Qt 6 share OpenGL.
#pragma once

#include <QString>

namespace twofold::ui {

/// Call before QApplication. Picks X11 with GLX (VTK 9.1 cannot use EGL), a 3.2 core surface and
/// shared contexts, so that docks can float without losing what is on the GPU. Environment
/// variables that the user set are left as they are.
void setUpOpenGl();

/// Why no 3-D view can be made here, in a sentence with the cure; empty when one can. Needs a
/// QGuiApplication; the answer does not change while it lives.
[[nodiscard]] QString openGlProblem();

}  // namespace twofold::ui
