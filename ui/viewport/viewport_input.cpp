// Mouse, wheel and keyboard of the 3-D view.
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <cmath>

#include "ui/viewport/picking.h"
#include "ui/viewport/viewport_overlay.h"
#include "ui/viewport/viewport_widget.h"

namespace twofold::ui {
namespace {

constexpr double kNotch = 0.88;        // distance factor of one wheel step
constexpr double kKeyTurn = 1 / 24.0;  // of half a turn
constexpr double kWheelUnit = 120;

}  // namespace

std::array<double, 2> ViewportWidget::viewPoint(const QPointF& at) const {
  const double half = std::max(height(), 1) / 2.0;
  return {(at.x() - width() / 2.0) / half, (height() / 2.0 - at.y()) / half};
}

double ViewportWidget::aspect() const {
  return static_cast<double>(std::max(width(), 1)) / std::max(height(), 1);
}

void ViewportWidget::resizeEvent(QResizeEvent* event) {
  VtkCanvas::resizeEvent(event);
  m_overlay->setGeometry(rect());
  if (m_untouched) {
    resetView();
  }
}

void ViewportWidget::mousePressEvent(QMouseEvent* event) {
  m_pressedAt = m_lastAt = event->position();
  m_dragged = false;
}

void ViewportWidget::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  if (event->buttons() == Qt::NoButton) {
    hoverAt(at);
    return;
  }
  const int reach = QApplication::startDragDistance() / 2;
  m_dragged = m_dragged || (at - m_pressedAt).manhattanLength() > reach;
  if (!m_dragged) {
    return;
  }
  const auto from = viewPoint(m_lastAt);
  const auto to = viewPoint(at);
  m_lastAt = at;
  if (event->buttons() & Qt::LeftButton) {
    orbit(m_camera, (to[0] - from[0]) / 2, (to[1] - from[1]) / 2);
  } else {
    pan(m_camera, to[0] - from[0], to[1] - from[1]);
  }
  m_overlay->setHover({}, {});
  moved();
}

void ViewportWidget::mouseReleaseEvent(QMouseEvent* event) {
  if (!m_dragged && event->button() == Qt::LeftButton) {
    clickAt(event->position(), event->modifiers() & Qt::ControlModifier);
  }
  m_dragged = false;
}

void ViewportWidget::mouseDoubleClickEvent(QMouseEvent* event) {
  const auto at = viewPoint(event->position());
  const auto hit = pickResidue(m_scene, rayThrough(m_camera, at[0], at[1]));
  if (hit) {
    centreOn(*hit);
  } else {
    resetView();
  }
}

void ViewportWidget::wheelEvent(QWheelEvent* event) {
  const auto at = viewPoint(event->position());
  zoomAt(m_camera, std::pow(kNotch, event->angleDelta().y() / kWheelUnit), at[0], at[1]);
  moved();
  event->accept();
}

void ViewportWidget::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Escape:
      setSelection({});
      return;
    case Qt::Key_Home:
      resetView();
      return;
    case Qt::Key_Left:
      orbit(m_camera, -kKeyTurn, 0);
      break;
    case Qt::Key_Right:
      orbit(m_camera, kKeyTurn, 0);
      break;
    case Qt::Key_Up:
      orbit(m_camera, 0, kKeyTurn);
      break;
    case Qt::Key_Down:
      orbit(m_camera, 0, -kKeyTurn);
      break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoomAt(m_camera, kNotch, 0, 0);
      break;
    case Qt::Key_Minus:
      zoomAt(m_camera, 1 / kNotch, 0, 0);
      break;
    default:
      VtkCanvas::keyPressEvent(event);
      return;
  }
  moved();
}

void ViewportWidget::leaveEvent(QEvent* event) {
  VtkCanvas::leaveEvent(event);
  hoverAt({-1e6, -1e6});
}

void ViewportWidget::hoverAt(const QPointF& at) {
  const auto point = viewPoint(at);
  const auto hit = pickResidue(m_scene, rayThrough(m_camera, point[0], point[1]));
  const ResidueRef residue = hit.value_or(ResidueRef{});
  if (residue != m_hovered || residue.isValid()) {
    m_overlay->setHover(at.toPoint(), QString::fromStdString(m_scene.label(residue)));
  }
  if (residue != m_hovered) {
    m_hovered = residue;
    Q_EMIT residueHovered(residue);
  }
}

void ViewportWidget::clickAt(const QPointF& at, bool toggle) {
  const auto point = viewPoint(at);
  const auto hit = pickResidue(m_scene, rayThrough(m_camera, point[0], point[1]));
  QList<ResidueRef> wanted = toggle ? m_selection : QList<ResidueRef>();
  if (hit && wanted.contains(*hit)) {
    wanted.removeAll(*hit);
  } else if (hit) {
    wanted.append(*hit);
  }
  setSelection(wanted);
}

}  // namespace twofold::ui
