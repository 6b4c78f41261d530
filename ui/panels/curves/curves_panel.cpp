#include "ui/panels/curves/curves_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/panels/chart_export.h"
#include "ui/plots/curve_plot.h"

namespace twofold::ui {
namespace {

constexpr int kPollInterval = 500;  // ms

}  // namespace

CurvesPanel::CurvesPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session) {
  setObjectName(QStringLiteral("curvesPanel"));
  buildLayout(theme);
  connect(&session, &Session::runFocused, this, &CurvesPanel::refresh);
  connect(&session, &Session::runsChanged, this, &CurvesPanel::refresh);
  connect(&session, &Session::projectChanged, this, &CurvesPanel::refresh);
  m_timer.setInterval(kPollInterval);
  connect(&m_timer, &QTimer::timeout, this, &CurvesPanel::poll);
  connect(m_metric, &QComboBox::currentIndexChanged, this, &CurvesPanel::draw);
  connect(m_export, &QPushButton::clicked, this, [this] {
    exportChart(m_session, *m_plot,
                m_session.run() + QLatin1Char('-') + m_metric->currentData().toString());
  });
  connect(m_pages, &PanelPages::actionWanted, this, [this] {
    Q_EMIT m_session.panelWanted(m_session.run().isEmpty() ? QStringLiteral("run-setup")
                                                           : QStringLiteral("queue"));
  });
  refresh();
}

void CurvesPanel::buildLayout(const Theme& theme) {
  m_pages = new PanelPages(theme, this);
  m_metric = new QComboBox(m_pages->content());
  m_metric->setObjectName(QStringLiteral("metricChooser"));
  m_metric->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  auto* label = new QLabel(tr("&Metric"), m_pages->content());
  label->setBuddy(m_metric);
  m_export = exportButton(m_pages->content(), "exportChart");
  m_plot = new PlotView(theme, m_pages->content());
  m_plot->setObjectName(QStringLiteral("curvePlot"));
  auto* header = new QHBoxLayout;
  header->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, 0);
  header->setSpacing(Tokens::kSpace2);
  header->addWidget(label);
  header->addWidget(m_metric);
  header->addStretch(1);
  header->addWidget(m_export);
  auto* content = new QVBoxLayout(m_pages->content());
  content->setContentsMargins(0, 0, 0, 0);
  content->setSpacing(0);
  content->addLayout(header);
  content->addWidget(m_plot, 1);
}

void CurvesPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  poll();
  m_timer.start();
}

void CurvesPanel::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  m_timer.stop();
}

void CurvesPanel::poll() {
  try {
    if (m_session.project() && !m_session.run().isEmpty() &&
        m_session.project()->database().dataVersion() != m_version) {
      refresh();
    }
  } catch (const Error& error) {
    showNothing(QString::fromStdString(error.what()));
  }
}

void CurvesPanel::refresh() {
  if (!m_session.project()) {
    showNothing(tr("The curves of a run appear here once a project is open."));
    return;
  }
  if (m_session.run().isEmpty()) {
    showNothing(tr("Loss and metrics by epoch appear here, live while a run trains. Choose a run, "
                   "or start one."),
                tr("Set up a run"));
    return;
  }
  try {
    m_version = m_session.project()->database().dataVersion();
    store::RunRepository runs(m_session.project()->database());
    m_series = runs.series(m_session.run().toStdString());
    if (m_series.empty()) {
      showNothing(
          tr("Run %1 has no values yet; its first epoch will appear here.").arg(m_session.run()),
          tr("Show the queue"));
      return;
    }
  } catch (const Error& error) {
    showNothing(QString::fromStdString(error.what()));
    return;
  }
  fillMetrics();
  draw();
  m_pages->showContent();
}

void CurvesPanel::fillMetrics() {
  const QStringList ids = curveMetrics(m_series);
  QStringList shown;
  for (int i = 0; i < m_metric->count(); ++i) {
    shown.append(m_metric->itemData(i).toString());
  }
  if (ids == shown) {
    return;
  }
  const QString kept = m_metric->currentData().toString();
  const QSignalBlocker quiet(m_metric);
  m_metric->clear();
  for (const QString& id : ids) {
    m_metric->addItem(metricName(id), id);
  }
  m_metric->setCurrentIndex(std::max(0, static_cast<int>(ids.indexOf(kept))));
}

void CurvesPanel::draw() {
  if (std::exchange(m_runShown, m_session.run()) != m_session.run()) {
    m_plot->resetRange();
  }
  PlotSpec spec = curvePlot(m_series, m_metric->currentData().toString());
  spec.note = tr("Run %1, %2").arg(m_session.run(), spec.note);
  m_plot->setSpec(spec);
}

void CurvesPanel::showNothing(const QString& text, const QString& action) {
  m_series.clear();
  m_pages->showNote(text, action);
}

}  // namespace twofold::ui
