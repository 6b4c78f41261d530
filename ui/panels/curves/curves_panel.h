// Loss and metric curves of the run in focus, live while it trains.
#pragma once

#include <QComboBox>
#include <QPushButton>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/store/run_repository.h"
#include "ui/panels/panel_pages.h"
#include "ui/plots/plot_view.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Looks at the store's data version twice a second while visible and reads the series only when
/// it changed.
class CurvesPanel : public QWidget {
  Q_OBJECT
 public:
  CurvesPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void buildLayout(const Theme& theme);
  void poll();
  void refresh();
  void fillMetrics();
  void draw();
  void showNothing(const QString& text, const QString& action = {});

  Session& m_session;
  std::vector<store::MetricSeries> m_series;
  QString m_runShown;
  std::int64_t m_version = -1;
  QTimer m_timer;
  PanelPages* m_pages;
  QComboBox* m_metric;
  QPushButton* m_export;
  PlotView* m_plot;
};

}  // namespace twofold::ui
