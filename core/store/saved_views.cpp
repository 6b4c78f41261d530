#include "core/store/saved_views.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace twofold::store {

std::vector<SavedView> SavedViews::views() {
  std::vector<SavedView> all;
  Statement row = m_database.prepare(
      "SELECT name, filter, columns, sort, archived FROM saved_view ORDER BY name");
  while (row.step()) {
    all.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                   std::string(row.text(3)), row.integer(4) != 0});
  }
  return all;
}

SavedView SavedViews::view(const std::string& name) {
  std::vector<std::string> names;
  for (auto& view : views()) {
    if (view.name == name) {
      return view;
    }
    names.push_back(std::move(view.name));
  }
  throw Error(ErrorKind::NotFound,
              fmt::format("the project has no saved view \"{}\"{}", name, didYouMean(name, names)));
}

void SavedViews::save(const SavedView& view) {
  if (view.name.empty()) {
    throw Error(ErrorKind::Usage, "a saved view needs a name");
  }
  Transaction transaction(m_database);
  m_database.prepare("INSERT OR REPLACE INTO saved_view VALUES (?, ?, ?, ?, ?)")
      .bind(1, view.name)
      .bind(2, view.filter)
      .bind(3, view.columns)
      .bind(4, view.sort)
      .bind(5, std::int64_t{view.archived ? 1 : 0})
      .run();
  transaction.commit();
}

void SavedViews::remove(const std::string& name) {
  static_cast<void>(view(name));
  Transaction transaction(m_database);
  m_database.prepare("DELETE FROM saved_view WHERE name = ?").bind(1, name).run();
  transaction.commit();
}

}  // namespace twofold::store
