// Turns a structure scene into VTK actors and keeps their colours; no window, no events.
#pragma once

#include <memory>
#include <span>

#include "ui/viewport/camera.h"
#include "ui/viewport/interface_highlight.h"
#include "ui/viewport/scene_colors.h"
#include "ui/viewport/structure_scene.h"
#include "ui/viewport/tube.h"

class vtkRenderer;

namespace twofold::ui {

/// GUI thread, inside a current OpenGL context for everything that renders.
class SceneRenderer {
 public:
  SceneRenderer();
  ~SceneRenderer();
  SceneRenderer(const SceneRenderer&) = delete;
  SceneRenderer& operator=(const SceneRenderer&) = delete;

  /// The renderer to put into a window; owned here.
  [[nodiscard]] vtkRenderer* renderer() const;

  /// New geometry for the visible chains.
  void build(const StructureScene& scene, const TubeShape& shape);
  /// New colours on the same geometry.
  void colour(const StructureScene& scene, const SceneColors& colors);
  /// Spheres on the residues of the interface.
  void markInterface(const StructureScene& scene, const InterfaceHighlight& highlight,
                     const SceneColors& colors);
  /// Larger spheres on the selected residues; a line between exactly two.
  void markSelection(const StructureScene& scene, std::span<const ResidueRef> selection,
                     const SceneColors& colors);
  /// `height` of the view in device pixels: outlines keep their width on screen.
  void setCamera(const Camera& camera, int height);
  /// Without outlines and edge smoothing, for moving pictures drawn by the CPU.
  void setDraft(bool draft);

 private:
  void drawOutline(double width);

  struct Actors;
  std::unique_ptr<Actors> m_actors;
};

}  // namespace twofold::ui
