// The 3-D view of a structure scene: drawing, mouse, keyboard, selection.
#pragma once

#include <QList>
#include <QPointF>
#include <QTimer>
#include <optional>

#include "ui/theme/theme.h"
#include "ui/viewport/camera.h"
#include "ui/viewport/interface_highlight.h"
#include "ui/viewport/scene_renderer.h"
#include "ui/viewport/structure_scene.h"
#include "ui/viewport/vtk_canvas.h"

namespace twofold::ui {

class ViewportOverlay;

/// GUI thread. Left drag rotates, middle or right drag moves, the wheel zooms to the pointer,
/// a click selects (with Ctrl toggles), a double click centres, Esc clears; arrows, +, - and Home
/// do the same from the keyboard. Make one only when openGlProblem() is empty.
class ViewportWidget : public VtkCanvas {
  Q_OBJECT
 public:
  enum class View { Fit, Keep };

  explicit ViewportWidget(const Theme& theme, QWidget* parent = nullptr);
  ~ViewportWidget() override;

  /// Shows a scene; drops highlight and selection with View::Fit.
  void setScene(StructureScene scene, View view = View::Fit);
  [[nodiscard]] const StructureScene& scene() const;
  /// An empty view with a sentence in its middle.
  void clear(const QString& message);

  void setHighlight(InterfaceHighlight highlight);
  void setChainVisible(int chain, bool visible);
  void setSelection(const QList<ResidueRef>& selection);
  [[nodiscard]] const QList<ResidueRef>& selection() const;
  /// Marks a residue hovered elsewhere (the sequence strip); invalid for none. Emits nothing.
  void setHovered(const ResidueRef& residue);

  void centreOn(const ResidueRef& residue);
  void resetView();
  [[nodiscard]] const Camera& camera() const;
  /// Where a residue is on the widget, device-independent pixels; nothing when out of sight.
  [[nodiscard]] std::optional<QPointF> positionOf(const ResidueRef& residue) const;

 Q_SIGNALS:
  void selectionChanged();
  /// The residue under the pointer changed; invalid when there is none.
  void residueHovered(const ResidueRef& residue);

 protected:
  void contextReady() override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void rebuild();
  void recolour();
  void applyCamera();
  void moved();
  void showLegend();
  void showSelection();
  void hoverAt(const QPointF& at);
  void clickAt(const QPointF& at, bool toggle);
  [[nodiscard]] std::array<double, 2> viewPoint(const QPointF& at) const;
  [[nodiscard]] double aspect() const;

  const Theme& m_theme;
  ViewportOverlay* m_overlay;
  SceneRenderer m_renderer;
  StructureScene m_scene;
  InterfaceHighlight m_highlight;
  QList<ResidueRef> m_selection;
  ResidueRef m_hovered;
  Camera m_camera;
  bool m_untouched = true;  // by the user: a new size may fit the view again
  QPointF m_pressedAt, m_lastAt;
  bool m_dragged = false;
  QTimer m_settle;
};

}  // namespace twofold::ui
