#include "ui/panels/pairs/pairs_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QRegularExpression>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

#include "core/base/error.h"
#include "core/store/pair_repository.h"
#include "core/store/run_repository.h"
#include "ui/panels/list_look.h"
#include "ui/panels/pairs/pair_table_source.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {
/// Typing filters once the fingers rest, so that a fast typist never waits for the table.
constexpr std::chrono::milliseconds kTypingPause{80};

/// Which set to open a project on: the first that was split, so that runs can have scored it.
int mostUsefulSet(store::PairRepository& repository, const std::vector<data::PairSetInfo>& sets) {
  const auto splits = repository.splits();
  const auto found = std::find_if(sets.begin(), sets.end(), [&](const data::PairSetInfo& set) {
    return std::any_of(splits.begin(), splits.end(),
                       [&](const data::SplitInfo& split) { return split.pairSet == set.name; });
  });
  return found == sets.end() ? 0 : static_cast<int>(found - sets.begin());
}
}  // namespace

PairsPanel::PairsPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme) {
  setObjectName(QStringLiteral("pairsPanel"));
  buildLayout();
  m_typing.setSingleShot(true);
  m_typing.setInterval(kTypingPause);
  connect(&m_typing, &QTimer::timeout, this, &PairsPanel::applyFilter);
  connect(m_filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
  connect(m_label, &QComboBox::currentIndexChanged, this, &PairsPanel::applyFilter);
  connect(m_isExpression, &QCheckBox::toggled, this, &PairsPanel::applyFilter);
  connect(m_withStructure, &QCheckBox::toggled, this, &PairsPanel::applyFilter);
  connect(m_sets, &QComboBox::currentIndexChanged, this, &PairsPanel::load);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &PairsPanel::focusRow);
  // The row in focus, clicked, takes the focus back from a structure shown for its own sake.
  connect(m_table, &QTableView::clicked, this, &PairsPanel::focusRow);
  connect(&m_model, &QAbstractItemModel::modelReset, this, &PairsPanel::followPair);
  connect(&m_session, &Session::projectChanged, this, [this] {
    m_model.setTable({});  // a click must not find a pair of the former project
    fillSets();
  });
  connect(&m_session, &Session::dataChanged, this, &PairsPanel::fillSets);
  connect(&m_session, &Session::runFocused, this, [this] {
    m_model.forgetProbabilities();
    load();
  });
  connect(&m_session, &Session::runsChanged, this, &PairsPanel::followRun);
  connect(&m_session, &Session::pairFocused, this, &PairsPanel::followPair);
  connect(m_pages, &PanelPages::actionWanted, this, &PairsPanel::followNote);
  fillSets();
}

void PairsPanel::followNote() {
  if (m_failed) {
    fillSets();
  } else {
    Q_EMIT m_session.panelWanted(QStringLiteral("data"));
  }
}

void PairsPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  auto* layout = new QVBoxLayout(m_pages->content());
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace2);
  buildFilters(layout);
  buildTable();
  layout->addWidget(m_table, 1);
}

void PairsPanel::buildFilters(QVBoxLayout* layout) {
  m_sets = new QComboBox(m_pages->content());
  m_sets->setObjectName(QStringLiteral("pairSetPicker"));
  m_sets->setAccessibleName(tr("Pair set"));
  m_filter = new QLineEdit(m_pages->content());
  m_filter->setObjectName(QStringLiteral("pairFilter"));
  m_filter->setAccessibleName(tr("Filter pairs by id or name"));
  m_filter->setPlaceholderText(tr("Filter by id or name"));
  m_filter->setClearButtonEnabled(true);
  m_isExpression = new QCheckBox(tr("Regex"), m_pages->content());
  m_isExpression->setObjectName(QStringLiteral("regexFilter"));
  m_isExpression->setToolTip(tr("Read the filter as a regular expression"));
  m_label = new QComboBox(m_pages->content());
  m_label->setObjectName(QStringLiteral("labelFilter"));
  m_label->setAccessibleName(tr("Label"));
  m_label->addItem(tr("All labels"), static_cast<int>(data::Label::Unknown));
  m_label->addItem(tr("Interacts"), static_cast<int>(data::Label::Positive));
  m_label->addItem(tr("Does not"), static_cast<int>(data::Label::Negative));
  m_withStructure = new QCheckBox(tr("With structure"), m_pages->content());
  m_withStructure->setObjectName(QStringLiteral("structureFilter"));
  m_count = new QLabel(m_pages->content());
  m_count->setObjectName(QStringLiteral("pairCount"));
  m_count->setProperty("role", "muted");
  auto* sets = new QHBoxLayout;
  sets->setSpacing(Tokens::kSpace2);
  sets->addWidget(m_sets, 1);
  sets->addWidget(m_label);
  auto* text = new QHBoxLayout;
  text->setSpacing(Tokens::kSpace2);
  text->addWidget(m_filter, 1);
  text->addWidget(m_isExpression);
  auto* state = new QHBoxLayout;
  state->setSpacing(Tokens::kSpace2);
  state->addWidget(m_withStructure);
  state->addStretch(1);
  state->addWidget(m_count);
  layout->addLayout(sets);
  layout->addLayout(text);
  layout->addLayout(state);
}

