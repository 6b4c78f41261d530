#include "ui/panels/errors/errors_panel.h"

#include <QSignalBlocker>
#include <chrono>
#include <cmath>
#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr std::chrono::milliseconds kFollow{60};
constexpr std::chrono::milliseconds kRest{150};  // a slider that stands that long has arrived

QString purpose() {
  return ErrorsPanel::tr("On which pairs and proteins a run fails appears here.");
}

QString partName(data::Part part) {
  return part == data::Part::Test ? ErrorsPanel::tr("Test") : ErrorsPanel::tr("Validation");
}

}  // namespace

ErrorsPanel::ErrorsPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session), m_followers(kFollow, [this](const double&) {
        m_pairModel.setThreshold(m_point->threshold());  // of the run that is here by now
        showPairWords();
        startCalls();
      }) {
  setObjectName(QStringLiteral("errorsPanel"));
  m_rest.setSingleShot(true);
  m_rest.setInterval(kRest);
  buildLayout(theme);
  connectAll();
  showNothing(purpose());
}

ErrorsPanel::~ErrorsPanel() = default;

void ErrorsPanel::connectAll() {
  const auto reread = [this] {
    m_stale = true;
    if (isVisible()) {
      refresh();
    }
  };
  connect(&m_session, &Session::runFocused, this, reread);
  connect(&m_session, &Session::projectChanged, this, [this, reread] {
    m_runShown.clear();
    showNothing(purpose());  // the former project's work ends at once, in sight or not
    reread();
  });
  // A run that is shown stays as it is, with what was chosen for it, while others train.
  connect(&m_session, &Session::runsChanged, this, [this] {
    m_hasNews = true;
    if (isVisible()) {
      lookAgain();
    }
  });
  connect(m_pages, &PanelPages::actionWanted, this,
          [this] { Q_EMIT m_session.panelWanted(QStringLiteral("runs")); });
  connect(m_part, &QComboBox::activated, this, &ErrorsPanel::choosePart);
  connect(m_copyCommand, &QPushButton::clicked, this, &ErrorsPanel::copyCommand);
  connect(m_point, &OperatingPointBox::thresholdChanged, this, &ErrorsPanel::follow);
  connect(m_point, &OperatingPointBox::prevalenceChanged, this, [this] { m_rest.start(); });
  connect(m_point, &OperatingPointBox::cellChosen, this, &ErrorsPanel::filterPairs);
  connect(&m_rest, &QTimer::timeout, this, &ErrorsPanel::startSureness);
  connect(m_strata, &StrataView::kindChanged, this, [this] {
    filterPairs();
    startSureness();
  });
  connect(m_strata, &StrataView::nearestFound, this,
          [this] { m_proteinModel.setNearest(m_strata->nearest()); });
  connect(m_strata, &StrataView::binChosen, this, [this] {
    if (m_strata->bin()) {
      chooseProtein(std::nullopt);
    }
    filterPairs();
  });
  connect(m_proteins->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& index) {
            if (index.isValid()) {
              m_protein = m_proteinModel.proteinAt(index.row());
              m_strata->clearBin();
            }
            filterPairs();
          });
  // Sorted anew, or at another threshold, the same protein stays chosen.
  connect(&m_proteinModel, &QAbstractItemModel::modelReset, this,
          [this] { chooseProtein(m_protein); });
  connect(m_showAll, &QPushButton::clicked, this, &ErrorsPanel::clearFilter);
  connect(m_pairs->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &ErrorsPanel::focusPair);
  connect(m_pairs, &QTableView::activated, this, [this](const QModelIndex& index) {
    focusPair(index);
    Q_EMIT m_session.panelWanted(QStringLiteral("pair"));
  });
}

bool ErrorsPanel::isLoading() const {
  return m_load.isRunning() || m_calls.isRunning() || m_sureness.isRunning() ||
         m_looking.isRunning() || m_rest.isActive();
}

void ErrorsPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_stale) {
    refresh();
  } else if (m_hasNews) {
    lookAgain();
  }
}

void ErrorsPanel::lookAgain() {
  m_hasNews = false;
  if (m_errors == nullptr) {
    refresh();
    return;
  }
  m_looking.start([store = m_session.project()->database().path(), id = m_runShown.toStdString()](
                      const std::stop_token&) { return stampOf(store, id); },
                  [this, shown = m_errors](const Outcome<RunStamp>& outcome) {
                    const auto* stamp = std::get_if<RunStamp>(&outcome);
                    // A run that is gone says so when it is read.
                    if (m_errors == shown && (stamp == nullptr || *stamp != shown->stamp)) {
                      refresh();
                    }
                  });
}

