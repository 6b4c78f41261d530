// The visual language as values: colours, sizes, spaces. Nothing else in ui sets any of its own.
#pragma once

#include <QColor>
#include <array>

namespace twofold::ui {

enum class ThemeMode { Light, Dark };

struct Tokens {
  QColor surface, raised, sunken;
  QColor text, muted, faint;
  QColor accent;           // selection, focus ring, primary button
  QColor good, warn, bad;  // always with a shape and a word
  QColor border;

  // Space in device-independent pixels.
  static constexpr int kSpace1 = 4, kSpace2 = 8, kSpace3 = 12, kSpace4 = 16, kSpace5 = 24;
  static constexpr int kRow = 24, kRowCompact = 20, kCorner = 4;
};

[[nodiscard]] const Tokens& tokens(ThemeMode mode);

/// Okabe-Ito, in fixed order; the last is black or white by mode. Protein A is 0, B is 1.
[[nodiscard]] std::array<QColor, 8> categoryColors(ThemeMode mode);
[[nodiscard]] QColor proteinAColor();
[[nodiscard]] QColor proteinBColor();
/// sequence, neighbours, annotation, calpha as in the design; user channels yellow and greys.
[[nodiscard]] QColor channelColor(const QString& channelId);
/// Blue at -1, no colour at 0, orange at 1: what stands for both sides of a meaningful zero.
[[nodiscard]] QColor divergingColor(double value, ThemeMode mode);
/// The four AlphaFold bands.
[[nodiscard]] QColor plddtColor(double plddt);

/// WCAG 2.1 contrast ratio, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

}  // namespace twofold::ui
