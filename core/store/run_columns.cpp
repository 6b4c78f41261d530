#include "core/store/run_columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/metrics/part_metrics.h"
#include "core/query/expression.h"

namespace twofold::store {

namespace {

using query::Column;
using query::ColumnType;

constexpr std::array<std::string_view, 6> kFamilies = {"attributes.", "metrics.", "params.",
                                                       "tags.",       "system.",  "hashes."};
constexpr std::array<std::string_view, 3> kParts = {"train.", "validation.", "test."};

struct Attribute {
  const char* name;
  ColumnType type;
  const char* sql;  // NULL is missing
};
constexpr Attribute kAttributes[] = {
    {"archived", ColumnType::Text, "CASE archived WHEN 1 THEN 'true' ELSE 'false' END"},
    {"created", ColumnType::Time, "created"},
    {"epochs", ColumnType::Number, "epochs"},
    {"experiment", ColumnType::Text, "experiment"},
    {"favourite", ColumnType::Text, "CASE favourite WHEN 1 THEN 'true' ELSE 'false' END"},
    {"finished", ColumnType::Time, "NULLIF(finished, 0)"},
    {"id", ColumnType::Text, "id"},
    {"message", ColumnType::Text, "NULLIF(message, '')"},
    {"note", ColumnType::Text, "NULLIF(note, '')"},
    {"parent", ColumnType::Text, "NULLIF(parent, '')"},
    {"seconds", ColumnType::Number,
     "CASE WHEN started > 0 AND finished >= started THEN finished - started END"},
    {"started", ColumnType::Time, "NULLIF(started, 0)"},
    {"status", ColumnType::Text, "status"},
};
/// Of these the index run_attributes knows nothing.
bool isInRowAlone(std::string_view attribute) {
  return attribute == "note" || attribute == "message";
}

/// Puts values into a column, row by row.
class Filling {
 public:
  explicit Filling(std::size_t rows) : m_rows(rows) {}

  void put(std::size_t row, const Statement& statement, int column) {
    if (statement.isNull(column)) {
      return;
    }
    if (statement.isText(column)) {
      m_column.codes.resize(m_rows, -1);
      m_column.codes[row] = codeOf(statement.text(column));
    } else {
      m_column.numbers.resize(m_rows, query::kMissing);
      m_column.numbers[row] = statement.real(column);
    }
  }

  /// `type` is what it is when it holds nothing; numbers may be times.
  Column column(ColumnType type) {
    const bool hasNumbers = !m_column.numbers.empty();
    const bool hasTexts = !m_column.codes.empty();
    if (hasTexts) {
      m_column.type = hasNumbers ? ColumnType::Mixed : ColumnType::Text;
    } else if (hasNumbers) {
      m_column.type = type == ColumnType::Time ? type : ColumnType::Number;
    } else {
      m_column.type = type;
    }
    m_column.numbers.resize(m_column.hasNumbers() ? m_rows : 0, query::kMissing);
    m_column.codes.resize(m_column.hasTexts() ? m_rows : 0, -1);
    return std::move(m_column);
  }

 private:
  std::int32_t codeOf(std::string_view text) {
    // Neighbours are often equal.
    if (m_last >= 0 && m_column.texts[static_cast<std::size_t>(m_last)] == text) {
      return m_last;
    }
    const auto [place, isNew] =
        m_codes.try_emplace(std::string(text), static_cast<std::int32_t>(m_codes.size()));
    if (isNew) {
      m_column.texts.emplace_back(text);
    }
    return m_last = place->second;
  }

