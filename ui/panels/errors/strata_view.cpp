#include "ui/panels/errors/strata_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>
#include <utility>

#include "core/audit/mmseqs.h"
#include "ui/panels/list_look.h"
#include "ui/panels/worker_form.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

using errors::Trait;
using errors::Which;

namespace {

constexpr std::chrono::milliseconds kLook{200};

/// Which of both proteins: first the one with the lower value.
std::pair<QString, QString> whichWords(Trait trait) {
  switch (trait) {
    case Trait::Length:
      return {StrataView::tr("of the shorter protein"), StrataView::tr("of the longer protein")};
    case Trait::Degree:
      return {StrataView::tr("of the protein with fewer"),
              StrataView::tr("of the protein with more")};
    case Trait::Similarity:
      return {StrataView::tr("of the farther protein"), StrataView::tr("of the nearer protein")};
    default:
      return {StrataView::tr("of both proteins"), StrataView::tr("of both proteins")};
  }
}

}  // namespace

StrataView::StrataView(const Theme& theme, QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("strataView"));
  buildLayout(theme);
  connectAll();
}

void StrataView::buildLayout(const Theme& theme) {
  m_trait = new QComboBox(this);
  m_trait->setObjectName(QStringLiteral("trait"));
  for (const auto& [trait, text] : {std::pair{Trait::Length, tr("Length")},
                                    {Trait::Degree, tr("Training pairs")},
                                    {Trait::Similarity, tr("Likeness to training")},
                                    {Trait::Species, tr("Organism")},
                                    {Trait::Compartment, tr("Compartment of the cell")}}) {
    m_trait->addItem(text, static_cast<int>(trait));
  }
  m_which = new QComboBox(this);
  m_which->setObjectName(QStringLiteral("which"));
  m_which->setAccessibleName(tr("Which of a pair's proteins"));
  m_which->addItem(whichWords(Trait::Length).first, static_cast<int>(Which::Lower));
  m_which->addItem(whichWords(Trait::Length).second, static_cast<int>(Which::Higher));
  m_which->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_which->setCurrentIndex(1);
  auto* label = new QLabel(tr("&Kind"), this);
  label->setBuddy(m_trait);
  m_words = wordsLabel(this, "strataWords");
  m_words->setProperty("role", "muted");
  m_table = new QTableView(this);
  m_table->setObjectName(QStringLiteral("strataTable"));
  m_table->setAccessibleName(tr("Kinds of pairs"));
  m_table->setModel(&m_model);
  applyListLook(*m_table);
  m_table->setWordWrap(false);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  m_plot = new PlotView(theme, this);
  m_plot->setObjectName(QStringLiteral("strataPlot"));
  auto* line = new QHBoxLayout;
  line->setSpacing(Tokens::kSpace2);
  line->addWidget(label);
  line->addWidget(m_trait);
  line->addWidget(m_which);
  line->addStretch(1);
  auto* split = new QSplitter(Qt::Vertical, this);
  split->setChildrenCollapsible(false);
  split->addWidget(m_table);
  split->addWidget(m_plot);
  split->setStretchFactor(1, 1);
  split->setSizes({150, 220});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(line);
  layout->addWidget(m_words);
  layout->addWidget(buildSearch());
  layout->addWidget(split, 1);
}

QWidget* StrataView::buildSearch() {
  m_searchBox = new QWidget(this);
  m_find = namedButton(m_searchBox, tr("Find relatives"), "findRelatives");
  m_stop = namedButton(m_searchBox, tr("Stop"), "stopRelatives");
  m_stop->hide();
  m_bar = new QProgressBar(m_searchBox);
  m_bar->setAccessibleName(tr("Progress of the search for relatives"));
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  m_bar->hide();
  m_step = wordsLabel(m_searchBox, "relativesStep");
  auto* layout = new QHBoxLayout(m_searchBox);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_find);
  layout->addWidget(m_stop);
  layout->addWidget(m_bar, 1);
  layout->addWidget(m_step, 2);
  m_searchBox->hide();
  return m_searchBox;
}

void StrataView::connectAll() {
  connect(m_trait, &QComboBox::currentIndexChanged, this, &StrataView::changeKind);
  connect(m_which, &QComboBox::currentIndexChanged, this, &StrataView::changeKind);
  connect(m_find, &QPushButton::clicked, this, &StrataView::startSearch);
  connect(m_stop, &QPushButton::clicked, this, [this] {
    m_search.stop();
    endSearch(tr("Stopped; nothing of it is kept."));
  });
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &StrataView::binChosen);
  m_look.setInterval(kLook);
  connect(&m_look, &QTimer::timeout, this, [this] {
    if (const auto progress = m_progress.look()) {
      showWorkerProgress(*m_bar, *m_step, *progress);
    }
  });
}

