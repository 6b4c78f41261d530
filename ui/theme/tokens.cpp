#include "ui/theme/tokens.h"

#include <QString>
#include <algorithm>
#include <cmath>

namespace twofold::ui {

namespace {

Tokens lightTokens() {
  Tokens t;
  t.surface = QColor("#FAFAF8");
  t.raised = QColor("#FFFFFF");
  t.sunken = QColor("#F0F0EC");
  t.text = QColor("#1C1D1F");
  t.muted = QColor("#5A5D63");
  t.faint = QColor("#9A9DA3");
  t.accent = QColor("#6B4FD8");
  t.good = QColor("#1E8E5A");
  t.warn = QColor("#B7791F");
  t.bad = QColor("#C4372C");
  t.border = QColor("#DCDCD6");
  return t;
}

Tokens darkTokens() {
  Tokens t;
  t.surface = QColor("#1B1C1E");
  t.raised = QColor("#242629");
  t.sunken = QColor("#141517");
  t.text = QColor("#ECECEA");
  t.muted = QColor("#A9ACB2");
  t.faint = QColor("#6C7077");
  t.accent = QColor("#A995FF");
  t.good = QColor("#4CC38A");
  t.warn = QColor("#E0A94A");
  t.bad = QColor("#F2726A");
  t.border = QColor("#35383C");
  return t;
}

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
         0.0722 * linear(color.blueF());
}

}  // namespace

const Tokens& tokens(ThemeMode mode) {
  static const Tokens kLight = lightTokens();
  static const Tokens kDark = darkTokens();
  return mode == ThemeMode::Dark ? kDark : kLight;
}

std::array<QColor, 8> categoryColors(ThemeMode mode) {
  return {QColor("#0072B2"), QColor("#E69F00"),
          QColor("#009E73"), QColor("#CC79A7"),
          QColor("#56B4E9"), QColor("#D55E00"),
          QColor("#F0E442"), mode == ThemeMode::Dark ? QColor("#FFFFFF") : QColor("#000000")};
}

QColor proteinAColor() {
  return categoryColors(ThemeMode::Light)[0];
}
QColor proteinBColor() {
  return categoryColors(ThemeMode::Light)[1];
}

QColor divergingColor(double value, ThemeMode mode) {
  const QColor none = mode == ThemeMode::Dark ? QColor("#E8E8E8") : QColor("#F7F7F7");
  const QColor end = value < 0 ? QColor("#2C7FB8") : QColor("#E6750A");
  const double part = std::clamp(std::fabs(value), 0.0, 1.0);
  const auto blend = [&](int from, int to) { return static_cast<int>(from + (to - from) * part); };
  return {blend(none.red(), end.red()), blend(none.green(), end.green()),
          blend(none.blue(), end.blue())};
}

QColor channelColor(const QString& channelId) {
  if (channelId == "sequence") {
    return QColor("#56B4E9");
  }
  if (channelId == "neighbours") {
    return QColor("#009E73");
  }
  if (channelId == "annotation") {
    return QColor("#CC79A7");
  }
  if (channelId == "calpha") {
    return QColor("#D55E00");
  }
  return QColor("#F0E442");
}

QColor plddtColor(double plddt) {
  if (plddt > 90) {
    return QColor("#0053D6");
  }
  if (plddt >= 70) {
    return QColor("#65CBF3");
  }
  return plddt >= 50 ? QColor("#FFDB13") : QColor("#FF7D45");
}

double contrastRatio(const QColor& a, const QColor& b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

}  // namespace twofold::ui
