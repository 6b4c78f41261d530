#include "core/imports/resolved_pairs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

struct KeyHash {
  std::size_t operator()(const std::pair<data::ProteinKey, data::ProteinKey>& key) const {
    return std::hash<data::ProteinKey>{}(key.first * 0x9E3779B1LL ^ key.second);
  }
};

/// What the rows of one pair, swapped or not, say together.
struct Opinion {
  data::Label label = data::Label::Unknown;
  bool contradictory = false;
  bool kept = false;
  data::ProteinKey firstInTraining = 0;  // protein A of the first row there; 0: none
};

Error nothingLeft(const ImportReport& report, const std::string& file) {
  std::vector<std::string> reasons;
  for (const auto& [reason, count] : report.skipped) {
    reasons.push_back(fmt::format("{} × {}", count, reason));
  }
  const bool unknown = report.skipped.contains("unknown protein");
  return badInput(file, 0,
                  fmt::format("no pair is left of {} rows ({}){}", report.read,
                              reasons.empty() ? "the file has no rows"
                                              : fmt::format("{}", fmt::join(reasons, ", ")),
                              unknown ? "; import the proteins first" : ""));
}

}  // namespace

PairResolver::PairResolver(store::Project& project, const formats::PairTableFormat& format,
                           const Watch& watch)
    : m_format(format), m_watch(watch) {
  for (auto& [key, id] : store::ProteinRepository(project.database()).ids()) {
    m_ids.emplace(key, id);
    m_keys.emplace(std::move(id), key);
  }
}

void PairResolver::read(const std::filesystem::path& file, data::Part part,
                        std::optional<bool> label) {
  m_files.push_back(file.filename().string());
  formats::readPairTable(
      file, m_format,
      [&](const formats::PairRow& row) {
        add({row.a, row.b, label ? label : row.label, row.line}, part);
      },
      [&](std::int64_t done, std::int64_t total) {
        if (m_watch.progress) {
          m_watch.progress({"Reading pairs", done, total, "bytes"});
        }
      });
}

void PairResolver::add(const formats::PairRow& row, data::Part part) {
  throwIfStopped(m_watch.stop);
  ++m_report.read;
  const auto a = m_keys.find(row.a);
  const auto b = m_keys.find(row.b);
  if (a == m_keys.end() || b == m_keys.end()) {
    m_report.skip("unknown protein", fmt::format("{}:{}: {}", m_files.back(), row.line,
                                                 a == m_keys.end() ? row.a : row.b));
    return;
  }
  if (a->second == b->second) {
    const auto place = fmt::format("{}:{}", m_files.back(), row.line);
    m_report.skip("self pair", fmt::format("{}: {}", place, row.a));
    m_leftOut.push_back({data::LeftOutFor::SelfPair, part, a->second, b->second, place});
    return;
  }
  const data::Label label = !row.label   ? data::Label::Unknown
                            : *row.label ? data::Label::Positive
                                         : data::Label::Negative;
  m_rows.push_back({{a->second, b->second, label},
                    static_cast<std::uint32_t>(m_files.size() - 1),
                    static_cast<std::uint32_t>(row.line),
                    part});
}

std::string PairResolver::place(const Row& row) const {
  return fmt::format("{}:{}", m_files[row.file], row.line);
}

std::string PairResolver::describe(const Row& row) const {
  return fmt::format("{}: {} and {}", place(row), m_ids.at(row.pair.a), m_ids.at(row.pair.b));
}

ResolvedPairs PairResolver::finish(ImportReport& report) {
  using Key = std::pair<data::ProteinKey, data::ProteinKey>;
  const auto keyOf = [](const Row& row) -> Key { return std::minmax(row.pair.a, row.pair.b); };
  std::unordered_map<Key, Opinion, KeyHash> opinions;
  opinions.reserve(m_rows.size());
  for (const Row& row : m_rows) {
    auto [at, isNew] = opinions.try_emplace(keyOf(row), Opinion{row.pair.label});
    at->second.contradictory |= at->second.label != row.pair.label;
    if (row.part == data::Part::Train && at->second.firstInTraining == 0) {
      at->second.firstInTraining = row.pair.a;
    }
  }
  const auto leaveOut = [&](const Row& row, data::LeftOutFor why) {
    m_leftOut.push_back({why, row.part, row.pair.a, row.pair.b, place(row)});
  };
  ResolvedPairs resolved;
  for (const Row& row : m_rows) {
    Opinion& opinion = opinions.find(keyOf(row))->second;
    const bool isEvaluated = row.part == data::Part::Validation || row.part == data::Part::Test;
    const bool isShared = isEvaluated && opinion.firstInTraining != 0;
    if (isShared) {
      leaveOut(row, opinion.firstInTraining == row.pair.a ? data::LeftOutFor::SharedPair
                                                          : data::LeftOutFor::SwappedPair);
    }
    if (opinion.contradictory) {
      m_report.skip("contradiction", describe(row));
      leaveOut(row, data::LeftOutFor::Contradiction);
    } else if (opinion.kept) {
      m_report.skip("duplicate", describe(row));
      if (!isShared) {
        leaveOut(row, data::LeftOutFor::Duplicate);
      }
    } else {
      opinion.kept = true;
      resolved.pairs.push_back(row.pair);
      resolved.parts.push_back(row.part);
    }
  }
  m_report.kept = static_cast<std::int64_t>(resolved.pairs.size());
  if (resolved.pairs.empty()) {
    throw nothingLeft(m_report, m_files.empty() ? "pairs" : m_files.front());
  }
  resolved.leftOut = std::move(m_leftOut);
  report = std::move(m_report);
  return resolved;
}

}  // namespace twofold::imports
