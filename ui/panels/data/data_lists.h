// The store's lists as table rows; each reads through the connection it is given.
#pragma once

#include <vector>

#include "core/store/project.h"
#include "ui/itemmodels/value_table_model.h"

namespace twofold::ui {

[[nodiscard]] std::vector<ValueTableModel::Row> pairSetRows(store::Database& database);
[[nodiscard]] std::vector<ValueTableModel::Row> splitRows(store::Database& database);
[[nodiscard]] std::vector<ValueTableModel::Row> proteinRows(store::Database& database);
[[nodiscard]] std::vector<ValueTableModel::Row> structureRows(store::Database& database);
/// The user's channels, each with how many of the project's proteins it covers.
[[nodiscard]] std::vector<ValueTableModel::Row> channelRows(store::Project& project);

}  // namespace twofold::ui
