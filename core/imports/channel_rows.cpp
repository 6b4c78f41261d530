#include "core/imports/channel_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

constexpr const char* kUnknown = "unknown protein";

}  // namespace

ChannelRows::ChannelRows(store::Project& project, const ChannelImport& request,
                         ImportReport& report)
    : m_request(request), m_report(report), m_file(request.file.filename().string()) {
  for (auto& protein : store::ProteinRepository(project.database()).summaries()) {
    m_known.emplace(std::move(protein.id), Known{protein.key, protein.length});
  }
}

std::string ChannelRows::place(std::string_view id, std::size_t line) const {
  return line == 0 ? fmt::format("{}: {}", m_file, id) : fmt::format("{}:{}: {}", m_file, line, id);
}

const ChannelRows::Known* ChannelRows::known(std::string_view id, std::size_t line) {
  const auto found = m_known.find(id);
  if (m_firstId.empty()) {
    m_firstId = id;
  }
  if (found != m_known.end()) {
    return &found->second;
  }
  if (!m_unknown.contains(id)) {
    m_unknown.emplace(id);
    ++m_report.read;
    m_report.skip(kUnknown, place(id, line));
  }
  return nullptr;
}

void ChannelRows::requireRoom(std::size_t more) {
  m_numbers += static_cast<std::int64_t>(more);
  if (m_numbers > m_request.mostNumbers) {
    throw badInput(m_file, 0,
                   fmt::format("more than {} numbers, which is more than a channel may have; give "
                               "fewer columns, or one row a protein in place of one a residue",
                               m_request.mostNumbers));
  }
}

void ChannelRows::checkFinite(Rows& rows, std::string_view id, std::span<const float> values,
                              std::size_t line) {
  const auto wrong = std::find_if_not(values.begin(), values.end(),
                                      [](float value) { return std::isfinite(value); });
  if (wrong == values.end() || !rows.finiteProblem.empty()) {
    return;
  }
  const auto what =
      fmt::format("{} in number {} of {}", std::isnan(*wrong) ? "no value" : "infinity",
                  wrong - values.begin() + 1, id);
  if (m_request.refuseNonFinite) {
    throw badInput(
        m_file, line,
        what + "; complete the table, or leave such proteins out with --non-finite mask");
  }
  rows.finiteProblem = line == 0 ? fmt::format("{}: {}", m_file, what)
                                 : fmt::format("{}:{}: {}", m_file, line, what);
}

void ChannelRows::addProtein(std::string_view id, std::span<const float> values, std::size_t line) {
  const auto* protein = known(id, line);
  if (protein == nullptr) {
    return;
  }
  auto& rows = m_rows[protein->key];
  if (rows.given > 0) {
    ++m_report.read;
    if (rows.values.size() == values.size() &&
        std::memcmp(rows.values.data(), values.data(), values.size_bytes()) == 0) {
      m_report.skip("duplicate", place(id, line));
      return;
    }
    throw badInput(
        m_file, line,
        rows.line == 0
            ? fmt::format("\"{}\" has another row already; keep one of them", id)
            : fmt::format("\"{}\" has another row in line {}; keep one of them", id, rows.line));
  }
  ++m_report.read;
  requireRoom(values.size());
  rows.id = id;
  rows.values.assign(values.begin(), values.end());
  rows.given = 1;
  rows.line = line;
  checkFinite(rows, id, values, line);
}

void ChannelRows::addResidue(std::string_view id, std::int64_t position,
                             std::span<const float> values, std::size_t line) {
  const auto* protein = known(id, line);
  if (protein == nullptr) {
    return;
  }
  auto& rows = m_rows[protein->key];
  const auto length = static_cast<std::size_t>(protein->length);
  if (rows.given == 0) {
    ++m_report.read;
    requireRoom(length * values.size());
    rows.id = id;
    rows.line = line;
    rows.values.resize(length * values.size());
    rows.seen.resize(length);
  }
  ++rows.given;
  checkFinite(rows, id, values, line);
  if (position > protein->length) {
    return;  // counted at the end: the lengths differ
  }
  const auto at = static_cast<std::size_t>(position - 1);
  if (rows.seen[at]) {
    throw badInput(m_file, line,
                   fmt::format("\"{}\" has residue {} already; keep one row of it", id, position));
  }
  rows.seen[at] = true;
  std::copy(values.begin(), values.end(),
            rows.values.begin() + static_cast<std::ptrdiff_t>(at * values.size()));
}