  std::size_t m_rows;
  Column m_column;
  std::unordered_map<std::string, std::int32_t> m_codes;
  std::int32_t m_last = -1;
};

/// Rows of a statement that come in ascending order of their first column, a run's key; runs that
/// were made after the keys were read are passed over.
Column scanned(Statement& statement, const std::vector<std::int64_t>& keys,
               const std::vector<std::uint32_t>& rowsByKey, ColumnType type) {
  Filling filling(keys.size());
  std::size_t next = 0;
  while (statement.step()) {
    const std::int64_t key = statement.integer(0);
    while (next < keys.size() && keys[rowsByKey[next]] < key) {
      ++next;
    }
    for (; next < keys.size() && keys[rowsByKey[next]] == key; ++next) {
      filling.put(rowsByKey[next], statement, 1);
    }
  }
  return filling.column(type);
}

const Attribute* attributeOf(std::string_view name) {
  const auto* found = std::find_if(std::begin(kAttributes), std::end(kAttributes),
                                   [&](const Attribute& a) { return a.name == name; });
  return found == std::end(kAttributes) ? nullptr : found;
}

/// Names that every project knows, whatever its runs have.
constexpr const char* kEveryProject[] = {
    "hashes.data",     "hashes.program", "hashes.split",   "hashes.weights", "params.backbone",
    "params.channels", "params.fusion",  "params.head",    "params.pairSet", "params.seed",
    "params.split",    "system.host",    "system.version",
};

/// What a column without any value holds: options may be compared with numbers and with texts.
ColumnType emptyType(const std::string& fullName) {
  if (fullName.starts_with("metrics.")) {
    return ColumnType::Number;
  }
  const bool isText = fullName.starts_with("tags.") || fullName.starts_with("hashes.");
  return isText ? ColumnType::Text : ColumnType::Mixed;
}

}  // namespace

std::string fullColumnName(const std::string& name) {
  const bool hasFamily = std::any_of(kFamilies.begin(), kFamilies.end(),
                                     [&](std::string_view f) { return name.starts_with(f); });
  if (!hasFamily) {
    return "attributes." + name;
  }
  constexpr std::string_view kMetrics = "metrics.";
  if (!name.starts_with(kMetrics)) {
    return name;
  }
  const std::string rest = name.substr(kMetrics.size());
  const bool hasPart = std::any_of(kParts.begin(), kParts.end(),
                                   [&](std::string_view p) { return rest.starts_with(p); });
  return hasPart ? name : "metrics.validation." + rest;
}

std::string shortColumnName(const std::string& name) {
  for (const auto& [prefix, instead] :
       {std::pair{std::string_view("attributes."), ""}, {"metrics.validation.", "metrics."}}) {
    if (name.starts_with(prefix)) {
      return instead + name.substr(prefix.size());
    }
  }
  return name;
}

RunColumns::RunColumns(Database& database) : m_database(database), m_isAll(true) {
  Statement row = m_database.prepare("SELECT key FROM run INDEXED BY run_attributes ORDER BY key");
  while (row.step()) {
    m_keys.push_back(row.integer(0));
  }
  m_rowsByKey.resize(m_keys.size());
  std::iota(m_rowsByKey.begin(), m_rowsByKey.end(), 0U);
}

RunColumns::RunColumns(Database& database, std::vector<std::int64_t> runKeys)
    : m_database(database), m_keys(std::move(runKeys)), m_isAll(false), m_rowsByKey(m_keys.size()) {
  std::iota(m_rowsByKey.begin(), m_rowsByKey.end(), 0U);
  std::sort(m_rowsByKey.begin(), m_rowsByKey.end(),
            [this](std::uint32_t a, std::uint32_t b) { return m_keys[a] < m_keys[b]; });
  m_chosen = fmt::format("({})", fmt::join(m_keys, ","));
}

void RunColumns::readNames() {
  if (!m_names.empty()) {
    return;
  }
  Statement row = m_database.prepare("SELECT name, key FROM run_column");
  while (row.step()) {
    m_columnKeys.emplace(row.text(0), row.integer(1));
    m_names.push_back(shortColumnName(std::string(row.text(0))));
  }
  for (const auto& attribute : kAttributes) {
    m_names.emplace_back(attribute.name);
  }
  m_names.insert(m_names.end(), std::begin(kEveryProject), std::end(kEveryProject));
  for (const auto& metric : metrics::metricCatalog()) {
    m_names.push_back("metrics." + metric.id);
    m_names.push_back("metrics.test." + metric.id);
  }
  std::sort(m_names.begin(), m_names.end());
  m_names.erase(std::unique(m_names.begin(), m_names.end()), m_names.end());
}

std::vector<std::string> RunColumns::names() {
  readNames();
  return m_names;
}

const query::Column& RunColumns::column(const std::string& name) {
  const std::string full = fullColumnName(name);
  if (const auto found = m_columns.find(full); found != m_columns.end()) {
    return found->second;
  }
  constexpr std::string_view kAttributePrefix = "attributes.";
  if (full.starts_with(kAttributePrefix) && attributeOf(full.substr(kAttributePrefix.size()))) {
    return m_columns.emplace(full, attribute(full.substr(kAttributePrefix.size()))).first->second;
  }
  readNames();
  if (const auto key = m_columnKeys.find(full); key != m_columnKeys.end()) {
    return m_columns.emplace(full, value(full, key->second)).first->second;
  }
  if (!std::binary_search(m_names.begin(), m_names.end(), shortColumnName(full))) {
    throw Error(ErrorKind::Usage, fmt::format("no run has \"{}\"{}", query::nameText(name),
                                              didYouMean(name, m_names)));
  }
  return m_columns.emplace(full, Filling(m_keys.size()).column(emptyType(full))).first->second;
}

query::Column RunColumns::attribute(const std::string& name) {
  const Attribute& attribute = *attributeOf(name);
  Statement row = m_database.prepare(
      m_isAll ? fmt::format("SELECT key, {} FROM run {} ORDER BY key", attribute.sql,
                            isInRowAlone(name) ? "" : "INDEXED BY run_attributes")
              : fmt::format("SELECT key, {} FROM run WHERE key IN {} ORDER BY key", attribute.sql,
                            m_chosen));
  return scanned(row, m_keys, m_rowsByKey, attribute.type);
}

void RunColumns::readChosen() {
  std::map<std::int64_t, Filling> byColumn;
  Statement row = m_database.prepare(
      fmt::format("SELECT run_key, column_key, value FROM run_value INDEXED BY run_value_by_run "
                  "WHERE run_key IN {} ORDER BY run_key",
                  m_chosen));
  std::size_t next = 0;
  while (row.step()) {
    const std::int64_t key = row.integer(0);
    while (m_keys[m_rowsByKey[next]] < key) {
      ++next;
    }
    auto& filling = byColumn.try_emplace(row.integer(1), m_keys.size()).first->second;
    for (auto same = next; same < m_keys.size() && m_keys[m_rowsByKey[same]] == key; ++same) {
      filling.put(m_rowsByKey[same], row, 2);
    }
  }
  m_chosenColumns.emplace();
  for (auto& [column, filling] : byColumn) {
    m_chosenColumns->emplace(column, filling.column(ColumnType::Number));
  }
}

query::Column RunColumns::value(const std::string& fullName, std::int64_t columnKey) {
  if (!m_isAll) {
    if (!m_chosenColumns) {
      readChosen();
    }
    const auto found = m_chosenColumns->find(columnKey);
    return found != m_chosenColumns->end() ? std::move(found->second)
                                           : Filling(m_keys.size()).column(emptyType(fullName));
  }
  if (!m_values) {
    m_values = m_database.prepare(
        "SELECT run_key, value FROM run_value WHERE column_key = ? ORDER BY run_key");
  }
  m_values->bind(1, columnKey);
  auto column = scanned(*m_values, m_keys, m_rowsByKey, emptyType(fullName));
  m_values->reset();
  return column;
}

}  // namespace twofold::store
