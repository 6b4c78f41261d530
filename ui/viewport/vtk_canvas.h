// A Qt 6 widget that VTK draws into. Debian's own VTK widget is built for Qt 5, so this is ours.
#pragma once

#include <QOpenGLWidget>
#include <memory>

class vtkRenderer;

namespace twofold::ui {

/// GUI thread. VTK renders only when redraw() was called; other repaints (a neighbour's progress
/// bar, say) show its last picture again. No VTK interactor: subclasses read Qt's events.
class VtkCanvas : public QOpenGLWidget {
 public:
  ~VtkCanvas() override;

 protected:
  explicit VtkCanvas(QWidget* parent);

  /// Shared with the caller.
  void addRenderer(vtkRenderer* renderer);
  void redraw();
  /// True once the context is known to be drawn by the CPU.
  [[nodiscard]] bool isSoftware() const;
  /// The context is new; called before its first picture.
  virtual void contextReady() {}

  void initializeGL() override;
  void paintGL() override;

 private:
  void releaseGraphics();

  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace twofold::ui
