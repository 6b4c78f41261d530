// One list of the Data panel: a sorted table, a filter above it, and a note while it is empty.
#pragma once

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QWidget>
#include <vector>

#include "ui/itemmodels/value_table_model.h"
#include "ui/panels/panel_pages.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class DataView : public QWidget {
  Q_OBJECT
 public:
  struct Words {
    QString name;  // object name of the table: "proteinTable"
    QString title;
    QStringList columns;
    QString empty;     // what would be here
    QString action;    // what fills it; empty: no button
    QString remove{};  // takes the selected row away; empty: no button
  };

  DataView(const Theme& theme, const Words& words, QWidget* parent);

  void setRows(std::vector<ValueTableModel::Row> rows);
  [[nodiscard]] int count() const { return m_model->rowCount(); }

 Q_SIGNALS:
  /// A row was clicked or entered; the key of what it shows.
  void chosen(qint64 key);
  void actionWanted();
  /// Twice in a row, so that one slip takes nothing away; the first cell of the selected row.
  void removeWanted(const QString& name);

 private:
  void buildTable();
  void fitColumns();
  void addRemove(QWidget* page, QBoxLayout* layout);
  void askOrRemove();
  void disarm();

  Words m_words;
  ValueTableModel* m_model;
  QSortFilterProxyModel* m_sorted;
  PanelPages* m_pages;
  QLineEdit* m_filter;
  QTableView* m_table;
  QPushButton* m_remove = nullptr;
};

}  // namespace twofold::ui
