#include "ui/panels/structure/sequence_strip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/panels/structure/chain_list.h"
#include "ui/viewport/scene_colors.h"
#include "ui/viewport/tube.h"

namespace twofold::ui {
namespace {

constexpr int kBlock = 10;  // letters before a space

}  // namespace

SequenceStrip::SequenceStrip(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  connect(&theme, &Theme::changed, this, &SequenceStrip::applyTheme);
  applyTheme();
}

void SequenceStrip::applyTheme() {
  setFont(m_theme.monospace());
  updateGeometry();
  update();
}

void SequenceStrip::setChain(const SceneChain& chain) {
  m_chain = chain;
  m_marks.clear();
  m_selected.clear();
  m_hovered = -1;
  m_current = 0;
  setAccessibleName(tr("Sequence of chain %1").arg(QString::fromStdString(chain.name)));
  setAccessibleDescription({});
  updateGeometry();
  update();
}

void SequenceStrip::setMarks(const std::vector<bool>& marks) {
  m_marks = marks;
  update();
}

void SequenceStrip::setSelected(const QList<int>& residues) {
  m_selected = residues;
  if (!residues.isEmpty()) {
    m_current = residues.last();
  }
  update();
}

void SequenceStrip::setHovered(int residue) {
  if (std::exchange(m_hovered, residue) != residue) {
    update();
  }
}

SequenceStrip::Layout SequenceStrip::layoutFor(int width) const {
  const QFontMetrics metrics(font());
  Layout layout;
  layout.cell = metrics.horizontalAdvance(QLatin1Char('W')) + 1;
  layout.row = metrics.height() + 2;
  layout.left = metrics.horizontalAdvance(QStringLiteral("0000")) + Tokens::kSpace2;
  layout.top = QFontMetrics(m_theme.font(Theme::Size::Body)).height() + Tokens::kSpace1;
  const int block = kBlock * layout.cell + layout.cell / 2;
  layout.columns = std::max(1, (width - layout.left) / block) * kBlock;
  return layout;
}

int SequenceStrip::heightForWidth(int width) const {
  const Layout layout = layoutFor(width);
  const int lines = (count() + layout.columns - 1) / layout.columns;
  return layout.top + lines * layout.row + Tokens::kSpace2;
}

QSize SequenceStrip::sizeHint() const {
  return {480, heightForWidth(480)};
}

QSize SequenceStrip::minimumSizeHint() const {
  const Layout layout = layoutFor(0);
  return {layout.left + kBlock * layout.cell + layout.cell, layout.top + layout.row};
}

QRect SequenceStrip::cellOf(int residue) const {
  const Layout layout = layoutFor(width());
  const int column = residue % layout.columns;
  const int x = layout.left + column * layout.cell + column / kBlock * (layout.cell / 2);
  return {x, layout.top + residue / layout.columns * layout.row, layout.cell, layout.row};
}

int SequenceStrip::residueAt(const QPoint& at) const {
  const Layout layout = layoutFor(width());
  const int line = (at.y() - layout.top) / layout.row;
  if (at.y() < layout.top || at.x() < layout.left) {
    return -1;
  }
  for (int i = line * layout.columns; i < std::min(count(), (line + 1) * layout.columns); ++i) {
    if (cellOf(i).contains(at)) {
      return i;
    }
  }
  return -1;
}

void SequenceStrip::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  const Layout layout = layoutFor(width());
  const QFont body = m_theme.font(Theme::Size::Body);
  painter.setFont(body);
  const QColor color = chainColor(m_theme, m_chain);
  constexpr int kBar = 3;
  painter.fillRect(QRect(0, 2, kBar, layout.top - 4), color);
  painter.setPen(m_theme.colors().text);
  const QString name = QString::fromStdString(m_chain.name);
  const QString accession = QString::fromStdString(m_chain.chain.accession);
  const QRect heading(kBar + Tokens::kSpace2, 0, width(), layout.top);
  QString text = tr("Chain %1").arg(name);
  text += accession.isEmpty() ? QString() : QStringLiteral("  ") + accession;
  painter.drawText(heading, Qt::AlignLeft | Qt::AlignVCenter, text);
  if (hasFocus()) {
    const int advance = QFontMetrics(body).horizontalAdvance(text);
    painter.fillRect(heading.left(), layout.top - 2, advance, 1, m_theme.colors().accent);
  }
  painter.setFont(font());
  for (int i = 0; i < count(); ++i) {
    const QRect cell = cellOf(i);
    if (!event->region().intersects(QRect(0, cell.top(), width(), cell.height()))) {
      continue;
    }
    if (i % layout.columns == 0) {
      painter.setPen(m_theme.colors().muted);
      painter.drawText(QRect(0, cell.top(), layout.left - Tokens::kSpace2, cell.height()),
                       Qt::AlignRight | Qt::AlignVCenter,
                       QString::number(m_chain.chain.residues[static_cast<std::size_t>(i)].number));
    }
    paintCell(painter, i);
  }
}

