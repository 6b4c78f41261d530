#include "ui/viewport/opengl_setup.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QSurfaceFormat>

namespace twofold::ui {

void setUpOpenGl() {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && !qEnvironmentVariableIsEmpty("DISPLAY")) {
    qputenv("QT_QPA_PLATFORM", "xcb");
  }
  if (qEnvironmentVariableIsEmpty("QT_XCB_GL_INTEGRATION")) {
    qputenv("QT_XCB_GL_INTEGRATION", "xcb_glx");
  }
  QSurfaceFormat format;
  format.setRenderableType(QSurfaceFormat::OpenGL);  // else Wayland's EGL may pick OpenGL ES
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setVersion(3, 2);
  format.setSamples(0);
  format.setAlphaBufferSize(8);
  format.setDepthBufferSize(24);
  QSurfaceFormat::setDefaultFormat(format);
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
}

QString openGlProblem() {
  const QString platform = QGuiApplication::platformName();
  if (platform != QLatin1String("xcb")) {
    return QCoreApplication::translate(
               "OpenGl",
               "The 3-D view needs an X11 display; this window runs on \"%1\". Start Twofold "
               "with QT_QPA_PLATFORM=xcb on a machine with a display.")
        .arg(platform);
  }
  QOpenGLContext context;
  QOffscreenSurface surface;
  surface.create();
  const bool works = context.create() && context.makeCurrent(&surface);
  const auto version = context.format().version();
  if (works) {
    context.doneCurrent();
  }
  if (works && version >= qMakePair(3, 2)) {
    return {};
  }
  return QCoreApplication::translate(
      "OpenGl",
      "The 3-D view needs OpenGL 3.2, which this display does not offer. Install a graphics "
      "driver, or Mesa's software one (libgl1-mesa-dri).");
}

}  // namespace twofold::ui
