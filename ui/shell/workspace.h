// One of the four workspaces: panels as docks whose places and sizes are remembered.
#pragma once

#include <QDockWidget>
#include <QMainWindow>
#include <QMap>
#include <functional>

namespace twofold::ui {

class Workspace : public QMainWindow {
  Q_OBJECT
 public:
  using Arrange = std::function<void(Workspace&)>;

  Workspace(const QString& name, QWidget* parent);

  /// `name` as on the command line: "pairs", "run-setup", …
  QDockWidget* addPanel(const QString& name, const QString& title, QWidget* panel);
  /// `place` puts the docks where they belong, at first and after "Reset layout"; `share` gives
  /// them their sizes, which takes a window that has its own.
  void setArrangement(Arrange place, Arrange share);
  [[nodiscard]] QDockWidget* dock(const QString& name) const { return m_docks.value(name); }
  [[nodiscard]] bool has(const QString& name) const { return m_docks.contains(name); }
  void raisePanel(const QString& name);
  void resetLayout();
  void restoreLayout();
  void saveLayout() const;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QMap<QString, QDockWidget*> m_docks;
  Arrange m_place;
  Arrange m_share;
  bool m_isSized = false;  // docks take their shares once the window has its size
};

}  // namespace twofold::ui
