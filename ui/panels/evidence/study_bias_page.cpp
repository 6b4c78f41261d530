#include "ui/panels/evidence/study_bias_page.h"

#include <QVBoxLayout>
#include <cmath>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr double kMuchStudied = 0.9;
constexpr double kLittleStudied = 0.1;

/// Rounded down, so that 90 is never said of less than nine tenths, nor 100 of less than all.
QString percent(double share) {
  return share > 0.99 ? QString::number(std::floor(1000 * share) / 10)
                      : QString::number(std::floor(100 * share));
}

QString rankWords(const ProjectEvidence& project, std::int64_t publications) {
  const auto share = studyShare(project, publications);
  if (!share) {
    return publications > 0 ? StudyBiasPage::tr("no other protein has a count to compare with")
                            : StudyBiasPage::tr("no publication count was imported for it");
  }
  const auto all = countText(static_cast<qint64>(project.publications.size()));
  return StudyBiasPage::tr(
             "better studied than %1 % of the project's other proteins (%2 have a "
             "publication count)")
      .arg(percent(*share), all);
}

QString publicationWords(std::int64_t publications) {
  return publications == 1  ? StudyBiasPage::tr("1 publication")
         : publications > 1 ? StudyBiasPage::tr("%1 publications").arg(countText(publications))
                            : StudyBiasPage::tr("publications not known");
}

}  // namespace

QString studyBiasWords(const PairEvidence& evidence) {
  const auto a = studyShare(*evidence.project, evidence.publications[0]);
  const auto b = studyShare(*evidence.project, evidence.publications[1]);
  const auto among = [](std::optional<double> share) { return share && *share >= kMuchStudied; };
  const auto weigh = StudyBiasPage::tr(
      " Partners and annotations of such proteins pile up whether or not these two interact: "
      "shared terms and interologs weigh less here. The control channel degree tells how far being "
      "well studied alone goes.");
  if (among(a) && among(b)) {
    return StudyBiasPage::tr(
               "The evidence of this pair rests on much-studied proteins: both are "
               "in the best-studied tenth of the project.") +
           weigh;
  }
  if (among(a) || among(b)) {
    return StudyBiasPage::tr("%1 is in the best-studied tenth of the project.")
               .arg(evidence.ids[among(a) ? 0 : 1]) +
           weigh;
  }
  if (!a || !b) {
    return StudyBiasPage::tr(
        "How much both were studied is not known, so missing annotations may "
        "mean that nobody has looked.");
  }
  if (*a <= kLittleStudied || *b <= kLittleStudied) {
    return StudyBiasPage::tr(
               "%1 is in the least-studied tenth of the project: that little is known "
               "of it says little against the pair.")
        .arg(evidence.ids[*a <= kLittleStudied ? 0 : 1]);
  }
  return StudyBiasPage::tr(
      "Neither protein is in the best-studied or the least-studied tenth of the "
      "project: study bias is a lesser worry for this pair.");
}

StudyBiasPage::StudyBiasPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_pages(new PanelPages(theme, this)) {
  setObjectName(QStringLiteral("studyBiasPage"));
  auto* layout = new QVBoxLayout(m_pages->content());
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3, Tokens::kSpace3);
  layout->setSpacing(Tokens::kSpace4);
  m_words = new QLabel(m_pages->content());
  m_words->setObjectName(QStringLiteral("studyBiasWords"));
  m_words->setWordWrap(true);
  m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(m_words);
  for (std::size_t i = 0; i < 2; ++i) {
    const QColor color = i == 0 ? proteinAColor() : proteinBColor();
    auto* block = new QWidget(m_pages->content());
    auto& side = m_sides[i];
    side.title = new ProteinTitle(theme, color, block);
    side.bar = new RankBar(theme, color, block);
    side.rank = new QLabel(block);
    side.rank->setObjectName(i == 0 ? QStringLiteral("studyRankA") : QStringLiteral("studyRankB"));
    side.rank->setWordWrap(true);
    auto* rows = new QVBoxLayout(block);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(Tokens::kSpace1);
    rows->addWidget(side.title);
    rows->addWidget(side.bar);
    rows->addWidget(side.rank);
    layout->addWidget(block);
  }
  m_legend = new QLabel(tr("A bar is filled to the share of proteins with fewer publications; the "
                           "line marks the middle one."),
                        m_pages->content());
  m_legend->setProperty("role", "muted");
  m_legend->setWordWrap(true);
  layout->addWidget(m_legend);
  layout->addStretch(1);
  connect(m_pages, &PanelPages::actionWanted, this, &StudyBiasPage::importWanted);
}

void StudyBiasPage::clear() {
  m_pages->showNote(tr("Reading the publication counts of the project."));
}

void StudyBiasPage::fail(const QString& message) {
  m_pages->showNote(tr("The publication counts could not be read. %1").arg(message));
}

void StudyBiasPage::show(const PairEvidence& evidence) {
  if (evidence.project->publications.empty()) {
    m_pages->showNote(tr("How much each protein was studied appears here, as its rank by "
                         "publications. The project has no publication counts yet: they come with "
                         "UniProt entries and org.Hs.eg.sqlite."),
                      tr("Import annotations"));
    return;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    m_sides[i].title->say(evidence.ids[i], publicationWords(evidence.publications[i]));
    m_sides[i].bar->setShare(studyShare(*evidence.project, evidence.publications[i]));
    m_sides[i].rank->setText(rankWords(*evidence.project, evidence.publications[i]));
  }
  m_words->setText(studyBiasWords(evidence));
  m_pages->showContent();
}

}  // namespace twofold::ui
