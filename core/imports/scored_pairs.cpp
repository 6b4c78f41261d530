#include "core/imports/scored_pairs.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/formats/pair_columns.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

/// The pairs that scores without ids belong to, in their order.
struct NamedPair {
  std::string a;
  std::string b;
  std::optional<bool> label;
  std::string place;
};

struct NamedPairs {
  std::vector<NamedPair> pairs;
  bool areSequences = false;
};

NamedPairs readNamedPairs(const std::vector<std::filesystem::path>& files, const Watch& watch) {
  NamedPairs named;
  for (const auto& file : files) {
    formats::readPairTable(file, {}, [&](const formats::PairRow& row) {
      throwIfStopped(watch.stop);
      // PLM-interact's own input: a header of two names that are no ids, then sequences.
      if (formats::plainName(row.a) == "query" && formats::plainName(row.b) == "text") {
        named.areSequences = true;
        return;
      }
      named.pairs.push_back({std::string(row.a), std::string(row.b), row.label,
                             fmt::format("{}:{}", file.filename().string(), row.line)});
    });
  }
  return named;
}

/// A row of the score file that owns its text.
struct OwnRow {
  std::string a;
  std::string b;
  double score = 0;
  std::optional<bool> label;
  std::size_t line = 0;
};

class RowReader {
 public:
  RowReader(const ScoreImport& request, ProteinNames& names, const Watch& watch)
      : m_request(request),
        m_names(names),
        m_watch(watch),
        m_file(request.file.filename().string()) {}

  ScoredRows read() {
    std::vector<OwnRow> own;
    const auto layout = formats::readScoreTable(
        m_request.file, m_request.format,
        [&](const formats::ScoreRow& row) {
          throwIfStopped(m_watch.stop);
          own.push_back({std::string(row.a), std::string(row.b), row.score, row.label, row.line});
        },
        [&](std::int64_t done, std::int64_t total) {
          if (m_watch.progress) {
            m_watch.progress({"Reading scores", done, total, "bytes"});
          }
        });
    ScoredRows rows{layout.name, {}};
    if (layout.hasIds) {
      refuseIds();
      for (const OwnRow& row : own) {
        add(rows, row, layout.idsAreSequences);
      }
    } else {
      addByPlace(rows, own);
    }
    return rows;
  }

 private:
  void refuseIds() const {
    if (!m_request.ids.empty()) {
      throw badInput(m_file, 0, "the file names its pairs itself; leave --ids out");
    }
  }

  void addByPlace(ScoredRows& rows, std::vector<OwnRow>& own) {
    if (m_request.ids.empty()) {
      throw badInput(
          m_file, 0,
          fmt::format("the file ({}) does not say which pairs its scores belong to; give "
                      "the pair files the other program was asked for, in their order, "
                      "by --ids FILE…",
                      rows.layout));
    }
    const auto named = readNamedPairs(m_request.ids, m_watch);
    if (named.pairs.size() != own.size()) {
      throw badInput(m_file, 0,
                     fmt::format("there are {} scores for the {} pairs of --ids; both must be one "
                                 "row for one row",
                                 own.size(), named.pairs.size()));
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
      const auto& pair = named.pairs[i];
      if (own[i].label && pair.label && *own[i].label != *pair.label) {
        throw badInput(m_file, own[i].line,
                       fmt::format("the label is another one than at {}: the rows are not in the "
                                   "same order",
                                   pair.place));
      }
      own[i].a = pair.a;
      own[i].b = pair.b;
      own[i].label = own[i].label ? own[i].label : pair.label;
      add(rows, own[i], named.areSequences);
    }
  }

  void add(ScoredRows& rows, const OwnRow& row, bool areSequences) {
    ScoredRow scored;
    scored.a = m_names.find(row.a, areSequences);
    scored.b = m_names.find(row.b, areSequences);
    if (scored.a.empty() || scored.b.empty()) {
      const std::string& unknown = scored.a.empty() ? row.a : row.b;
      scored.unknown = areSequences ? unknown.substr(0, 20) + "…" : unknown;
    }
    scored.score = row.score;
    scored.label = row.label;
    scored.line = row.line;
    rows.rows.push_back(std::move(scored));
  }

  const ScoreImport& m_request;
  ProteinNames& m_names;
  const Watch& m_watch;
  std::string m_file;
};

}  // namespace

ProteinNames::ProteinNames(store::Project& project) : m_project(project) {
  for (auto& [key, id] : store::ProteinRepository(project.database()).ids()) {
    m_ids.emplace(key, id);
    m_keys.emplace(std::move(id), key);
  }
}

std::vector<data::ProteinKey> ProteinNames::find(std::string_view name, bool isSequence) {
  if (isSequence) {
    readSequences();
    const auto found = m_sequences.find(std::string(name));
    return found == m_sequences.end() ? std::vector<data::ProteinKey>() : found->second;
  }
  const auto found = m_keys.find(std::string(name));
  return found == m_keys.end() ? std::vector<data::ProteinKey>()
                               : std::vector<data::ProteinKey>{found->second};
}

void ProteinNames::readSequences() {
  if (!m_sequences.empty()) {
    return;
  }
  std::vector<data::ProteinKey> keys;
  for (const auto& [key, id] : m_ids) {
    keys.push_back(key);
  }
  for (auto& protein : store::ProteinRepository(m_project.database()).load(keys)) {
    m_sequences[protein.sequence].push_back(protein.key);
  }
}

ScoredRows readScoredRows(const ScoreImport& request, ProteinNames& names, const Watch& watch) {
  return RowReader(request, names, watch).read();
}

}  // namespace twofold::imports
