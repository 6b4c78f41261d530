#include "ui/panels/list_look.h"

#include <QHeaderView>

#include "ui/theme/tokens.h"

namespace twofold::ui {

void applyListLook(QTableView& table) {
  table.setSelectionBehavior(QAbstractItemView::SelectRows);
  table.setSelectionMode(QAbstractItemView::SingleSelection);
  table.setAlternatingRowColors(true);
  table.setTabKeyNavigation(false);  // Tab leaves the table; the arrows move in it
  table.setShowGrid(false);
  table.verticalHeader()->hide();
  table.verticalHeader()->setDefaultSectionSize(Tokens::kRow);
  table.horizontalHeader()->setHighlightSections(false);
}

}  // namespace twofold::ui
