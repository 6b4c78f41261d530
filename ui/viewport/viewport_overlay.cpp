#include "ui/viewport/viewport_overlay.h"

#include <QPainter>

#include "ui/theme/number_text.h"

namespace twofold::ui {
namespace {

constexpr int kSwatch = 10;
constexpr int kMostLegendRows = 12;

/// The longest hint that fits.
QString hintFor(const QFontMetrics& metrics, int width) {
  const QStringList hints{
      ViewportOverlay::tr("Drag rotates, right drag moves, wheel zooms, click selects, "
                          "double-click centres, Esc clears"),
      ViewportOverlay::tr("Drag rotates, right drag moves, wheel zooms, click selects"),
      ViewportOverlay::tr("Drag rotates, wheel zooms")};
  for (const QString& hint : hints) {
    if (metrics.horizontalAdvance(hint) <= width) {
      return hint;
    }
  }
  return {};
}

}  // namespace

QString residuesText(std::size_t count) {
  return count == 1 ? ViewportOverlay::tr("1 residue")
                    : ViewportOverlay::tr("%1 residues").arg(countText(static_cast<qint64>(count)));
}

ViewportOverlay::ViewportOverlay(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setAttribute(Qt::WA_NoSystemBackground);
  setFocusPolicy(Qt::NoFocus);
}

void ViewportOverlay::setLegend(const QString& heading, const QList<LegendEntry>& entries) {
  m_heading = heading;
  m_legend = entries;
  update();
}

void ViewportOverlay::setNote(const QString& note) {
  m_note = note;
  update();
}

void ViewportOverlay::setSelectionText(const QString& text) {
  m_selection = text;
  update();
}

void ViewportOverlay::setHover(const QPoint& at, const QString& text) {
  m_hoverAt = at;
  m_hover = text;
  update();
}

void ViewportOverlay::setMessage(const QString& text) {
  m_message = text;
  update();
}

void ViewportOverlay::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRect inside =
      rect().adjusted(Tokens::kSpace3, Tokens::kSpace3, -Tokens::kSpace3, -Tokens::kSpace2);
  paintLegend(painter);
  painter.setFont(m_theme.font(Theme::Size::Small));
  const QFontMetrics metrics = painter.fontMetrics();
  painter.setPen(m_theme.colors().muted);
  if (m_message.isEmpty()) {
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignBottom, hintFor(metrics, inside.width()));
  } else {
    painter.setFont(m_theme.font(Theme::Size::Body));
    painter.drawText(inside, Qt::AlignCenter | Qt::TextWordWrap, m_message);
  }
  painter.setFont(m_theme.font(Theme::Size::Body));
  const QFontMetrics body = painter.fontMetrics();
  const QSize margin(2 * Tokens::kSpace2, 2 * Tokens::kSpace1);
  if (!m_selection.isEmpty()) {
    const QSize size = QSize(body.horizontalAdvance(m_selection), body.height()) + margin;
    const int y = inside.bottom() - metrics.height() - Tokens::kSpace2 - size.height();
    paintPlate(painter, {QPoint(inside.left(), y), size}, m_selection);
  }
  if (!m_hover.isEmpty()) {
    const QSize size = QSize(body.horizontalAdvance(m_hover), body.height()) + margin;
    QPoint at = m_hoverAt + QPoint(Tokens::kSpace4, -size.height() - Tokens::kSpace1);
    at.setX(std::clamp(at.x(), 0, std::max(0, width() - size.width())));
    at.setY(std::max(at.y(), 0));
    paintPlate(painter, {at, size}, m_hover);
  }
}

void ViewportOverlay::paintLegend(QPainter& painter) const {
  int y = Tokens::kSpace3;
  const int x = Tokens::kSpace3;
  const auto line = [&](const QFont& font, const QColor& color, int left, const QString& text) {
    painter.setFont(font);
    painter.setPen(color);
    const QFontMetrics metrics = painter.fontMetrics();
    const QRect box(left, y, width() - left - x, metrics.height());
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(text, Qt::ElideRight, box.width()));
    return metrics.horizontalAdvance(text);
  };
  const QFontMetrics body(m_theme.font(Theme::Size::Body));
  if (!m_heading.isEmpty()) {
    line(m_theme.font(Theme::Size::Body), m_theme.colors().text, x, m_heading);
    y += body.height() + Tokens::kSpace1;
  }
  const int row = body.height() + 2;
  for (qsizetype i = 0; i < m_legend.size() && i < kMostLegendRows; ++i) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_legend[i].color);
    painter.drawRoundedRect(x, y + (body.height() - kSwatch) / 2, kSwatch, kSwatch, 2, 2);
    const int left = x + kSwatch + Tokens::kSpace2;
    QFont bold = m_theme.font(Theme::Size::Body);
    bold.setWeight(QFont::DemiBold);
    const int advance = line(bold, m_theme.colors().text, left, m_legend[i].name);
    line(m_theme.font(Theme::Size::Body), m_theme.colors().muted, left + advance + Tokens::kSpace2,
         m_legend[i].detail);
    y += row;
  }
  if (m_legend.size() > kMostLegendRows) {
    line(m_theme.font(Theme::Size::Small), m_theme.colors().muted, x,
         tr("and %1 more").arg(m_legend.size() - kMostLegendRows));
    y += row;
  }
  if (!m_note.isEmpty()) {
    y += Tokens::kSpace1;
    line(m_theme.font(Theme::Size::Small), m_theme.colors().muted, x, m_note);
  }
}

void ViewportOverlay::paintPlate(QPainter& painter, const QRect& box, const QString& text) const {
  painter.setPen(m_theme.colors().border);
  painter.setBrush(m_theme.colors().raised);
  painter.drawRoundedRect(box, Tokens::kCorner, Tokens::kCorner);
  painter.setPen(m_theme.colors().text);
  painter.drawText(box, Qt::AlignCenter, text);
}

}  // namespace twofold::ui
