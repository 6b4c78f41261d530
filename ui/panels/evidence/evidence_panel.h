// The evidence behind the pair in focus: near training proteins, annotations, how much was studied.
#pragma once

#include <QLabel>
#include <QTabWidget>
#include <QWidget>
#include <memory>
#include <string>

#include "ui/bridge/background.h"
#include "ui/panels/evidence/annotation_page.h"
#include "ui/panels/evidence/neighbours_page.h"
#include "ui/panels/evidence/study_bias_page.h"
#include "ui/panels/panel_pages.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Reads the store only while it is in sight.
class EvidencePanel : public QWidget {
  Q_OBJECT
 public:
  EvidencePanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

  [[nodiscard]] bool isLoading() const { return m_task.isRunning() || m_projectTask.isRunning(); }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void buildLayout();
  void markStale();
  void refresh();
  void readEvidence();
  void readProject();
  void readPair();
  void forgetProject();
  void fail(const std::string& message);

  Session& m_session;
  const Theme& m_theme;
  BackgroundTask m_task;  // the pair
  BackgroundTask m_projectTask;
  std::shared_ptr<const ProjectEvidence> m_project;  // null until it was read
  bool m_stale = true;

  PanelPages* m_pages;
  QLabel* m_title;
  QTabWidget* m_tabs;
  NeighboursPage* m_neighbours;
  AnnotationPage* m_annotation;
  StudyBiasPage* m_study;
};

}  // namespace twofold::ui
