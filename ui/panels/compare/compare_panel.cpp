#include "ui/panels/compare/compare_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalBlocker>
#include <algorithm>
#include <chrono>
#include <utility>

#include "core/base/error.h"
#include "ui/panels/compare/compare_words.h"
#include "ui/panels/worker_form.h"
#include "ui/plots/forest_plot.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr qsizetype kMostRuns = 50;  // more columns nobody reads, nor differences of each to each

}  // namespace

ComparePanel::ComparePanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme) {
  setObjectName(QStringLiteral("comparePanel"));
  buildLayout();
  connectAll();
  m_ticker.setInterval(kTick);
  showRunning(false);
  refresh();
}

void ComparePanel::connectAll() {
  const auto changed = [this] {
    m_stale = true;
    if (isVisible()) {
      refresh();
    }
  };
  connect(&m_session, &Session::comparedRunsChanged, this, changed);
  connect(&m_session, &Session::runsChanged, this, changed);
  connect(&m_session, &Session::projectChanged, this, [this, changed] {
    forget();  // the former project's numbers are gone at once
    changed();
  });
  connect(&m_ticker, &QTimer::timeout, this, &ComparePanel::showProgress);
  connect(m_reference, &QComboBox::currentIndexChanged, this, &ComparePanel::compare);
  connect(m_part, &QComboBox::currentIndexChanged, this, &ComparePanel::compare);
  connect(m_all, &QCheckBox::toggled, this, &ComparePanel::compare);
  connect(m_metric, &QComboBox::currentIndexChanged, this, &ComparePanel::showMetric);
  connect(m_stop, &QPushButton::clicked, this, &ComparePanel::stop);
  connect(m_copy, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(commandOnProject(m_session, arguments()));
    Q_EMIT m_session.message(tr("Command copied"), false);
  });
  connect(m_copyTable, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(comparisonTsv(*m_result));
    Q_EMIT m_session.message(tr("Table copied"), false);
  });
  connect(m_pages, &PanelPages::actionWanted, this, [this] {
    if (m_action == Action::Again) {
      compare();
    } else {
      Q_EMIT m_session.panelWanted(QStringLiteral("runs"));
    }
  });
}

void ComparePanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_stale) {
    refresh();
  }
}

void ComparePanel::refresh() {
  m_stale = false;
  const auto& ids = m_session.comparedRuns();
  if (m_session.project() == nullptr) {
    forget();
    showNote(tr("Runs are held against each other here: which is better, and is the difference "
                "real? Open a project first."),
             Action::None);
    return;
  }
  if (ids.size() < 2) {
    forget();
    showNote(tr("Two runs or more are held against each other here, on the pairs they share. "
                "Select them in the list of runs (Ctrl+click) and press Compare."),
             Action::ShowRuns);
    return;
  }
  if (ids.size() > kMostRuns) {
    forget();
    showNote(tr("%1 runs are selected, and no more than %2 are held against each other at once. "
                "Select fewer in the list of runs.")
                 .arg(countText(ids.size()), countText(kMostRuns)),
             Action::ShowRuns);
    return;
  }
  m_reading.start([folder = m_session.project()->folder(), ids](
                      const std::stop_token& stop) { return readComparedRuns(folder, ids, stop); },
                  [this](Outcome<std::vector<ComparedRun>> outcome) {
                    if (auto* runs = std::get_if<std::vector<ComparedRun>>(&outcome)) {
                      takeRuns(std::move(*runs));
                    } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                      forget();
                      showNote(QString::fromStdString(failed->message), Action::ShowRuns);
                    }
                  });
}

void ComparePanel::takeRuns(std::vector<ComparedRun> runs) {
  if (runs == m_runs) {
    return;  // a run elsewhere went on
  }
  m_runs = std::move(runs);
  fillReferences();
  fillParts();
  m_header->setVisible(m_part->count() > 0);
  if (m_part->count() == 0) {
    m_task.stop();
    m_result.reset();
    showRunning(false);
    showNote(missingPartWords(m_runs), Action::ShowRuns);
    return;
  }
  compare();
}

void ComparePanel::fillReferences() {
  QStringList before;
  for (int i = 0; i < m_reference->count(); ++i) {
    before << m_reference->itemData(i).toString();
  }
  const QString kept =
      before == m_session.comparedRuns() ? m_reference->currentData().toString() : QString();
  const QSignalBlocker quiet(m_reference);
  m_reference->clear();
  for (const auto& run : m_runs) {
    m_reference->addItem(run.isBaseline ? tr("%1, baseline").arg(run.id) : run.id, run.id);
    m_reference->setItemData(m_reference->count() - 1, run.summary, Qt::ToolTipRole);
  }
  m_reference->setCurrentIndex(
      m_reference->findData(kept.isEmpty() ? usualReference(m_runs) : kept));
}

