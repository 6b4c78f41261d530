// How every table of rows to pick from looks: whole rows, one at a time, stripes, no grid.
#pragma once

#include <QTableView>

namespace twofold::ui {

void applyListLook(QTableView& table);

}  // namespace twofold::ui