void ChannelRows::addResidues(std::string_view id, std::int64_t residues,
                              std::span<const float> values) {
  const auto* protein = known(id, 0);
  if (protein == nullptr) {
    return;
  }
  ++m_report.read;
  auto& rows = m_rows[protein->key];
  requireRoom(values.size());
  rows.id = id;
  rows.values.assign(values.begin(), values.end());
  rows.seen.assign(static_cast<std::size_t>(residues), true);
  rows.given = residues;
  checkFinite(rows, id, values, 0);
}

bool ChannelRows::isUsable(const Rows& rows, std::int64_t length) {
  const auto seen = std::count(rows.seen.begin(), rows.seen.end(), true);
  if (m_request.perResidue && (rows.given != length || seen != length)) {
    m_report.skip("length differs from the sequence",
                  fmt::format("{} has {} rows for {} residues", place(rows.id, rows.line),
                              rows.given, length));
    return false;
  }
  if (!rows.finiteProblem.empty()) {
    m_report.skip("NaN or infinity", rows.finiteProblem);
    return false;
  }
  return true;
}

store::ChannelValues ChannelRows::taken(std::int64_t width) {
  store::ChannelValues all;
  all.offsets.push_back(0);
  for (auto& [key, rows] : m_rows) {
    if (!isUsable(rows, m_known.at(rows.id).length)) {
      continue;
    }
    all.proteins.push_back(key);
    all.values.insert(all.values.end(), rows.values.begin(), rows.values.end());
    all.offsets.push_back(static_cast<std::int64_t>(all.values.size()) / width);
    std::vector<float>().swap(rows.values);  // a large table is not held twice
  }
  m_report.kept = static_cast<std::int64_t>(all.proteins.size());
  if (m_rows.empty()) {
    throw badInput(
        m_file, 0,
        fmt::format("no row is of a protein of the project (the first is of \"{}\"{}); import the "
                    "proteins first, or give the table the project's ids",
                    m_firstId,
                    m_known.empty()
                        ? "; the project has no proteins"
                        : fmt::format(", the project knows \"{}\"", m_known.begin()->first)));
  }
  if (all.proteins.empty()) {
    const auto bad = std::find_if(m_report.examples.begin(), m_report.examples.end(),
                                  [](const auto& entry) { return entry.first != kUnknown; });
    throw badInput(m_file, 0,
                   fmt::format("no row can be used; {}: {}", bad->first, bad->second.front()));
  }
  for (const auto key : all.proteins) {
    m_rows.erase(key);
  }
  std::erase_if(m_known, [&](const auto& entry) {
    return std::binary_search(all.proteins.begin(), all.proteins.end(), entry.second.key);
  });
  return all;
}

std::vector<std::string> ChannelRows::without() const {
  std::vector<std::string> ids;
  for (const auto& [id, protein] : m_known) {
    ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<std::size_t> constantColumns(const store::ChannelValues& values, std::int64_t width) {
  const auto columns = static_cast<std::size_t>(width);
  std::vector<bool> varies(columns);
  for (std::size_t i = columns; i < values.values.size(); ++i) {
    if (values.values[i] != values.values[i % columns]) {
      varies[i % columns] = true;
    }
  }
  std::vector<std::size_t> constant;
  for (std::size_t c = 0; c < columns; ++c) {
    if (!varies[c]) {
      constant.push_back(c);
    }
  }
  return constant;
}

void dropColumns(store::ChannelValues& values, std::int64_t width,
                 std::span<const std::size_t> columns) {
  std::size_t to = 0;
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    const auto column = i % static_cast<std::size_t>(width);
    if (!std::binary_search(columns.begin(), columns.end(), column)) {
      values.values[to++] = values.values[i];
    }
  }
  values.values.resize(to);
}

}  // namespace twofold::imports
