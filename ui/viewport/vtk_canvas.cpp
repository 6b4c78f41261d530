#include "ui/viewport/vtk_canvas.h"

#include <vtkCallbackCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLState.h>
#include <vtkRenderer.h>

#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <utility>

namespace twofold::ui {
namespace {

bool drawnByCpu(QOpenGLContext& context) {
  const auto* name = context.functions()->glGetString(GL_RENDERER);
  const QByteArray renderer(reinterpret_cast<const char*>(name));
  return renderer.contains("llvmpipe") || renderer.contains("softpipe");
}

}  // namespace

struct VtkCanvas::State {
  vtkNew<vtkGenericOpenGLRenderWindow> window;
  bool dirty = true;
  bool software = false;
};

VtkCanvas::VtkCanvas(QWidget* parent) : QOpenGLWidget(parent), m_state(std::make_unique<State>()) {
  setUpdateBehavior(NoPartialUpdate);
  setProperty("_kde_no_window_grab", true);  // KDE would move the window on drag
  vtkGenericOpenGLRenderWindow* window = m_state->window;
  window->SetFrameBlitModeToNoBlit();
  window->SetReadyForRendering(false);
  window->SetMultiSamples(0);
  using Callback = void (*)(vtkObject*, unsigned long, void*, void*);
  const auto observe = [&](unsigned long event, Callback callback) {
    vtkNew<vtkCallbackCommand> command;
    command->SetClientData(this);
    command->SetCallback(callback);
    window->AddObserver(event, command);
  };
  // Not QOpenGLWidget::makeCurrent(): it would bind Qt's framebuffer in the middle of a render.
  observe(vtkCommand::WindowMakeCurrentEvent, [](vtkObject*, unsigned long, void* self, void*) {
    QOpenGLContext* context = static_cast<VtkCanvas*>(self)->context();
    if (context) {
      context->makeCurrent(context->surface());
    }
  });
  observe(vtkCommand::WindowIsCurrentEvent, [](vtkObject*, unsigned long, void* self, void* out) {
    QOpenGLContext* context = static_cast<VtkCanvas*>(self)->context();
    *static_cast<bool*>(out) = context && QOpenGLContext::currentContext() == context;
  });
}

VtkCanvas::~VtkCanvas() {
  makeCurrent();
  if (context()) {
    disconnect(context(), nullptr, this, nullptr);
  }
  releaseGraphics();
  doneCurrent();
}

void VtkCanvas::addRenderer(vtkRenderer* renderer) {
  m_state->window->AddRenderer(renderer);
}

void VtkCanvas::redraw() {
  m_state->dirty = true;
  update();
}

bool VtkCanvas::isSoftware() const {
  return m_state->software;
}

void VtkCanvas::initializeGL() {
  connect(
      context(), &QOpenGLContext::aboutToBeDestroyed, this,
      [this] {
        makeCurrent();
        releaseGraphics();
        doneCurrent();
      },
      Qt::DirectConnection);
  vtkGenericOpenGLRenderWindow* window = m_state->window;
  window->SetReadyForRendering(true);
  window->SetOwnContext(0);
  window->OpenGLInitContext();
  vtkOpenGLState* state = window->GetState();
  state->Reset();
  state->vtkglDepthFunc(GL_LEQUAL);
  state->vtkglEnable(GL_DEPTH_TEST);
  m_state->software = drawnByCpu(*context());
  m_state->dirty = true;
  contextReady();
}

void VtkCanvas::paintGL() {
  vtkGenericOpenGLRenderWindow* window = m_state->window;
  const QSize pixels = size() * devicePixelRatioF();
  if (window->GetSize()[0] != pixels.width() || window->GetSize()[1] != pixels.height()) {
    window->SetSize(pixels.width(), pixels.height());
    window->SetDPI(static_cast<int>(72 * devicePixelRatioF()));
    m_state->dirty = true;
  }
  vtkOpenGLState* state = window->GetState();
  state->Reset();
  state->Push();
  state->vtkglDepthFunc(GL_LEQUAL);
  if (std::exchange(m_state->dirty, false)) {
    window->Render();
    makeCurrent();  // VTK's callbacks may have switched the context
  }
  const int w = pixels.width();
  const int h = pixels.height();
  state->vtkglBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
  window->BlitDisplayFramebuffer(0, 0, 0, w, h, 0, 0, w, h, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  state->vtkglViewport(0, 0, w, h);
  state->vtkglScissor(0, 0, w, h);
  state->vtkglColorMask(0, 0, 0, 1);  // alpha 1, or the desktop shows through
  state->vtkglClearColor(0, 0, 0, 1);
  context()->functions()->glClear(GL_COLOR_BUFFER_BIT);
  state->vtkglColorMask(1, 1, 1, 1);
  state->Pop();
}

void VtkCanvas::releaseGraphics() {
  m_state->window->Finalize();
  m_state->window->SetReadyForRendering(false);
}

}  // namespace twofold::ui
