// ROC and precision-recall curves of the run in focus, with its confusion counts.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QTimer>
#include <QWidget>

#include "ui/bridge/background.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/ranking/ranking_data.h"
#include "ui/plots/plot_view.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Predictions are read and ranked off the GUI thread.
class RankingPanel : public QWidget {
  Q_OBJECT
 public:
  RankingPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);
  ~RankingPanel() override;

  [[nodiscard]] bool isLoading() const { return m_task.isRunning(); }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void buildLayout(const Theme& theme);
  [[nodiscard]] QWidget* buildConfusion(const Theme& theme);
  void refresh();
  void showResult(const RankingResult& result);
  void showConfusion(const metrics::Confusion& confusion, double threshold);
  void showNothing(const QString& text, const QString& action = {});

  Session& m_session;
  BackgroundTask m_task;
  bool m_stale = true;  // hidden panels read nothing
  QString m_runShown;
  PanelPages* m_pages;
  QComboBox* m_part;
  PlotView* m_roc;
  PlotView* m_precisionRecall;
  QLabel* m_threshold;
  QLabel* m_truePositives;
  QLabel* m_falseNegatives;
  QLabel* m_falsePositives;
  QLabel* m_trueNegatives;
  QLabel* m_rates;
};

}  // namespace twofold::ui
