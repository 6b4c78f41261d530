#include "ui/shell/workspace.h"

#include <QSettings>
#include <QTimer>
#include <utility>

namespace twofold::ui {

namespace {
/// Raised when the set of docks changes, so that an old layout is not forced on a new one.
constexpr int kLayoutVersion = 3;
}  // namespace

Workspace::Workspace(const QString& name, QWidget* parent) : QMainWindow(parent) {
  setObjectName(name);
  setWindowFlags(Qt::Widget);
  setDockNestingEnabled(true);
  setDockOptions(dockOptions() & ~QMainWindow::AnimatedDocks);
}

QDockWidget* Workspace::addPanel(const QString& name, const QString& title, QWidget* panel) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName("dock-" + name);
  dock->setWidget(panel);
  dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable);
  m_docks[name] = dock;
  return dock;
}

void Workspace::setArrangement(Arrange place, Arrange share) {
  m_place = std::move(place);
  m_share = std::move(share);
  m_place(*this);
}

void Workspace::raisePanel(const QString& name) {
  if (auto* dock = m_docks.value(name)) {
    dock->show();
    dock->raise();
  }
}

void Workspace::resetLayout() {
  for (auto* dock : std::as_const(m_docks)) {
    dock->setFloating(false);
    removeDockWidget(dock);
  }
  m_place(*this);
  for (auto* dock : std::as_const(m_docks)) {
    dock->show();
  }
  m_share(*this);
}

void Workspace::restoreLayout() {
  const auto state = QSettings().value("workspaces/" + objectName()).toByteArray();
  m_isSized = !state.isEmpty() && restoreState(state, kLayoutVersion);
}

void Workspace::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (!m_isSized && m_share) {
    m_isSized = true;
    QTimer::singleShot(0, this, [this] { m_share(*this); });
  }
}

void Workspace::saveLayout() const {
  QSettings().setValue("workspaces/" + objectName(), saveState(kLayoutVersion));
}

}  // namespace twofold::ui
