#include "ui/panels/evidence/neighbours_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/list_look.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

QString countedEvidence(const NeighbourList& list, const NeighbourList& other) {
  const auto marks = interologs(list, other);
  const auto speaking = std::count_if(marks.begin(), marks.end(),
                                      [](const Interolog& mark) { return mark.isEvidence(); });
  return NeighboursPage::tr("%1 of the %2 nearest to %3")
      .arg(speaking)
      .arg(list.rows.size())
      .arg(list.protein);
}

bool anyEvidence(const NeighbourList& list, const NeighbourList& other) {
  const auto marks = interologs(list, other);
  return std::any_of(marks.begin(), marks.end(),
                     [](const Interolog& mark) { return mark.isEvidence(); });
}

}  // namespace

QString interologSummary(const NeighbourList& a, const NeighbourList& b) {
  if (!anyEvidence(a, b) && !anyEvidence(b, a)) {
    return NeighboursPage::tr(
        "No interologs: none of these neighbours is known to interact with the other protein or "
        "with one near it.");
  }
  const QString counts =
      a.protein == b.protein
          ? countedEvidence(a, b)
          : NeighboursPage::tr("%1 and %2").arg(countedEvidence(a, b), countedEvidence(b, a));
  return NeighboursPage::tr(
             "Interologs: %1 are known to interact with the other protein or with one near it.")
      .arg(counts);
}

