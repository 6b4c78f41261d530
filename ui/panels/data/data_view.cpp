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
      m_model(new ValueTableModel(words.columns, this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_pages(new QStackedWidget(this)),
      m_note(new EmptyNote(theme, this)) {
  m_sorted->setSourceModel(m_model);
  m_sorted->setSortRole(ValueTableModel::SortRole);
  m_sorted->setFilterKeyColumn(-1);
  m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
  m_note->say(words.empty, words.action);
  m_pages->addWidget(m_note);
  m_pages->addWidget(buildTable(words));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, Tokens::kSpace2, 0, 0);
  layout->addWidget(m_pages);
  connect(m_note, &EmptyNote::actionWanted, this, &DataView::actionWanted);
  connect(m_filter, &QLineEdit::textChanged, m_sorted,
          &QSortFilterProxyModel::setFilterFixedString);
  const auto choose = [this](const QModelIndex& index) {
    Q_EMIT chosen(index.data(ValueTableModel::KeyRole).toLongLong());
  };
  connect(m_table, &QTableView::clicked, this, choose);
  connect(m_table, &QTableView::activated, this, choose);
}

QWidget* DataView::buildTable(const Words& words) {
  auto* page = new QWidget(this);
  m_filter = new QLineEdit(page);
  m_filter->setObjectName(words.name + "Filter");
  m_filter->setPlaceholderText(tr("Filter"));
  m_filter->setClearButtonEnabled(true);
  m_table = new QTableView(page);
  m_table->setObjectName(words.name);
  m_table->setAccessibleName(words.title);
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
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_filter);
  layout->addWidget(m_table, 1);
  return page;
}

void DataView::setRows(std::vector<ValueTableModel::Row> rows) {
  const bool first = m_model->rowCount() == 0;
  m_model->setRows(std::move(rows));
  m_pages->setCurrentIndex(count() > 0 ? 1 : 0);
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