void PairsPanel::buildTable() {
  m_table = new QTableView(m_pages->content());
  m_table->setObjectName(QStringLiteral("pairTable"));
  m_table->setAccessibleName(tr("Pairs"));
  m_table->setModel(&m_model);
  applyListLook(*m_table);
  m_table->setWordWrap(false);
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->setSortingEnabled(true);
  fitColumns();
}

void PairsPanel::fitColumns() {
  auto* header = m_table->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::Stretch);  // the two ids share what is left
  const QFontMetrics letters(m_table->font());
  constexpr int kPadding = 2 * Tokens::kSpace2 + Tokens::kSpace1;
  for (const auto& [column, widest] : {std::pair{PairColumn::Label, tr("interacts")},
                                       {PairColumn::Part, tr("validation")},
                                       {PairColumn::Probability, tr("Probability")}}) {
    header->setSectionResizeMode(static_cast<int>(column), QHeaderView::Interactive);
    m_table->setColumnWidth(static_cast<int>(column), letters.horizontalAdvance(widest) + kPadding);
  }
}

void PairsPanel::fillSets() {
  const QString before = m_sets->currentText();
  std::vector<data::PairSetInfo> sets;
  int useful = 0;
  QString problem;
  try {
    if (m_session.project() != nullptr) {
      store::PairRepository repository(m_session.project()->database());
      sets = repository.sets();
      useful = mostUsefulSet(repository, sets);
    }
  } catch (const Error& error) {
    problem = error.what();
    sets.clear();
  }
  {
    const QSignalBlocker quiet(m_sets);
    m_sets->clear();
    for (const auto& set : sets) {
      m_sets->addItem(QString::fromStdString(set.name));
    }
    const int same = m_sets->findText(before);
    m_sets->setCurrentIndex(same >= 0 ? same : useful);
  }
  if (!problem.isEmpty()) {
    showFailure(problem);
  } else if (sets.empty()) {
    showEmpty();
  } else {
    m_pages->showContent();
    load();
  }
}

void PairsPanel::showEmpty() {
  m_task.stop();
  m_model.setTable({});
  m_failed = false;
  m_pages->showNote(
      tr("Protein pairs are listed here: filter, sort, click one to see it everywhere. "
         "There are none yet."),
      m_session.project() == nullptr ? QString() : tr("Import pairs"));
}

void PairsPanel::showFailure(const QString& reason) {
  m_task.stop();
  m_model.setTable({});
  m_failed = true;
  m_pages->showNote(tr("The pairs cannot be read.\n%1").arg(reason), tr("Try again"));
}

void PairsPanel::load() {
  if (m_session.project() == nullptr || m_sets->currentIndex() < 0) {
    return;
  }
  const PairTableRequest request{m_session.project()->folder(), m_sets->currentText().toStdString(),
                                 m_session.run().toStdString()};
  m_runHadEnded = runHasEnded();
  m_count->setText(tr("Reading pairs"));
  m_task.start([request](const std::stop_token& stop) { return loadPairTable(request, stop); },
               [this](Outcome<PairTable> outcome) {
                 if (auto* table = std::get_if<PairTable>(&outcome)) {
                   take(std::move(*table));
                 } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                   showFailure(QString::fromStdString(failed->message));
                 }
               });
}