void ErrorsPanel::choosePart() {
  if (m_errors != nullptr &&
      m_part->currentData().toInt() == static_cast<int>(m_errors->part.part)) {
    return;
  }
  m_choosesPart = true;
  m_pages->showNote(tr("Reading what run %1 said…").arg(m_runShown));
  refresh();
}

void ErrorsPanel::refresh() {
  m_stale = false;
  m_hasNews = false;
  m_looking.stop();
  if (m_session.project() == nullptr || m_session.run().isEmpty()) {
    m_runShown.clear();
    showNothing(tr("On which pairs and proteins a run fails appears here, with its threshold and "
                   "what to expect where interactions are rarer. Choose a run."),
                tr("Show runs"));
    return;
  }
  const QString run = m_session.run();
  const bool isSame = std::exchange(m_runShown, run) == run;
  std::optional<data::Part> part;
  if (isSame && m_part->currentIndex() >= 0) {
    part = static_cast<data::Part>(m_part->currentData().toInt());
  }
  if (!isSame) {
    m_pages->showNote(tr("Reading what run %1 said…").arg(run));
  }
  m_load.start([store = m_session.project()->database().path(), id = run.toStdString(),
                part](const std::stop_token& stop) { return loadErrors(store, id, part, stop); },
               [this](Outcome<SharedErrors> outcome) {
                 if (auto* loaded = std::get_if<SharedErrors>(&outcome)) {
                   take(std::move(*loaded));
                 } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                   showNothing(QString::fromStdString(failed->message));
                 }
               });
}

void ErrorsPanel::showNothing(const QString& text, const QString& action) {
  for (auto* task : {&m_load, &m_calls, &m_sureness, &m_looking, &m_export}) {
    task->stop();
  }
  m_rest.stop();
  m_errors.reset();
  m_choosesPart = false;
  {
    const QSignalBlocker quiet(m_strata);
    m_strata->setErrors(nullptr, {});  // its search for relatives ends too
  }
  m_protein.reset();
  m_pairModel.setErrors(nullptr, 0.5);
  m_proteinModel.setList(nullptr, {});
  m_part->clear();
  m_pages->showNote(text, action);
}

void ErrorsPanel::take(SharedErrors loaded) {
  if (loaded->parts.empty()) {
    showNothing(tr("Run %1 has stored no scores yet. Where it fails appears here when its "
                   "evaluation ends.")
                    .arg(m_runShown),
                tr("Show runs"));
    return;
  }
  if (loaded->isEmpty()) {
    showNothing(tr("None of the %1 pairs that run %2 has scored here has a label, so nothing says "
                   "where it is right.")
                    .arg(countText(loaded->part.unlabelled), m_runShown));
    return;
  }
  {
    const QSignalBlocker quiet(m_part);
    m_part->clear();
    for (const auto part : loaded->parts) {
      m_part->insertItem(0, partName(part), static_cast<int>(part));
    }
    m_part->setCurrentIndex(m_part->findData(static_cast<int>(loaded->part.part)));
  }
  const bool isSamePart = m_errors != nullptr && m_errors->part.run == loaded->part.run &&
                          m_errors->part.part == loaded->part.part;
  m_errors = std::move(loaded);
  m_protein.reset();
  m_point->setErrors(m_errors, isSamePart);
  m_proteinModel.setList(nullptr, {});
  m_proteinModel.setNearest(nullptr);
  m_pairModel.setErrors(m_errors, m_point->threshold());
  {
    const QSignalBlocker quiet(m_strata);
    m_strata->setErrors(m_errors, m_session.project()->database().path());
  }
  m_pages->showContent();
  if (std::exchange(m_choosesPart, false)) {
    m_part->setFocus();
  }
  showPairWords();
  startCalls();
  startSureness();
}

void ErrorsPanel::follow() {
  m_followers.push(m_point->threshold());
  m_rest.start();
}

void ErrorsPanel::startCalls() {
  if (m_errors == nullptr) {
    return;
  }
  m_calls.start([loaded = m_errors, threshold = m_point->threshold()](
                    const std::stop_token&) { return callsAt(loaded->part, threshold); },
                [this](Outcome<CallsAtThreshold> outcome) {
                  if (auto* calls = std::get_if<CallsAtThreshold>(&outcome)) {
                    showCalls(std::move(*calls));
                  } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                    Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
                  }
                });
}

