#include "ui/panels/evidence/annotation_page.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/list_look.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr int kWidestColumn = 170;  // a longer reason is in the tooltip
constexpr int kRowsMeasured = 200;

QString ruleName(data::EvidenceRule rule) {
  const auto id = data::infoOf(rule).id;
  return QString::fromUtf8(id.data(), static_cast<int>(id.size()));
}

}  // namespace

AnnotationPage::AnnotationPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_pages(new PanelPages(theme, this)) {
  setObjectName(QStringLiteral("annotationPage"));
  auto* switches = buildSwitches();
  m_rule = new QLabel(m_pages->content());
  m_rule->setObjectName(QStringLiteral("ruleWords"));
  m_rule->setProperty("role", "muted");
  m_rule->setWordWrap(true);
  m_counts = new QLabel(m_pages->content());
  m_counts->setObjectName(QStringLiteral("termCounts"));
  m_counts->setWordWrap(true);
  m_none = new QLabel(m_pages->content());
  m_none->setObjectName(QStringLiteral("noTerms"));
  m_none->setWordWrap(true);
  m_none->setAlignment(Qt::AlignCenter);
  m_none->setProperty("role", "muted");
  buildTable(theme);
  auto* layout = new QVBoxLayout(m_pages->content());
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace3);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(switches);
  layout->addWidget(m_counts);
  layout->addWidget(m_rule);
  layout->addWidget(m_table, 1);
  layout->addWidget(m_none, 1);
  connect(m_pages, &PanelPages::actionWanted, this, &AnnotationPage::importWanted);
  connect(m_readable, &QPushButton::toggled, this, &AnnotationPage::refresh);
  connect(m_electronic, &QCheckBox::toggled, this, &AnnotationPage::refresh);
}

QWidget* AnnotationPage::buildSwitches() {
  auto* row = new QWidget(m_pages->content());
  auto* segments = new QFrame(row);
  segments->setProperty("role", "segments");
  auto* together = new QHBoxLayout(segments);
  together->setContentsMargins(2, 2, 2, 2);
  together->setSpacing(0);
  auto* group = new QButtonGroup(this);
  const auto segment = [&](const QString& name, const QString& text) {
    auto* button = new QPushButton(text, segments);
    button->setObjectName(name);
    button->setProperty("role", "segment");
    button->setCheckable(true);
    group->addButton(button);
    together->addWidget(button);
    return button;
  };
  m_readable = segment(QStringLiteral("viewReadable"), tr("What the model may read"));
  m_everything = segment(QStringLiteral("viewEverything"), tr("Everything"));
  m_readable->setChecked(true);
  m_electronic = new QCheckBox(tr("Only electronically inferred"), row);
  m_electronic->setObjectName(QStringLiteral("viewElectronic"));
  m_electronic->setToolTip(
      tr("Evidence IEA, and signatures computed from the sequence: what a person has looked at is "
         "left out of the view"));
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace4);
  layout->addWidget(segments);
  layout->addWidget(m_electronic);
  layout->addStretch(1);
  return row;
}

void AnnotationPage::buildTable(const Theme& theme) {
  m_model = new TermTableModel(theme, this);
  m_table = new QTableView(m_pages->content());
  m_table->setObjectName(QStringLiteral("termTable"));
  m_table->setAccessibleName(tr("Annotations of both proteins"));
  m_table->setModel(m_model);
  applyListLook(*m_table);
  m_table->setWordWrap(false);
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->horizontalHeader()->setSectionResizeMode(TermTableModel::Term, QHeaderView::Stretch);
  m_table->horizontalHeader()->setResizeContentsPrecision(kRowsMeasured);
}

void AnnotationPage::clear() {
  m_evidence = {};
  m_pages->showNote(tr("Reading the annotations of the project."));
}

void AnnotationPage::fail(const QString& message) {
  m_pages->showNote(tr("The annotations could not be read. %1").arg(message));
}

void AnnotationPage::show(PairEvidence evidence) {
  m_evidence = std::move(evidence);
  if (m_evidence.project->annotated == 0) {
    m_pages->showNote(tr("GO terms, domains, keywords and places of both proteins appear here. The "
                         "project has no annotations yet: import UniProt entries, or "
                         "org.Hs.eg.sqlite and GO.sqlite."),
                      tr("Import annotations"));
    return;
  }
  m_pages->showContent();
  refresh();
}

QString AnnotationPage::ruleWords() const {
  const auto& rule = m_evidence.rule;
  QString words =
      m_evidence.run.isEmpty()
          ? tr("No run is in focus: marked is what the rule default would let a model read.")
      : !rule
          ? tr("Run %1 has no annotation channel, so its model reads none of this: marked is "
               "what the rule default would let it read.")
                .arg(m_evidence.run)
          : tr("Run %1 reads annotations under the rule %2.").arg(m_evidence.run, ruleName(*rule));
  if (rule && data::infoOf(*rule).leaks) {
    words +=
        tr(" Much of what it reads was recorded because proteins interact, so its results "
           "leak.");
  }
  if (m_evidence.project->graph.empty()) {
    words +=
        tr(" The GO graph is not imported, so GO terms have no names and no model reads them: "
           "import GO.sqlite.");
  }
  return words;
}

void AnnotationPage::refresh() {
  if (!m_evidence.project) {
    return;
  }
  auto rows = visibleRows(m_evidence.rows, {m_readable->isChecked(), m_electronic->isChecked()});
  const auto own = [&rows](std::size_t side) {
    return std::count_if(rows.begin(), rows.end(), [side](const TermRow& row) {
      return !row.evidence[side].empty() && row.evidence[1 - side].empty();
    });
  };
  const auto shared =
      std::count_if(rows.begin(), rows.end(), [](const TermRow& row) { return row.isShared(); });
  m_counts->setText(tr("Shared: %1, the rarest first. Of %2 only: %3. Of %4 only: %5. Shown: %6 of "
                       "%7 terms.")
                        .arg(countText(shared), m_evidence.ids[0], countText(own(0)),
                             m_evidence.ids[1], countText(own(1)),
                             countText(static_cast<qint64>(rows.size())),
                             countText(static_cast<qint64>(m_evidence.rows.size()))));
  m_rule->setText(ruleWords());
  m_none->setText(m_evidence.rows.empty()
                      ? tr("Neither protein has annotations in this project.")
                      : tr("No annotation passes this view. Choose Everything, or show more than "
                           "the electronically inferred."));
  m_none->setVisible(rows.empty());
  m_table->setVisible(!rows.empty());
  m_model->setRows(std::move(rows), m_evidence.ids);
  for (int column = TermTableModel::Kind; column < TermTableModel::kColumns; ++column) {
    m_table->resizeColumnToContents(column);
    m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), kWidestColumn));
  }
}

}  // namespace twofold::ui