void ComparePanel::fillParts() {
  const QVariant kept = m_part->currentData();
  const QSignalBlocker quiet(m_part);
  m_part->clear();
  for (const auto part : commonParts(m_runs)) {
    m_part->addItem(QString::fromUtf8(data::name(part).data()), static_cast<int>(part));
  }
  m_part->setCurrentIndex(std::max(m_part->count() > 0 ? 0 : -1, m_part->findData(kept)));
}

QStringList ComparePanel::runsInOrder() const {
  QStringList ids{m_reference->currentData().toString()};
  for (const auto& run : m_runs) {
    if (run.id != ids.first()) {
      ids << run.id;
    }
  }
  return ids;
}

QStringList ComparePanel::arguments() const {
  QStringList arguments{QStringLiteral("compare"), QStringLiteral("--runs"),
                        runsInOrder().join(','), QStringLiteral("--part"), m_part->currentText()};
  if (m_all->isChecked()) {
    arguments << QStringLiteral("--all-against-all");
  }
  return arguments;
}

void ComparePanel::compare() {
  if (m_session.project() == nullptr || m_runs.size() < 2 || m_part->currentIndex() < 0) {
    return;
  }
  ComparisonRequest request;
  request.folder = m_session.project()->folder();
  for (const auto& id : runsInOrder()) {
    request.runs.push_back(id.toStdString());
  }
  request.part = static_cast<data::Part>(m_part->currentData().toInt());
  request.allAgainstAll = m_all->isChecked();
  m_progress = {};
  m_result.reset();  // numbers of another question must not stand under this one
  m_disagreements->setComparison(nullptr);
  showRunning(true);
  showNote(tr("Comparing %1.").arg(runsInOrder().join(QStringLiteral(", "))), Action::None);
  m_task.start(
      [request, sink = m_progress.sink()](const std::stop_token& stop) {
        return compareOn(request, sink, stop);
      },
      [this](Outcome<Comparison> outcome) {
        showRunning(false);
        if (auto* result = std::get_if<Comparison>(&outcome)) {
          takeResult(std::move(*result));
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          m_state->clear();
          showNote(
              tr("These runs cannot be compared: %1").arg(QString::fromStdString(failed->message)),
              Action::ShowRuns);
        }
      });
}

void ComparePanel::stop() {
  m_task.stop();
  showRunning(false);
  m_state->clear();
  showNote(tr("The comparison was stopped."), Action::Again);
}

void ComparePanel::takeResult(Comparison result) {
  m_result = std::make_shared<const Comparison>(std::move(result));
  const auto& shared = m_result->shared;
  m_state->setText(sharedPairsWords(shared));
  m_table.setComparison(m_result);
  m_tableView->setColumnHidden(DifferenceTableModel::Runs, shared.runs.size() == 2);
  m_tableView->resizeColumnsToContents();
  m_precisionRecall->setSpec(precisionRecallPlot(m_result->curves));
  m_roc->setSpec(rocPlot(m_result->curves));
  m_disagreements->setComparison(m_result);
  m_difference->showRuns(runsInOrder());
  showMetric();
  m_pages->showContent();
}

void ComparePanel::showMetric() {
  if (m_result) {
    const auto metric = m_metric->currentData().toString().toStdString();
    m_words->setHtml(comparisonHtml(*m_result, metric));
    m_forest->setSpec(forestPlot(m_result->shared, m_result->found, metric));
    m_forest->resetRange();
  }
}

void ComparePanel::showProgress() {
  static const runs::ProgressEvent kReading{"Reading scores", 0, 0, "", 0, -1};
  showWorkerProgress(*m_bar, *m_state, m_progress.look().value_or(kReading));
}

void ComparePanel::showRunning(bool isRunning) {
  m_bar->setVisible(isRunning);
  m_stop->setVisible(isRunning);
  if (isRunning) {
    showProgress();
    m_ticker.start();
  } else {
    m_ticker.stop();
  }
}

void ComparePanel::showNote(const QString& text, Action action) {
  m_action = action;
  m_pages->showNote(text, action == Action::ShowRuns ? tr("Show runs")
                          : action == Action::Again  ? tr("Compare again")
                                                     : QString());
}

void ComparePanel::forget() {
  m_reading.stop();
  m_task.stop();
  m_runs.clear();
  m_result.reset();
  m_table.setComparison(nullptr);
  m_disagreements->setComparison(nullptr);
  m_difference->showRuns({});
  m_header->hide();
  m_state->clear();
  showRunning(false);
}

}  // namespace twofold::ui
