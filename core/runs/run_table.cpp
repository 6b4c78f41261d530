#include "core/runs/run_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "core/base/error.h"
#include "core/query/evaluation.h"
#include "core/query/parser.h"
#include "core/query/text_match.h"
#include "core/store/run_tracking.h"

namespace twofold::runs {

namespace {

/// Beyond that many rows a scan of a column is quicker than looking its values up.
constexpr std::size_t kPage = 1000;

/// Says which of the query's texts is wrong.
template <class Work>
auto within(const char* which, const Work& work) {
  try {
    return work();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::Usage) {
      throw;
    }
    throw Error(ErrorKind::Usage, fmt::format("{}, {}", which, error.what()));
  }
}

std::vector<std::uint32_t> filtered(store::RunColumns& all, const RunQuery& query) {
  std::vector<std::uint32_t> rows;
  if (query.filter.find_first_not_of(" \t\n") != std::string::npos) {
    rows = within("filter", [&] { return query::matchingRows(query::parse(query.filter), all); });
  } else {
    rows.resize(all.rows());
    std::iota(rows.begin(), rows.end(), 0U);
  }
  if (!query.archived) {
    const auto& archived = all.column("archived");
    const auto& texts = archived.texts;
    const auto code = std::find(texts.begin(), texts.end(), "true") - texts.begin();
    std::erase_if(rows, [&](std::uint32_t row) { return archived.codes[row] == code; });
  }
  return rows;
}

/// The numbers of `values` less those of each row's baseline.
std::vector<double> deltasOf(const query::Column& values, const query::Column& experiments,
                             const std::map<std::string, double>& ofBaseline) {
  std::vector<double> perExperiment;
  for (const auto& experiment : experiments.texts) {
    const auto found = ofBaseline.find(experiment);
    perExperiment.push_back(found == ofBaseline.end() ? query::kMissing : found->second);
  }
  std::vector<double> deltas(values.numbers.size());
  for (std::size_t row = 0; row < deltas.size(); ++row) {
    const auto code = experiments.codes[row];  // below 0: no experiment is known
    deltas[row] = code < 0 ? query::kMissing
                           : values.numbers[row] - perExperiment[static_cast<std::size_t>(code)];
  }
  return deltas;
}

bool readsMetrics(const query::Expression& e) {
  const auto names = query::namesIn(e);
  return std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return name.starts_with("metrics."); });
}

/// The runs that others are compared with, as rows of their own.
class Baselines {
 public:
  explicit Baselines(store::Database& database)
      : m_byExperiment(store::RunTracking(database).baselines()), m_rows(database, keys()) {}

  [[nodiscard]] bool has(std::int64_t key) const {
    return std::any_of(m_byExperiment.begin(), m_byExperiment.end(),
                       [&](const auto& item) { return item.second == key; });
  }
  [[nodiscard]] bool isEmpty() const { return m_byExperiment.empty(); }
  [[nodiscard]] std::map<std::string, double> values(const query::Expression& e) {
    const auto column = query::valuesOf(e, m_rows);
    std::map<std::string, double> all;
    std::size_t row = 0;
    for (const auto& [experiment, key] : m_byExperiment) {
      all.emplace(experiment, column.hasNumbers() ? column.numbers[row] : query::kMissing);
      ++row;
    }
    return all;
  }

 private:
  [[nodiscard]] std::vector<std::int64_t> keys() const {
    std::vector<std::int64_t> all;
    for (const auto& [experiment, key] : m_byExperiment) {
      all.push_back(key);
    }
    return all;
  }

  std::map<std::string, std::int64_t> m_byExperiment;
  store::RunColumns m_rows;
};

query::Column chosen(const query::Column& column, const std::vector<std::uint32_t>& rows) {
  query::Column part{column.type, {}, {}, column.texts};
  for (const auto row : rows) {
    if (column.hasNumbers()) {
      part.numbers.push_back(column.numbers[row]);
    }
    if (column.hasTexts()) {
      part.codes.push_back(column.codes[row]);
    }
  }
  return part;
}

