// The widgets of the audit panel and where they stand.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/panels/audit/audit_panel.h"
#include "ui/panels/list_look.h"
#include "ui/panels/worker_form.h"

namespace twofold::ui {

namespace {

QTableView* table(QWidget* parent, const char* name, const QString& title,
                  QAbstractItemModel* model) {
  auto* view = new QTableView(parent);
  view->setObjectName(QLatin1String(name));
  view->setAccessibleName(title);
  view->setModel(model);
  applyListLook(*view);
  view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  view->horizontalHeader()->setStretchLastSection(true);
  return view;
}

}  // namespace

void AuditPanel::buildLayout() {
  m_pages = new PanelPages(m_theme, this);
  auto* page = m_pages->content();
  m_icon = new QLabel(page);
  m_icon->hide();
  m_state = wordsLabel(page, "auditState");
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_step = wordsLabel(page, "auditStep");
  m_step->setProperty("role", "muted");
  m_bar = new QProgressBar(page);
  m_bar->setAccessibleName(tr("Progress of the audit"));
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(6);
  auto* top = new QHBoxLayout;
  top->setSpacing(Tokens::kSpace2);
  top->addWidget(m_icon);
  top->addWidget(m_state, 1);
  auto* split = new QSplitter(Qt::Horizontal, page);
  split->setChildrenCollapsible(false);
  split->addWidget(buildFindings());
  split->addWidget(buildRows());
  split->setStretchFactor(1, 1);
  split->setSizes({400, 800});
  m_content = split;
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(Tokens::kSpace3, Tokens::kSpace2, Tokens::kSpace3, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(buildForm());
  layout->addLayout(top);
  layout->addWidget(m_step);
  layout->addWidget(m_bar);
  layout->addWidget(split, 1);
  layout->addStretch(0);
  layout->setAlignment(Qt::AlignTop);
}

QWidget* AuditPanel::buildForm() {
  auto* row = new QWidget(this);
  m_form = new QWidget(row);
  m_subject = new QComboBox(m_form);
  m_subject->setObjectName(QStringLiteral("auditSubject"));
  m_subject->setAccessibleName(tr("Pairs / split"));
  m_subject->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_relatives = new QCheckBox(tr("Near relatives"), m_form);
  m_relatives->setObjectName(QStringLiteral("auditRelatives"));
  m_relatives->setChecked(true);
  m_relatives->setToolTip(
      tr("Sequences of both sides at 40 % identity or more over half of the shorter: what takes "
         "the time."));
  auto* fields = new QHBoxLayout(m_form);
  fields->setContentsMargins(0, 0, 0, 0);
  fields->setSpacing(Tokens::kSpace3);
  fields->addWidget(m_subject);
  fields->addWidget(m_relatives);
  m_start = namedButton(row, tr("Run the audit"), "startAudit");
  m_start->setProperty("role", "primary");
  m_stop = namedButton(row, tr("Stop"), "stopAudit");
  m_stop->hide();
  m_copyCommand = namedButton(row, tr("Copy as command"), "copyAuditCommand");
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_form);
  layout->addWidget(m_start);
  layout->addWidget(m_stop);
  layout->addWidget(m_copyCommand);
  layout->addStretch(1);
  return row;
}

QWidget* AuditPanel::buildFindings() {
  m_table = table(this, "auditFindings", tr("Findings"), &m_findings);
  return m_table;
}

QWidget* AuditPanel::buildRows() {
  auto* side = new QWidget(this);
  m_details = new QTextBrowser(side);
  m_details->setObjectName(QStringLiteral("auditDetails"));
  m_details->setAccessibleName(tr("What the finding says"));
  m_rowTable = table(side, "auditRows", tr("Offending rows"), &m_rows);
  m_rowCount = wordsLabel(side, "auditRowCount");
  m_rowCount->setProperty("role", "muted");
  m_copyRows = namedButton(side, tr("Copy rows as TSV"), "copyAuditRows");
  m_splitName = new QLineEdit(side);
  m_splitName->setObjectName(QStringLiteral("auditSplitName"));
  m_splitName->setAccessibleName(tr("Name of the new split"));
  m_splitName->setPlaceholderText(tr("Name of the new split"));
  m_without = namedButton(side, tr("Make a split without this"), "splitWithout");
  m_without->setToolTip(
      tr("The offending pairs leave training; repeated, contradictory and self pairs leave every "
         "part. The new split is audited at once."));
  m_withoutAll = namedButton(side, tr("Without all"), "splitWithoutAll");
  m_withoutAll->setToolTip(tr("A split without all findings that leaving pairs out cures."));
  auto* below = new QHBoxLayout;
  below->setSpacing(Tokens::kSpace2);
  below->addWidget(m_rowCount, 1);
  below->addWidget(m_copyRows);
  auto* making = new QHBoxLayout;
  making->setSpacing(Tokens::kSpace2);
  making->addWidget(m_splitName, 1);
  making->addWidget(m_without);
  making->addWidget(m_withoutAll);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(Tokens::kSpace2, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_details, 1);
  layout->addWidget(m_rowTable, 3);
  layout->addLayout(below);
  layout->addLayout(making);
  return side;
}

}  // namespace twofold::ui