bool PairsPanel::runHasEnded() const {
  if (m_session.project() == nullptr || m_session.run().isEmpty()) {
    return false;
  }
  try {
    store::RunRepository runs(m_session.project()->database());
    return runs.run(m_session.run().toStdString()).status == store::RunStatus::Done;
  } catch (const Error&) {
    return false;  // deleted meanwhile
  }
}

void PairsPanel::followRun() {
  if (!m_runHadEnded && runHasEnded()) {
    load();
  }
}

void PairsPanel::take(PairTable table) {
  if (!table.problem.empty()) {
    Q_EMIT m_session.message(QString::fromStdString(table.problem), true);
  }
  m_model.setTable(std::move(table));
  m_pages->showContent();
  showCount();
  Q_EMIT loaded();
}

void PairsPanel::applyFilter() {
  const QString text = m_filter->text().trimmed();
  const QRegularExpression expression(m_isExpression->isChecked() ? text : QString());
  m_filter->setProperty("state", expression.isValid() ? QVariant() : QVariant("bad"));
  m_filter->setToolTip(expression.isValid() ? QString() : expression.errorString());
  m_filter->style()->polish(m_filter);
  m_model.setFilter({text.toStdString(), m_isExpression->isChecked(),
                     static_cast<data::Label>(m_label->currentData().toInt()),
                     m_withStructure->isChecked()});
  showCount();
}

void PairsPanel::showCount() {
  m_count->setText(tr("%1 of %2 pairs")
                       .arg(countText(m_model.rowCount()),
                            countText(static_cast<qint64>(m_model.table().size()))));
}

void PairsPanel::focusRow(const QModelIndex& index) {
  if (!index.isValid()) {
    return;
  }
  const auto& table = m_model.table();
  const auto pair = m_model.pairAt(index.row());
  const auto a = static_cast<std::size_t>(table.a[pair]);
  const auto b = static_cast<std::size_t>(table.b[pair]);
  FocusedPair focused;
  focused.pairSet = QString::fromStdString(table.pairSet);
  focused.index = pair;
  focused.keyA = table.proteins.keys[a];
  focused.keyB = table.proteins.keys[b];
  focused.idA = QString::fromStdString(table.proteins.ids[a]);
  focused.idB = QString::fromStdString(table.proteins.ids[b]);
  focused.label = table.label[pair];
  m_session.focusPair(focused);
}

void PairsPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  bringRowInSight();
}

void PairsPanel::bringRowInSight() {
  // Later, when a page that was just turned to has its size.
  QMetaObject::invokeMethod(
      this, [this] { m_table->scrollTo(m_table->currentIndex()); }, Qt::QueuedConnection);
}

void PairsPanel::followPair() {
  const auto& pair = m_session.pair();
  if (!pair || pair->pairSet.toStdString() != m_model.table().pairSet) {
    return;
  }
  const int row = m_model.rowOf(pair->index);
  if (row >= 0 && m_table->currentIndex().row() != row) {
    const QSignalBlocker quiet(m_table->selectionModel());
    m_table->setCurrentIndex(m_model.index(row, 0));
    m_table->viewport()->update();
    bringRowInSight();
  }
}

bool PairsPanel::focusFirstPair() {
  if (m_model.rowCount() == 0) {
    return false;
  }
  PairFilter structured;
  structured.withStructure = true;
  const auto rows = filterPairs(m_model.table(), structured);
  const int row = rows.empty() ? 0 : std::max(0, m_model.rowOf(rows.front()));
  m_table->setCurrentIndex(m_model.index(row, 0));
  bringRowInSight();
  return true;
}

void PairsPanel::step(int rows) {
  if (m_model.rowCount() > 0) {
    const int row = m_table->currentIndex().row() + rows;
    m_table->setCurrentIndex(m_model.index(std::clamp(row, 0, m_model.rowCount() - 1), 0));
  }
}

void PairsPanel::startFilter() {
  m_filter->setFocus();
  m_filter->selectAll();
}

}  // namespace twofold::ui
