#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QPalette>
#include <QStyleFactory>
#include <QSvgRenderer>

#include "ui/theme/style_sheet.h"

/// A static library's resources are only there once asked for, and that by a name that must not
/// lie in a namespace.
static void loadResources() {
  Q_INIT_RESOURCE(twofold);
}

namespace twofold::ui {

namespace {

QPalette paletteOf(const Tokens& colors) {
  QPalette palette;
  palette.setColor(QPalette::Window, colors.surface);
  palette.setColor(QPalette::WindowText, colors.text);
  palette.setColor(QPalette::Base, colors.raised);
  palette.setColor(QPalette::AlternateBase, colors.sunken);
  palette.setColor(QPalette::Text, colors.text);
  palette.setColor(QPalette::PlaceholderText, colors.muted);
  palette.setColor(QPalette::Button, colors.raised);
  palette.setColor(QPalette::ButtonText, colors.text);
  palette.setColor(QPalette::ToolTipBase, colors.raised);
  palette.setColor(QPalette::ToolTipText, colors.text);
  palette.setColor(QPalette::Highlight, colors.accent);
  palette.setColor(QPalette::HighlightedText, colors.raised);
  palette.setColor(QPalette::Link, colors.accent);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, colors.faint);
  }
  return palette;
}

double scaleOf(Theme::Size size) {
  switch (size) {
    case Theme::Size::Small:
      return 11.0 / 13.0;
    case Theme::Size::Body:
      return 1.0;
    case Theme::Size::Title:
      return 16.0 / 13.0;
    case Theme::Size::Display:
      return 20.0 / 13.0;
  }
  return 1.0;
}

QFont scaled(QFont font, Theme::Size size) {
  font.setPointSizeF(font.pointSizeF() * scaleOf(size));
  if (size == Theme::Size::Title || size == Theme::Size::Display) {
    font.setWeight(QFont::DemiBold);
  }
  return font;
}

QPixmap tinted(QSvgRenderer& renderer, const QColor& color, int pixels) {
  QPixmap pixmap(pixels, pixels);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  renderer.render(&painter);
  painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
  painter.fillRect(pixmap.rect(), color);
  return pixmap;
}

}  // namespace

Theme::Theme(ThemeMode mode, QObject* parent) : QObject(parent), m_mode(mode) {
  loadResources();
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  qApp->installEventFilter(&m_plainLabels);
  setMode(mode);
}

void Theme::setMode(ThemeMode mode) {
  m_mode = mode;
  QApplication::setPalette(paletteOf(colors()));
  qApp->setStyleSheet(styleSheet(colors()));
  Q_EMIT changed();
}

QFont Theme::font(Size size) const {
  return scaled(QApplication::font(), size);
}

QFont Theme::monospace(Size size) const {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setPointSizeF(QApplication::font().pointSizeF());
  return scaled(font, size);
}

QIcon Theme::icon(const QString& name) const {
  return icon(name, colors().text);
}

QIcon Theme::icon(const QString& name, const QColor& tint) const {
  const QString path = ":/icons/" + name + ".svg";
  if (!QFile::exists(path)) {
    return {};
  }
  QSvgRenderer renderer(path);
  QIcon icon;
  for (const int pixels : {16, 24, 32, 48}) {
    icon.addPixmap(tinted(renderer, tint, pixels), QIcon::Normal, QIcon::Off);
    icon.addPixmap(tinted(renderer, colors().accent, pixels), QIcon::Normal, QIcon::On);
    icon.addPixmap(tinted(renderer, colors().faint, pixels), QIcon::Disabled);
  }
  return icon;
}

}  // namespace twofold::ui
