#include "ui/panels/compare/disagreement_page.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/panels/list_look.h"
#include "ui/panels/worker_form.h"
#include "ui/theme/number_text.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

namespace {

QComboBox* runChooser(QWidget* parent, const char* name, const QString& accessible) {
  auto* box = new QComboBox(parent);
  box->setObjectName(QLatin1String(name));
  box->setAccessibleName(accessible);
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  return box;
}

void fill(QComboBox& box, const QStringList& ids, int otherwise) {
  const QString before = box.currentText();
  const QSignalBlocker quiet(box);
  box.clear();
  box.addItems(ids);
  const int same = box.findText(before);
  box.setCurrentIndex(same >= 0 ? same : otherwise);
}

}  // namespace

DisagreementPage::DisagreementPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session) {
  setObjectName(QStringLiteral("disagreementPage"));
  buildLayout();
  connect(m_first, &QComboBox::currentIndexChanged, this, &DisagreementPage::find);
  connect(m_second, &QComboBox::currentIndexChanged, this, &DisagreementPage::find);
  connect(m_save, &QPushButton::clicked, this, &DisagreementPage::askForFile);
  connect(m_copy, &QPushButton::clicked, this, &DisagreementPage::copyCommand);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &DisagreementPage::focusRow);
  connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
    focusRow(index);
    Q_EMIT m_session.panelWanted(QStringLiteral("pair"));
  });
  showNothing({});
}

void DisagreementPage::buildLayout() {
  m_first = runChooser(this, "disagreeFirst", tr("The first of the two runs"));
  m_second = runChooser(this, "disagreeSecond", tr("The second of the two runs"));
  m_state = new QLabel(this);
  m_state->setObjectName(QStringLiteral("disagreeState"));
  m_state->setWordWrap(true);
  m_save = namedButton(this, tr("Save as TSV…"), "saveDisagreements");
  m_copy = namedButton(this, tr("Copy as command"), "copyDisagreeCommand");
  m_copy->setToolTip(
      tr("The command looks at all pairs that these two runs share, which may be more than those "
         "that all compared runs share."));
  buildTable();
  auto* bar = new QHBoxLayout;
  bar->setSpacing(Tokens::kSpace2);
  bar->addWidget(m_first);
  bar->addWidget(new QLabel(tr("against"), this));
  bar->addWidget(m_second);
  bar->addWidget(m_state, 1);
  bar->addWidget(m_save);
  bar->addWidget(m_copy);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, Tokens::kSpace2, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(bar);
  layout->addWidget(m_table, 1);
}

void DisagreementPage::buildTable() {
  m_table = new QTableView(this);
  m_table->setObjectName(QStringLiteral("disagreementTable"));
  m_table->setAccessibleName(tr("Pairs on which one run is right and the other wrong"));
  m_table->setToolTip(tr("Enter or a double click shows the pair in Explore."));
  m_table->setModel(&m_model);
  applyListLook(*m_table);
  m_table->setWordWrap(false);
  m_table->setSortingEnabled(true);
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->horizontalHeader()->setResizeContentsPrecision(Tokens::kRow);
  m_table->horizontalHeader()->setStretchLastSection(true);
}

void DisagreementPage::setComparison(std::shared_ptr<const Comparison> comparison) {
  m_comparison = std::move(comparison);
  if (m_comparison) {  // else what was chosen waits for the next one
    QStringList ids;
    for (const auto& run : m_comparison->shared.runs) {
      ids << QString::fromStdString(run.id);
    }
    fill(*m_first, ids, 0);
    fill(*m_second, ids, 1);
  }
  find();
}

void DisagreementPage::find() {
  const int first = m_first->currentIndex();
  const int second = m_second->currentIndex();
  if (!m_comparison || first < 0 || second < 0) {
    showNothing({});
    return;
  }
  if (first == second) {
    showNothing(tr("Choose two runs that differ."));
    return;
  }
  showNothing(tr("Looking for the pairs."));
  m_task.start(
      [folder = m_session.project()->folder(), comparison = m_comparison, first,
       second](const std::stop_token& stop) {
        return findDisagreements(folder, *comparison, static_cast<std::size_t>(first),
                                 static_cast<std::size_t>(second), stop);
      },
      [this](Outcome<DisagreementList> outcome) {
        if (auto* list = std::get_if<DisagreementList>(&outcome)) {
          showList(std::move(*list));
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          showNothing(QString::fromStdString(failed->message));
        }
      });
}

void DisagreementPage::showList(DisagreementList list) {
  const auto all = static_cast<qint64>(list.rows.size());
  const auto byFirst = std::ranges::count(list.rows, true, &DisagreementRow::firstIsRight);
  const QString first = m_first->currentText();
  const QString second = m_second->currentText();
  m_model.setRows(std::exchange(list.rows, {}), first, second);
  m_list = std::move(list);
  m_table->horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);  // as it was found
  m_table->resizeColumnsToContents();
  m_state->setText(all == 0 ? tr("Both are right and wrong on the same pairs.")
                            : tr("%1 pairs: %2 right by %3 alone, %4 by %5 alone.")
                                  .arg(countText(all), countText(byFirst), first,
                                       countText(all - byFirst), second));
  m_table->setEnabled(all > 0);
  m_save->setEnabled(all > 0);
  m_copy->setEnabled(true);
}

void DisagreementPage::showNothing(const QString& words) {
  m_task.stop();
  m_model.setRows({}, m_first->currentText(), m_second->currentText());
  m_list = {};
  m_state->setText(words);
  m_table->setEnabled(false);
  m_save->setEnabled(false);
  m_copy->setEnabled(false);
}

void DisagreementPage::focusRow(const QModelIndex& index) {
  if (index.isValid()) {
    m_session.focusPair(m_model.row(index.row()).pair);
  }
}

void DisagreementPage::askForFile() {
  auto* dialog =
      new QFileDialog(this, tr("Save disagreeing pairs"), {}, tr("Tab-separated table (*.tsv)"));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("tsv"));
  dialog->selectFile(
      QStringLiteral("%1-%2-disagree").arg(m_first->currentText(), m_second->currentText()));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this, &DisagreementPage::saveTo);
  dialog->open();
}

void DisagreementPage::saveTo(const QString& file) {
  if (!m_comparison || m_list.found.empty()) {
    return;
  }
  m_saving.start(
      [folder = m_session.project()->folder(), comparison = m_comparison, list = m_list, file] {
        auto project = store::Project::open(folder);
        comparison::writeDisagreements(file.toStdString(), project.database(), comparison->shared,
                                       list.first, list.second, list.found);
        return file;
      },
      [this](Outcome<QString> outcome) {
        if (const auto* written = std::get_if<QString>(&outcome)) {
          Q_EMIT m_session.message(tr("Disagreeing pairs written to %1").arg(*written), false);
        } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        }
      });
}

void DisagreementPage::copyCommand() {
  const QString ids = m_first->currentText() + ',' + m_second->currentText();
  QGuiApplication::clipboard()->setText(commandOnProject(
      m_session, {QStringLiteral("compare"), QStringLiteral("--runs"), ids,
                  QStringLiteral("--part"), QString::fromStdString(m_comparison->shared.part),
                  QStringLiteral("--disagree"), QStringLiteral("disagree.tsv")}));
  Q_EMIT m_session.message(tr("Command copied"), false);
}

}  // namespace twofold::ui
