// The colours of a scene, from the theme.
#pragma once

#include <QColor>
#include <array>

#include "ui/theme/theme.h"
#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

struct SceneColors {
  QColor background;
  QColor context;  // chains outside the focused pair
  QColor outline;  // the thin line around tubes and spheres
  QColor selection;
  std::array<QColor, 8> categories;
  ThemeMode mode = ThemeMode::Light;

  [[nodiscard]] QColor of(const SceneChain& chain) const;
  /// By its value where the chain has values.
  [[nodiscard]] QColor of(const SceneChain& chain, int residue) const;
};

/// The theme's colours as the 3-D view, its legend, the chain list and the strips use them.
[[nodiscard]] SceneColors sceneColors(const Theme& theme);

}  // namespace twofold::ui