void SequenceStrip::paintCell(QPainter& painter, int residue) const {
  const auto at = static_cast<std::size_t>(residue);
  const QRect cell = cellOf(residue);
  const Tokens& tokens = m_theme.colors();
  const QColor color = chainColor(m_theme, m_chain);
  const bool marked = at < m_marks.size() && m_marks[at];
  const bool selected = m_selected.contains(residue);
  QColor letter = m_chain.chain.residues[at].hasCalpha ? tokens.text : tokens.faint;
  const auto fill = [&](const QColor& with) {
    painter.fillRect(cell.adjusted(0, 1, 0, -1), with);
    letter =
        contrastRatio(with, Qt::white) > contrastRatio(with, Qt::black) ? Qt::white : Qt::black;
  };
  if (!m_chain.values.empty()) {
    fill(sceneColors(m_theme).of(m_chain, residue));
  } else if (marked) {
    fill(color);
  }
  if (marked && !m_chain.values.empty()) {
    painter.fillRect(QRect(cell.left(), cell.bottom() - 2, cell.width(), 2), color);
  }
  if (selected) {
    painter.fillRect(cell.adjusted(0, 1, 0, -1), tokens.accent);
    letter = tokens.raised;
  }
  if (residue == m_hovered || (hasFocus() && residue == m_current)) {
    painter.setPen(tokens.text);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cell.adjusted(0, 1, -1, -2));
  }
  painter.setPen(letter);
  painter.drawText(cell, Qt::AlignCenter, QString(QLatin1Char(m_chain.chain.residues[at].letter)));
  const bool broken = at > 0 && m_chain.chain.residues[at].hasCalpha &&
                      m_chain.chain.residues[at - 1].hasCalpha &&
                      length(toVector(m_chain.chain.residues[at].calpha) -
                             toVector(m_chain.chain.residues[at - 1].calpha)) > kLongestStep;
  if (broken) {  // residues are missing here
    painter.setPen(QPen(tokens.bad, 1, Qt::DotLine));
    painter.drawLine(cell.topLeft(), cell.bottomLeft());
  }
}

void SequenceStrip::mouseMoveEvent(QMouseEvent* event) {
  const int residue = residueAt(event->position().toPoint());
  if (residue != m_hovered) {
    setHovered(residue);
    Q_EMIT hovered(residue);
  }
}

void SequenceStrip::mousePressEvent(QMouseEvent* event) {
  const int residue = residueAt(event->position().toPoint());
  if (event->button() == Qt::LeftButton && residue >= 0) {
    m_current = residue;
    Q_EMIT clicked(residue, event->modifiers() & Qt::ControlModifier);
  }
}

void SequenceStrip::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  if (m_hovered >= 0) {
    setHovered(-1);
    Q_EMIT hovered(-1);
  }
}

void SequenceStrip::keyPressEvent(QKeyEvent* event) {
  const int columns = layoutFor(width()).columns;
  switch (event->key()) {
    case Qt::Key_Left:
      moveTo(m_current - 1);
      return;
    case Qt::Key_Right:
      moveTo(m_current + 1);
      return;
    case Qt::Key_Up:
      moveTo(m_current - columns);
      return;
    case Qt::Key_Down:
      moveTo(m_current + columns);
      return;
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (m_current < count()) {
        Q_EMIT clicked(m_current, event->modifiers() & Qt::ControlModifier);
      }
      return;
    case Qt::Key_Escape:
      Q_EMIT cleared();
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

void SequenceStrip::moveTo(int residue) {
  if (residue < 0 || residue >= count()) {
    return;
  }
  m_current = residue;
  setAccessibleDescription(QString::fromStdString(
      bio::residueLabel(m_chain.chain, m_chain.chain.residues[static_cast<std::size_t>(residue)])));
  setHovered(residue);
  Q_EMIT hovered(residue);
  update();
}

}  // namespace twofold::ui