NeighboursPage::NeighboursPage(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_session(session) {
  setObjectName(QStringLiteral("neighboursPage"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  m_strip = buildStrip(theme);
  layout->addWidget(m_strip);
  m_below = new QWidget(this);
  layout->addWidget(m_below, 1);
  m_pages = new PanelPages(theme, m_below);
  m_summary = new QLabel(m_pages->content());
  m_summary->setObjectName(QStringLiteral("interologSummary"));
  m_summary->setWordWrap(true);
  m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_sides = {buildSide(theme, true), buildSide(theme, false)};
  auto* content = new QVBoxLayout(m_pages->content());
  content->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace3);
  content->setSpacing(Tokens::kSpace3);
  content->addWidget(m_summary);
  content->addWidget(m_sides[0].block, 1);
  content->addWidget(m_sides[1].block, 1);
  connect(m_pages, &PanelPages::actionWanted, this, [this] {
    if (m_session.run().isEmpty()) {
      Q_EMIT m_session.panelWanted(QStringLiteral("runs"));
    } else {
      find();
    }
  });
  connect(&m_search, &NeighbourSearch::progressed, this, &NeighboursPage::showProgress);
  connect(&m_search, &NeighbourSearch::changed, this, &NeighboursPage::refresh);
  connect(m_stop, &QPushButton::clicked, &m_search, &NeighbourSearch::stop);
}

QWidget* NeighboursPage::buildStrip(const Theme& theme) {
  auto* strip = new QWidget(this);
  m_state = new QLabel(strip);
  m_state->setObjectName(QStringLiteral("neighboursState"));
  m_state->setFont(theme.font(Theme::Size::Body));
  m_state->setWordWrap(true);
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_bar = new QProgressBar(strip);
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  m_bar->setAccessibleName(tr("Progress of the search"));
  m_stop = new QPushButton(tr("Stop"), strip);
  m_stop->setObjectName(QStringLiteral("neighboursStop"));
  auto* across = new QHBoxLayout;
  across->setSpacing(Tokens::kSpace3);
  across->addWidget(m_state, 1);
  across->addWidget(m_stop);
  auto* layout = new QVBoxLayout(strip);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addLayout(across);
  layout->addWidget(m_bar);
  strip->hide();
  return strip;
}

NeighboursPage::Side NeighboursPage::buildSide(const Theme& theme, bool first) {
  Side side{};
  side.block = new QWidget(m_pages->content());
  side.title = new ProteinTitle(theme, first ? proteinAColor() : proteinBColor(), side.block);
  side.model = new NeighbourTableModel(theme, this);
  side.table = new QTableView(side.block);
  side.table->setObjectName(first ? QStringLiteral("neighboursA") : QStringLiteral("neighboursB"));
  side.table->setModel(side.model);
  applyListLook(*side.table);
  side.table->setWordWrap(false);
  side.table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  side.table->horizontalHeader()->setStretchLastSection(true);
  auto* layout = new QVBoxLayout(side.block);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addWidget(side.title);
  layout->addWidget(side.table, 1);
  return side;
}

QStringList NeighboursPage::proteins() const {
  const auto& pair = m_session.pair();
  if (!pair) {
    return {};
  }
  return pair->idA == pair->idB ? QStringList{pair->idA} : QStringList{pair->idA, pair->idB};
}

void NeighboursPage::find() {
  if (m_session.project() != nullptr && m_session.pair() && !m_session.run().isEmpty()) {
    m_search.find(QString::fromStdString(m_session.project()->folder().string()), m_session.run(),
                  proteins());
  }
}

void NeighboursPage::refresh() {
  const auto& pair = m_session.pair();
  showStrip();
  if (!pair) {
    return;  // the panel says so
  }
  if (m_session.run().isEmpty()) {
    m_pages->showNote(tr("The training proteins that a run's backbone sees as most alike to %1 and "
                         "%2 appear here, with their known partners. No run is in focus: click one "
                         "in Compare.")
                          .arg(pair->idA, pair->idB),
                      tr("Show runs"));
    return;
  }
  const auto wanted = proteins();
  const bool known = std::all_of(wanted.begin(), wanted.end(), [this](const QString& protein) {
    return m_search.found(m_session.run(), protein) != nullptr;
  });
  if (known) {
    showLists();
    m_pages->showContent();
    return;
  }
  m_pages->showNote(
      tr("The training proteins of run %1 nearest to %2 appear here, with sequence identity and "
         "known partners. Those that interact with the other protein, or with one near it, speak "
         "for the pair. The first search of a run embeds its training proteins, which may take "
         "a while; it can be stopped.")
          .arg(m_session.run(), wanted.join(tr(" and "))),
      m_search.isBusy() ? QString() : tr("Find neighbours"));
}

void NeighboursPage::showStrip() {
  const bool mine = m_search.run() == m_session.run() && m_search.subject() == proteins();
  const bool busy = m_search.isBusy();
  const bool bad = !busy && mine && !m_search.problem().isEmpty();
  m_strip->setVisible(busy || bad || (mine && m_search.wasStopped()));
  m_bar->setVisible(busy);
  m_stop->setVisible(busy);
  m_state->setProperty("state", bad ? QVariant("bad") : QVariant());
  m_state->style()->unpolish(m_state);
  m_state->style()->polish(m_state);
  if (busy) {
    showProgress();
  } else {
    m_state->setText(bad ? m_search.problem() : tr("The search was stopped."));
  }
}

void NeighboursPage::showProgress() {
  constexpr int kSteps = 1000;
  m_bar->setRange(0, m_search.share() < 0 ? 0 : kSteps);
  m_bar->setValue(static_cast<int>(m_search.share() * kSteps));
  m_state->setText(
      tr("Neighbours of %1: %2").arg(m_search.subject().join(tr(" and ")), m_search.words()));
}

void NeighboursPage::showLists() {
  const auto& pair = *m_session.pair();
  const std::array ids = {pair.idA, pair.idB};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& list = *m_search.found(m_session.run(), ids[i]);
    const auto& other = *m_search.found(m_session.run(), ids[1 - i]);
    m_sides[i].title->say(ids[i], tr("nearest of %1 training proteins in the embeddings of %2, "
                                     "by squared distance")
                                      .arg(countText(list.searched), list.backbone));
    m_sides[i].model->setList(list, interologs(list, other), ids[1 - i]);
    m_sides[i].table->setAccessibleName(tr("Training proteins near %1").arg(ids[i]));
    for (int column = 0; column + 1 < NeighbourTableModel::kColumns; ++column) {
      m_sides[i].table->resizeColumnToContents(column);
    }
  }
  m_sides[1].block->setVisible(pair.idA != pair.idB);
  m_summary->setText(interologSummary(*m_search.found(m_session.run(), pair.idA),
                                      *m_search.found(m_session.run(), pair.idB)));
}

}  // namespace twofold::ui