void ErrorsPanel::showCalls(CallsAtThreshold calls) {
  const auto& list = calls.proteins;
  m_proteinWords->setText(
      tr("By the lower end of the error rate's interval, so that one wrong pair of one does not "
         "lead. On %1 of %2 proteins the run errs more often than on all pairs (%3), with an "
         "interval wholly above; by accident alone it would be on about %4.")
          .arg(countText(list.above), countText(static_cast<qint64>(list.proteins.size())),
               probabilityText(list.errorRate), countText(std::llround(list.aboveByChance))));
  m_proteinModel.setList(m_errors, std::move(calls.proteins));
  m_coverage->setCurve(std::move(calls.selective), static_cast<qint64>(m_errors->part.size()));
}

void ErrorsPanel::startSureness() {
  if (m_errors == nullptr) {
    return;
  }
  SurenessRequest request;
  request.store = m_session.project()->database().path();
  request.loaded = m_errors;
  request.threshold = m_point->threshold();
  if (!m_point->isOwnPrevalence()) {
    request.prevalence = m_point->prevalence();
  }
  request.trait = m_strata->trait();
  request.which = m_strata->which();
  request.binning = m_strata->binning();
  request.nearest = m_strata->nearest();
  m_sureness.start([request](const std::stop_token& stop) { return surenessOf(request, stop); },
                   [this](Outcome<Sureness> outcome) {
                     if (const auto* found = std::get_if<Sureness>(&outcome)) {
                       m_point->showIntervals(found->point);
                       m_strata->showStrata(*found);
                     } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                       Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
                     }
                   });
}

void ErrorsPanel::chooseProtein(std::optional<std::uint32_t> protein) {
  m_protein = protein;
  const int row = protein ? m_proteinModel.rowOf(*protein) : -1;
  const QSignalBlocker quiet(m_proteins->selectionModel());
  if (row < 0) {
    m_proteins->clearSelection();
  }
  m_proteins->setCurrentIndex(m_proteinModel.index(row, 0));
  m_proteins->viewport()->update();
}

void ErrorsPanel::filterPairs() {
  if (m_errors == nullptr) {
    return;
  }
  ErrorPairFilter filter;
  filter.cell = m_point->cell();
  filter.protein = m_protein;
  if (const auto bin = m_strata->bin()) {
    filter.binning = m_strata->binning();
    filter.bin = *bin;
  }
  m_pairModel.setFilter(filter);
  showPairWords();
}

void ErrorsPanel::clearFilter() {
  m_point->clearCell();
  m_strata->clearBin();
  chooseProtein(std::nullopt);
  m_pairModel.setFilter({});
  showPairWords();
}

void ErrorsPanel::showPairWords() {
  const auto& filter = m_pairModel.filter();
  QStringList what;
  if (filter.cell) {
    static const QStringList kCells = {tr("true positives"), tr("false positives"),
                                       tr("true negatives"), tr("false negatives")};
    what << kCells.value(static_cast<int>(*filter.cell));
  } else {
    what << tr("pairs");
  }
  if (filter.protein) {
    what << tr("of %1").arg(QString::fromStdString(m_errors->part.proteins[*filter.protein].id));
  }
  if (filter.binning != nullptr) {
    what << tr("with %1, %2")
                .arg(QString::fromStdString(filter.binning->title),
                     QString::fromStdString(filter.binning->names[filter.bin]));
  }
  const bool isFiltered = filter.cell || filter.protein || filter.binning != nullptr;
  m_pairWords->setText(isFiltered
                           ? tr("%1 %2").arg(countText(m_pairModel.rowCount()), what.join(' '))
                           : tr("All %1 labelled pairs, the most wrong first")
                                 .arg(countText(m_pairModel.rowCount())));
  m_showAll->setEnabled(isFiltered);
}

void ErrorsPanel::focusPair(const QModelIndex& index) {
  if (!index.isValid() || m_errors == nullptr) {
    return;
  }
  const auto row = m_pairModel.rows().at(static_cast<std::size_t>(index.row()));
  const auto& part = m_errors->part;
  const auto& a = part.proteins[static_cast<std::size_t>(part.a[row])];
  const auto& b = part.proteins[static_cast<std::size_t>(part.b[row])];
  m_session.focusPair(FocusedPair{QString::fromStdString(part.pairSet), part.indices[row], a.key,
                                  b.key, QString::fromStdString(a.id), QString::fromStdString(b.id),
                                  static_cast<data::Label>(part.labels[row])});
}

}  // namespace twofold::ui
