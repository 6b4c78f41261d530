#include "core/store/left_out_rows.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace twofold::store {

namespace {

constexpr std::array<std::string_view, 5> kNames = {"shared_pair", "swapped_pair", "duplicate",
                                                    "contradiction", "self_pair"};

}  // namespace

void insertLeftOut(Database& database, std::int64_t setKey,
                   std::span<const data::LeftOutRow> rows) {
  Statement insert = database.prepare("INSERT INTO left_out_row VALUES (?, ?, ?, ?, ?, ?, ?)");
  std::int64_t position = 0;
  for (const auto& row : rows) {
    insert.bind(1, setKey)
        .bind(2, position++)
        .bind(3, kNames.at(static_cast<std::size_t>(row.why)))
        .bind(4, static_cast<std::int64_t>(row.part))
        .bind(5, row.a)
        .bind(6, row.b)
        .bind(7, row.place)
        .run();
  }
}

std::vector<data::LeftOutRow> leftOutRows(Database& database, std::int64_t setKey) {
  std::vector<data::LeftOutRow> rows;
  Statement row = database.prepare(
      "SELECT why, part, a, b, place FROM left_out_row WHERE set_key = ? ORDER BY position");
  row.bind(1, setKey);
  while (row.step()) {
    const auto* why = std::find(kNames.begin(), kNames.end(), row.text(0));
    rows.push_back({static_cast<data::LeftOutFor>(why - kNames.begin()),
                    static_cast<data::Part>(row.integer(1)), row.integer(2), row.integer(3),
                    std::string(row.text(4))});
  }
  return rows;
}

}  // namespace twofold::store
