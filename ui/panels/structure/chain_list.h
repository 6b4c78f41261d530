// The chains of a scene with their colours; unchecking one hides it.
#pragma once

#include <QListWidget>

#include "ui/theme/theme.h"
#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

class ChainList : public QListWidget {
  Q_OBJECT
 public:
  explicit ChainList(const Theme& theme, QWidget* parent = nullptr);

  void setScene(const StructureScene& scene);

 Q_SIGNALS:
  void visibilityChanged(int chain, bool visible);

 private:
  const Theme& m_theme;
};

/// The colour of a chain in lists, strips and the 3-D view.
[[nodiscard]] QColor chainColor(const Theme& theme, const SceneChain& chain);

}  // namespace twofold::ui