/// Values of the rows that were found: looked up where they are few, else taken from whole columns.
class Rows {
 public:
  Rows(store::Database& database, store::RunColumns& all, const std::vector<std::uint32_t>& rows)
      : m_all(all), m_rows(rows), m_page(database, keysOf(all, rows)) {}

  [[nodiscard]] query::Column values(const query::Expression& e) {
    return m_rows.size() <= kPage ? query::valuesOf(e, m_page)
                                  : chosen(query::valuesOf(e, m_all), m_rows);
  }
  [[nodiscard]] const std::vector<std::int64_t>& keys() const { return m_page.keys(); }

 private:
  static std::vector<std::int64_t> keysOf(const store::RunColumns& all,
                                          const std::vector<std::uint32_t>& rows) {
    std::vector<std::int64_t> keys;
    keys.reserve(rows.size());
    for (const auto row : rows) {
      keys.push_back(all.keys()[row]);
    }
    return keys;
  }

  store::RunColumns& m_all;
  const std::vector<std::uint32_t>& m_rows;
  store::RunColumns m_page;
};

query::Expression nameOf(std::string name) {
  return {query::Kind::Name, 0, std::move(name), false, {}, 0};
}

RunTable tableOf(store::Database& database, store::RunColumns& all, const RunQuery& query,
                 const std::vector<query::Expression>& expressions) {
  const auto found = findRuns(all, query);
  Rows rows(database, all, found.rows);
  Baselines baselines(database);
  RunTable table;
  table.matching = found.matching;
  table.keys = rows.keys();
  const auto experiments = rows.values(nameOf("experiment"));
  const auto ids = rows.values(nameOf("id"));
  for (std::size_t row = 0; row < table.keys.size(); ++row) {
    table.ids.push_back(cellText(ids, row));
    table.isBaseline.push_back(baselines.has(table.keys[row]) ? 1 : 0);
  }
  for (const auto& e : expressions) {
    RunTableColumn column{query::toText(e), within("columns", [&] { return rows.values(e); }), {}};
    if (!baselines.isEmpty() && column.values.hasNumbers() && readsMetrics(e)) {
      column.deltas = deltasOf(column.values, experiments, baselines.values(e));
    }
    table.columns.push_back(std::move(column));
  }
  return table;
}

}  // namespace

std::string usualColumns() {
  return "status, experiment, params.backbone, params.channels, params.seed, metrics.auprc, "
         "metrics.mcc, metrics.test.auprc";
}

FoundRuns findRuns(store::RunColumns& all, const RunQuery& query) {
  FoundRuns found;
  auto rows = filtered(all, query);
  found.matching = rows.size();
  if (query.sort.find_first_not_of(" \t\n") != std::string::npos) {
    found.rows = within("sort", [&] {
      const auto sort = query::parseSort(query.sort);
      return query::inOrder(std::move(rows), query::valuesOf(sort.by, all), sort.descending,
                            query.limit);
    });
    return found;
  }
  std::reverse(rows.begin(), rows.end());
  if (query.limit > 0 && rows.size() > query.limit) {
    rows.resize(query.limit);
  }
  found.rows = std::move(rows);
  return found;
}

RunTable listRuns(store::Database& database, store::RunColumns& all, const RunQuery& query) {
  const auto expressions = within("columns", [&] {
    return query::parseColumns(query.columns.empty() ? usualColumns() : query.columns);
  });
  return tableOf(database, all, query, expressions);
}

RunTable tableOf(store::Database& database, store::RunColumns& all, const RunQuery& query,
                 const std::vector<std::string>& names) {
  std::vector<query::Expression> expressions;
  expressions.reserve(names.size());
  for (const auto& name : names) {
    expressions.push_back(nameOf(name));
  }
  return tableOf(database, all, query, expressions);
}

std::string cellText(const query::Column& column, std::size_t row) {
  if (column.isMissing(row)) {
    return {};
  }
  if (column.hasTexts() && column.codes[row] >= 0) {
    return column.texts[static_cast<std::size_t>(column.codes[row])];
  }
  return column.type == query::ColumnType::Time
             ? query::timeText(static_cast<std::int64_t>(column.numbers[row]))
             : fmt::format("{}", column.numbers[row]);
}

}  // namespace twofold::runs
