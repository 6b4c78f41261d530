#include "ui/panels/data/data_view.h"

#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/panels/list_look.h"

namespace twofold::ui {

namespace {
constexpr int kWidestColumn = 360;
constexpr int kRowsMeasured = 200;  // enough to guess a column's width among 20,000 proteins
}  // namespace

DataView::DataView(const Theme& theme, const Words& words, QWidget* parent)
    : QWidget(parent),
      m_words(words),
      m_model(new ValueTableModel(words.columns, this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_pages(new PanelPages(theme, this)) {
  m_sorted->setSourceModel(m_model);
  m_sorted->setSortRole(ValueTableModel::SortRole);
  m_sorted->setFilterKeyColumn(-1);
  m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
  buildTable();
  m_pages->showNote(words.empty, words.action);
  connect(m_pages, &PanelPages::actionWanted, this, &DataView::actionWanted);
  connect(m_filter, &QLineEdit::textChanged, m_sorted,
          &QSortFilterProxyModel::setFilterFixedString);
  const auto choose = [this](const QModelIndex& index) {
    Q_EMIT chosen(index.data(ValueTableModel::KeyRole).toLongLong());
  };
  connect(m_table, &QTableView::clicked, this, choose);
  connect(m_table, &QTableView::activated, this, choose);
}

void DataView::buildTable() {
  QWidget* page = m_pages->content();
  m_filter = new QLineEdit(page);
  m_filter->setObjectName(m_words.name + "Filter");
  m_filter->setPlaceholderText(tr("Filter"));
  m_filter->setClearButtonEnabled(true);
  m_table = new QTableView(page);
  m_table->setObjectName(m_words.name);
  m_table->setAccessibleName(m_words.title);
  m_table->setModel(m_sorted);
  m_table->setSortingEnabled(true);
  applyListLook(*m_table);
  m_table->setWordWrap(false);
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_table->horizontalHeader()->setResizeContentsPrecision(kRowsMeasured);
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(0, Tokens::kSpace2, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_filter);
  layout->addWidget(m_table, 1);
  if (!m_words.remove.isEmpty()) {
    addRemove(page, layout);
  }
}

void DataView::addRemove(QWidget* page, QBoxLayout* layout) {
  m_remove = new QPushButton(m_words.remove, page);
  m_remove->setObjectName(m_words.name + "Remove");
  m_remove->setProperty("role", "quiet");
  m_remove->setEnabled(false);
  layout->addWidget(m_remove, 0, Qt::AlignLeft);
  connect(m_remove, &QPushButton::clicked, this, &DataView::askOrRemove);
  connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &DataView::disarm);
  connect(m_model, &QAbstractItemModel::modelReset, this, &DataView::disarm);
}

void DataView::disarm() {
  m_remove->setProperty("armed", false);
  m_remove->setText(m_words.remove);
  m_remove->setEnabled(m_table->selectionModel()->hasSelection());
}

void DataView::askOrRemove() {
  const auto selected = m_table->selectionModel()->selectedIndexes();
  if (selected.isEmpty()) {
    return;
  }
  const QString name = selected.first().siblingAtColumn(0).data().toString();
  if (m_remove->property("armed").toBool()) {
    disarm();
    Q_EMIT removeWanted(name);
    return;
  }
  m_remove->setProperty("armed", true);
  m_remove->setText(tr("Remove %1 for good").arg(name));
}

void DataView::setRows(std::vector<ValueTableModel::Row> rows) {
  const bool first = m_model->rowCount() == 0;
  m_model->setRows(std::move(rows));
  if (count() > 0) {
    m_pages->showContent();
  } else {
    m_pages->showNote(m_words.empty, m_words.action);
  }
  if (first && count() > 0) {
    fitColumns();
  }
}

void DataView::fitColumns() {
  // The last one stretches by itself.
  for (int column = 0; column + 1 < m_model->columnCount(); ++column) {
    m_table->resizeColumnToContents(column);
    m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), kWidestColumn));
  }
}

}  // namespace twofold::ui
