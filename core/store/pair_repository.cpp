#include "core/store/pair_repository.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/formats/bounded_json.h"
#include "core/store/blob.h"

namespace twofold::store {

namespace {

constexpr std::string_view kSplitColumns =
    "SELECT split.key, split.name, pair_set.name, rule, seed, train, validation, test, hash, "
    "options "
    "FROM split JOIN pair_set ON pair_set.key = split.set_key ";

data::PairSetInfo setFrom(const Statement& row) {
  return {row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
          row.integer(3), row.integer(4),           row.integer(5)};
}

data::SplitOptions optionsFrom(std::string_view text, std::string_view split) {
  const auto json = formats::parseJson(text, fmt::format("the options of split {}", split));
  data::SplitOptions options;
  for (const auto& [id, value] : json.items()) {
    if (!json.is_object() || !value.is_string()) {
      throw Error(
          ErrorKind::BadInput,
          fmt::format("the options of split \"{}\" cannot be read: the store is damaged; put "
                      "back a backup",
                      split));
    }
    options[id] = value.get<std::string>();
  }
  return options;
}

data::SplitInfo splitFrom(const Statement& row) {
  data::SplitInfo info;
  info.key = row.integer(0);
  info.name = row.text(1);
  info.pairSet = row.text(2);
  info.rule = row.text(3);
  info.seed = static_cast<std::uint64_t>(row.integer(4));
  info.train = row.integer(5);
  info.validation = row.integer(6);
  info.test = row.integer(7);
  info.hash = row.text(8);
  info.options = optionsFrom(row.text(9), info.name);
  return info;
}

std::int64_t countLabel(const data::Pairs& pairs, data::Label label) {
  return std::count_if(pairs.begin(), pairs.end(),
                       [label](const data::Pair& pair) { return pair.label == label; });
}

}  // namespace

void PairRepository::requireFreeName(const std::string& name) {
  if (name.empty()) {
    throw Error(ErrorKind::Usage, "a pair set needs a name");
  }
  const auto existing = sets();
  if (std::any_of(existing.begin(), existing.end(),
                  [&](const auto& other) { return other.name == name; })) {
    throw Error(ErrorKind::Usage,
                fmt::format("there is a pair set \"{}\" already; give another name", name));
  }
}

std::int64_t PairRepository::insertSet(const std::string& name, const std::string& source,
                                       const data::Pairs& pairs) {
  requireFreeName(name);
  m_database
      .prepare(
          "INSERT INTO pair_set (name, source, pairs, positives, negatives) "
          "VALUES (?, ?, ?, ?, ?)")
      .bind(1, name)
      .bind(2, source)
      .bind(3, static_cast<std::int64_t>(pairs.size()))
      .bind(4, countLabel(pairs, data::Label::Positive))
      .bind(5, countLabel(pairs, data::Label::Negative))
      .run();
  const std::int64_t key = m_database.lastInsertKey();
  Statement insert = m_database.prepare("INSERT INTO pair VALUES (?, ?, ?, ?, ?)");
  std::int64_t position = 0;
  for (const data::Pair& pair : pairs) {
    insert.bind(1, key)
        .bind(2, position++)
        .bind(3, pair.a)
        .bind(4, pair.b)
        .bind(5, static_cast<std::int64_t>(pair.label))
        .run();
  }
  return key;
}

std::vector<data::PairSetInfo> PairRepository::sets() {
  std::vector<data::PairSetInfo> all;
  Statement row = m_database.prepare(
      "SELECT key, name, source, pairs, positives, negatives FROM pair_set ORDER BY key");
  while (row.step()) {
    all.push_back(setFrom(row));
  }
  return all;
}

data::PairSetInfo PairRepository::set(const std::string& name) {
  std::vector<std::string> names;
  for (auto& info : sets()) {
    if (info.name == name) {
      return info;
    }
    names.push_back(std::move(info.name));
  }
  throw Error(ErrorKind::NotFound,
              fmt::format("the project has no pair set \"{}\"{}", name, didYouMean(name, names)));
}

data::Pairs PairRepository::pairs(std::int64_t setKey) {
  data::Pairs all;
  Statement size = m_database.prepare("SELECT pairs FROM pair_set WHERE key = ?");
  size.bind(1, setKey);
  if (!size.step()) {
    throw Error(ErrorKind::NotFound, fmt::format("the project has no pair set number {}", setKey));
  }
  all.reserve(static_cast<std::size_t>(std::max<std::int64_t>(size.integer(0), 0)));
  Statement row =
      m_database.prepare("SELECT a, b, label FROM pair WHERE set_key = ? ORDER BY position");
  row.bind(1, setKey);
  while (row.step()) {
    all.push_back({row.integer(0), row.integer(1), static_cast<data::Label>(row.integer(2))});
  }
  return all;
}

std::int64_t PairRepository::insertSplit(const std::string& name, std::int64_t setKey,
                                         const data::Split& split) {
  Statement taken = m_database.prepare("SELECT 1 FROM split WHERE set_key = ? AND name = ?");
  taken.bind(1, setKey).bind(2, name);
  if (taken.step()) {
    throw Error(ErrorKind::Usage,
                fmt::format("this pair set has a split \"{}\" already; give another name", name));
  }
  Statement size = m_database.prepare("SELECT pairs FROM pair_set WHERE key = ?");
  size.bind(1, setKey);
  if (!size.step() || size.integer(0) != static_cast<std::int64_t>(split.parts.size())) {
    throw Error(ErrorKind::Internal, "the split was made for another pair set");
  }
  const auto count = [&split](data::Part part) {
    return static_cast<std::int64_t>(std::count(split.parts.begin(), split.parts.end(), part));
  };
  m_database
      .prepare(
          "INSERT INTO split (set_key, name, rule, seed, parts, train, validation, test, hash, "
          "options) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(1, setKey)
      .bind(2, name)
      .bind(3, split.rule)
      .bind(4, static_cast<std::int64_t>(split.seed))
      .bindBlob(5, std::as_bytes(std::span(split.parts)))
      .bind(6, count(data::Part::Train))
      .bind(7, count(data::Part::Validation))
      .bind(8, count(data::Part::Test))
      .bind(9, split.hash())
      .bind(10, formats::Json(split.options).dump())
      .run();
  return m_database.lastInsertKey();
}

std::vector<data::SplitInfo> PairRepository::splits() {
  std::vector<data::SplitInfo> all;
  Statement row = m_database.prepare(fmt::format("{}ORDER BY split.key", kSplitColumns));
  while (row.step()) {
    all.push_back(splitFrom(row));
  }
  return all;
}

data::SplitInfo PairRepository::splitInfo(const std::string& pairSet, const std::string& name) {
  std::vector<std::string> names;
  for (auto& info : splits()) {
    if (info.pairSet != pairSet) {
      continue;
    }
    if (info.name == name) {
      return info;
    }
    names.push_back(std::move(info.name));
  }
  const data::PairSetInfo known = set(pairSet);
  throw Error(ErrorKind::NotFound, fmt::format("pair set \"{}\" has no split \"{}\"{}", known.name,
                                               name, didYouMean(name, names)));
}

data::Split PairRepository::split(std::int64_t splitKey) {
  Statement row =
      m_database.prepare("SELECT rule, seed, parts, hash, options FROM split WHERE key = ?");
  row.bind(1, splitKey);
  if (!row.step()) {
    throw Error(ErrorKind::NotFound, fmt::format("the project has no split number {}", splitKey));
  }
  data::Split split{std::string(row.text(0)), static_cast<std::uint64_t>(row.integer(1)),
                    fromBlob<data::Part>(row.blob(2), "parts of a split"),
                    optionsFrom(row.text(4), fmt::format("number {}", splitKey))};
  if (split.hash() != row.text(3)) {
    throw Error(ErrorKind::BadInput,
                fmt::format("split number {} does not fit its hash: the store is damaged; put back "
                            "a backup",
                            splitKey));
  }
  return split;
}

}  // namespace twofold::store
