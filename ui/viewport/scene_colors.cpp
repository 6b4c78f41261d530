#include "ui/viewport/scene_colors.h"

#include <cmath>

namespace twofold::ui {
namespace {

QColor mixed(const QColor& a, const QColor& b, double part) {
  const auto blend = [&](int x, int y) { return static_cast<int>(x + (y - x) * part); };
  return {blend(a.red(), b.red()), blend(a.green(), b.green()), blend(a.blue(), b.blue())};
}

}  // namespace

QColor SceneColors::of(const SceneChain& chain) const {
  const bool own = chain.color >= 0 && chain.color < static_cast<int>(categories.size());
  return own ? categories[static_cast<std::size_t>(chain.color)] : context;
}

QColor SceneColors::of(const SceneChain& chain, int residue) const {
  const auto at = static_cast<std::size_t>(residue);
  if (at >= chain.values.size()) {
    return of(chain);
  }
  return std::isnan(chain.values[at]) ? context : divergingColor(double{chain.values[at]}, mode);
}

SceneColors sceneColors(const Theme& theme) {
  const Tokens& tokens = theme.colors();
  const bool dark = theme.mode() == ThemeMode::Dark;
  return {tokens.sunken,
          mixed(tokens.faint, tokens.sunken, dark ? 0.0 : 0.45),
          mixed(tokens.sunken, dark ? QColor(Qt::black) : tokens.text, 0.7),
          tokens.accent,
          categoryColors(theme.mode()),
          theme.mode()};
}

}  // namespace twofold::ui