void StrataView::setErrors(SharedErrors loaded, std::filesystem::path store) {
  m_search.stop();
  m_errors = std::move(loaded);
  m_store = std::move(store);
  m_nearest.reset();
  endSearch({});
  changeKind();
}

Trait StrataView::trait() const {
  return static_cast<Trait>(m_trait->currentData().toInt());
}

Which StrataView::which() const {
  return static_cast<Which>(m_which->currentData().toInt());
}

SharedBinning StrataView::binning() const {
  return m_binning;
}

void StrataView::changeKind() {
  m_binning.reset();
  m_model.setStrata({});
  const bool ofOne =
      trait() == Trait::Length || trait() == Trait::Degree || trait() == Trait::Similarity;
  m_which->setEnabled(ofOne);
  m_which->setItemText(0, whichWords(trait()).first);
  m_which->setItemText(1, whichWords(trait()).second);
  m_searchBox->setVisible(trait() == Trait::Similarity && m_nearest == nullptr);
  m_find->setEnabled(m_errors != nullptr && m_errors->part.hasTraining);
  showWaiting();
  Q_EMIT kindChanged();
}

void StrataView::showWaiting() {
  if (m_model.rowCount() == 0) {
    m_words->setText(tr("Drawing proteins for the intervals."));
    m_plot->hide();
  }
}

void StrataView::showStrata(const Sureness& sureness) {
  const auto before = bin();
  m_binning = sureness.binning;
  m_model.setStrata(sureness.strata);
  m_plot->setVisible(m_model.rowCount() > 0);
  if (m_binning == nullptr) {
    m_words->setText(
        !m_errors->part.hasTraining
            ? tr("The run has no split, so what it was trained on is not known.")
            : tr("How near the %1 proteins of this part are to the %2 of training has to be found "
                 "by alignment, which takes seconds to minutes.")
                  .arg(countText(static_cast<qint64>(m_errors->part.proteins.size())),
                       countText(static_cast<qint64>(m_errors->part.training.size()))));
    return;
  }
  const auto& strata = m_model.strata();
  QString words = tr("By %1.").arg(QString::fromStdString(strata.title));
  if (strata.left > 0) {
    words += tr(" %1 pairs with %2 are left out.")
                 .arg(countText(strata.left), QString::fromStdString(strata.none));
  }
  m_words->setText(words);
  m_plot->setSpec(strataPlot(strata));
  if (before) {
    for (int row = 0; row < m_model.rowCount(); ++row) {
      if (m_binning->names[*before] == strata.bins[static_cast<std::size_t>(row)].name) {
        const QSignalBlocker quiet(m_table->selectionModel());
        m_table->setCurrentIndex(m_model.index(row, 0));
      }
    }
  }
}

std::optional<std::uint32_t> StrataView::bin() const {
  const int row = m_table->currentIndex().row();
  if (row < 0 || row >= m_model.rowCount() || m_binning == nullptr) {
    return std::nullopt;
  }
  const auto& names = m_binning->names;
  const auto& name = m_model.strata().bins[static_cast<std::size_t>(row)].name;
  return static_cast<std::uint32_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

void StrataView::clearBin() {
  const QSignalBlocker quiet(m_table->selectionModel());
  m_table->clearSelection();
  m_table->setCurrentIndex({});
}

void StrataView::startSearch() {
  m_progress = {};
  m_find->hide();
  m_stop->show();
  m_stop->setFocus();
  m_bar->setRange(0, 0);
  m_bar->show();
  m_step->setText(tr("Reading sequences"));
  m_look.start();
  m_search.start(
      [loaded = m_errors, store = m_store, sink = m_progress.sink()](const std::stop_token& stop) {
        store::Database database(store, store::Access::ReadOnly);
        const auto path = qEnvironmentVariable("PATH").toStdString();
        return std::make_shared<const std::vector<errors::NearestInTraining>>(
            errors::nearestInTraining(database, loaded->part, {0, audit::findMmseqs(path)}, sink,
                                      stop));
      },
      [this](Outcome<SharedNearest> outcome) {
        if (const auto* failed = std::get_if<Failed>(&outcome)) {
          endSearch(QString::fromStdString(failed->message));
        } else if (auto* found = std::get_if<SharedNearest>(&outcome)) {
          m_nearest = std::move(*found);
          endSearch({});
          Q_EMIT nearestFound();
          changeKind();
        }
      });
}

void StrataView::endSearch(const QString& words) {
  m_look.stop();
  m_find->show();
  m_stop->hide();
  m_bar->hide();
  m_step->setText(words);
}

}  // namespace twofold::ui
