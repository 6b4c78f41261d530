#include "core/imports/score_matching.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/base/error.h"
#include "core/imports/scored_pairs.h"
#include "core/store/pair_repository.h"

namespace twofold::imports {

namespace {

using data::Part;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct PairHash {
  std::size_t operator()(const std::pair<data::ProteinKey, data::ProteinKey>& key) const {
    return std::hash<data::ProteinKey>{}(key.first * 0x9E3779B1LL ^ key.second);
  }
};

/// The pairs scores may belong to.
struct Target {
  data::Pairs pairs;
  std::vector<Part> parts;
  std::string split;
  std::string hash;
};

std::string onlySplit(store::PairRepository& repository, const std::string& pairSet) {
  std::vector<std::string> names;
  for (const auto& info : repository.splits()) {
    if (info.pairSet == pairSet) {
      names.push_back(info.name);
    }
  }
  if (names.size() > 1) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("\"{}\" has the splits {}; say which by --split, or --split none for all "
                    "its pairs as one part",
                    pairSet, fmt::join(names, ", ")));
  }
  return names.empty() ? "none" : names.front();
}

Target targetOf(store::Project& project, const ScoreImport& request) {
  store::PairRepository repository(project.database());
  Target target;
  target.pairs = repository.pairs(repository.set(request.pairSet).key);
  const std::string split =
      request.split.empty() ? onlySplit(repository, request.pairSet) : request.split;
  if (split == "none") {
    target.parts.assign(target.pairs.size(), request.part.value_or(Part::Test));
    return target;
  }
  const auto info = repository.splitInfo(request.pairSet, split);
  target.split = info.name;
  target.hash = info.hash;
  target.parts = repository.split(info.key).parts;
  return target;
}

bool isWanted(Part part, const std::optional<Part>& only) {
  return only ? part == *only : part == Part::Validation || part == Part::Test;
}

class Matcher {
 public:
  Matcher(store::Project& project, const ScoreImport& request, ImportReport& report)
      : m_request(request),
        m_report(report),
        m_file(request.file.filename().string()),
        m_names(project),
        m_target(targetOf(project, request)),
        m_sums(m_target.pairs.size(), 0),
        m_firsts(m_target.pairs.size(), kNaN),
        m_counts(m_target.pairs.size(), 0) {
    m_places.reserve(m_target.pairs.size());
    for (std::uint32_t i = 0; i < m_target.pairs.size(); ++i) {
      const auto& pair = m_target.pairs[i];
      m_places.emplace(std::minmax(pair.a, pair.b), i);
    }
  }

  MatchedScores match(const Watch& watch) {
    const auto rows = readScoredRows(m_request, m_names, watch);
    for (const ScoredRow& row : rows.rows) {
      throwIfStopped(watch.stop);
      add(row);
    }
    refuseContradictions();
    settleRepeated();
    MatchedScores matched{rows.layout, m_target.split, m_target.hash, scaleOfAll(), {}};
    for (const Part part : {Part::Train, Part::Validation, Part::Test}) {
      addPart(part, matched);
    }
    if (matched.parts.empty()) {
      throw nothingLeft();
    }
    noteRounding(matched);
    return matched;
  }

 private:
  std::string place(std::size_t line) const { return fmt::format("{}:{}", m_file, line); }

  std::string words(std::uint32_t i) const {
    return fmt::format("{} and {}", m_names.idOf(m_target.pairs[i].a),
                       m_names.idOf(m_target.pairs[i].b));
  }

  void add(const ScoredRow& row) {
    ++m_report.read;
    if (row.a.empty() || row.b.empty()) {
      m_report.skip("unknown protein", fmt::format("{}: {}", place(row.line), row.unknown));
      return;
    }
    bool isThere = false;
    for (const auto a : row.a) {
      for (const auto b : row.b) {
        const auto found = m_places.find(std::minmax(a, b));
        if (found != m_places.end()) {
          isThere = true;
          take(row, found->second);
        }
      }
    }
    if (!isThere) {
      m_report.skip("pair not in the set",
                    fmt::format("{}: {} and {}", place(row.line), m_names.idOf(row.a.front()),
                                m_names.idOf(row.b.front())));
    }
  }

  void take(const ScoredRow& row, std::uint32_t i) {
    const auto& pair = m_target.pairs[i];
    const auto example = [&] { return fmt::format("{}: {}", place(row.line), words(i)); };
    if (!isWanted(m_target.parts[i], m_request.part)) {
      m_report.skip("pair of another part", example());
      return;
    }
    if (pair.label == data::Label::Unknown) {
      m_report.skip("pair without a label", example());
      return;
    }
    if (row.label && *row.label != (pair.label == data::Label::Positive)) {
      m_contradictions.push_back(example());
      return;
    }
    if (!std::isfinite(static_cast<float>(row.score))) {
      m_report.skip("no number", example());
      return;
    }
    if (m_counts[i] > 0) {
      m_report.skip(row.score == m_firsts[i] ? "repeated pair" : "repeated pair, another score",
                    example());
    } else {
      m_firsts[i] = row.score;
    }
    if (m_counts[i] > 0 && row.score != m_firsts[i]) {
      m_disagreeing.insert(i);
    }
    m_sums[i] += row.score;
    ++m_counts[i];
  }

  void refuseContradictions() const {
    if (!m_contradictions.empty()) {
      throw badInput(
          m_file, 0,
          fmt::format("{} rows have another label than \"{}\", as {}; the scores may be of "
                      "other pairs; --columns a,b,score leaves labels unread",
                      m_contradictions.size(), m_request.pairSet, m_contradictions.front()));
    }
  }

  void settleRepeated() {
    if (m_disagreeing.empty()) {
      return;
    }
    const auto count = m_disagreeing.size();
    switch (m_request.repeated) {
      case RepeatedScores::Refuse:
        throw badInput(
            m_file, 0,
            fmt::format("{} pairs have two scores or more that differ, as {}; --repeated "
                        "mean takes their mean, --repeated leave-out neither",
                        count, words(*m_disagreeing.begin())));
      case RepeatedScores::Mean:
        m_report.notes.push_back(
            fmt::format("{} pairs have scores that differ; each has their mean", count));
        return;
      case RepeatedScores::LeaveOut:
        for (const auto i : m_disagreeing) {
          m_counts[i] = 0;
        }
        m_report.notes.push_back(
            fmt::format("{} pairs have scores that differ and are left out", count));
        return;
    }
  }

  double scoreOf(std::uint32_t i) const {
    return m_disagreeing.contains(i) ? m_sums[i] / static_cast<double>(m_counts[i]) : m_firsts[i];
  }

  ScoreScale scaleOfAll() {
    std::size_t outside = 0;
    for (std::uint32_t i = 0; i < m_counts.size(); ++i) {
      outside += m_counts[i] > 0 && (scoreOf(i) < 0 || scoreOf(i) > 1) ? 1 : 0;
    }
    switch (m_request.scale) {
      case ScoreScale::Auto:
        break;
      case ScoreScale::Probability:
        if (outside > 0) {
          throw badInput(m_file, 0,
                         fmt::format("{} scores lie outside [0, 1] and are no probabilities; say "
                                     "--scores logit or --scores rank",
                                     outside));
        }
        break;
      case ScoreScale::Logit:
      case ScoreScale::Rank:
        return m_request.scale;
    }
    if (outside == 0) {
      return ScoreScale::Probability;
    }
    m_report.notes.push_back(fmt::format(
        "{} scores lie outside [0, 1]: they are kept as they are and their order is measured, not "
        "how far they can be taken at their word; --scores logit brings logits to probabilities",
        outside));
    return ScoreScale::Rank;
  }

  void addPart(Part part, MatchedScores& matched) {
    MatchedPart scored{part, {}, {}};
    std::vector<std::uint32_t> missing;
    for (std::uint32_t i = 0; i < m_target.pairs.size(); ++i) {
      if (m_target.parts[i] != part || m_target.pairs[i].label == data::Label::Unknown) {
        continue;
      }
      if (m_counts[i] == 0) {
        missing.push_back(i);
        continue;
      }
      const double score = scoreOf(i);
      scored.pairs.push_back(i);
      scored.scores.push_back(static_cast<float>(
          matched.scale == ScoreScale::Logit ? 1 / (1 + std::exp(-score)) : score));
    }
    if (!isWanted(part, m_request.part) || scored.pairs.size() + missing.size() == 0) {
      return;
    }
    if (scored.pairs.empty()) {
      m_report.notes.push_back(fmt::format("the file has no scores of {} pairs", data::name(part)));
      return;
    }
    settleMissing(part, missing);
    m_report.kept += static_cast<std::int64_t>(scored.pairs.size());
    matched.parts.push_back(std::move(scored));
  }

  void settleMissing(Part part, const std::vector<std::uint32_t>& missing) {
    if (missing.empty()) {
      return;
    }
    if (m_request.missing == MissingScores::Refuse) {
      throw badInput(
          m_file, 0,
          fmt::format("{} {} pairs have no score, as {}{}; --missing leave-out measures "
                      "the rest, and comparisons take the pairs all runs have",
                      missing.size(), data::name(part), words(missing.front()), skippedWords()));
    }
    m_report.notes.push_back(fmt::format("{} {} pairs have no score and are left out, as {}",
                                         missing.size(), data::name(part), words(missing.front())));
  }

  /// What became of rows that might have been theirs.
  std::string skippedWords() const {
    std::vector<std::string> reasons;
    for (const auto& [reason, count] : m_report.skipped) {
      reasons.push_back(fmt::format("{} × {}", count, reason));
    }
    return reasons.empty() ? "" : fmt::format(" (rows skipped: {})", fmt::join(reasons, ", "));
  }

  Error nothingLeft() const {
    return badInput(m_file, 0,
                    fmt::format("no score is of a {} pair of \"{}\"{}",
                                m_request.part ? data::name(*m_request.part) : "validation or test",
                                m_request.pairSet, skippedWords()));
  }

  void noteRounding(const MatchedScores& matched) {
    std::unordered_set<double> given;
    std::unordered_set<float> kept;
    for (const MatchedPart& part : matched.parts) {
      kept.insert(part.scores.begin(), part.scores.end());
      for (const auto i : part.pairs) {
        given.insert(scoreOf(i));
      }
    }
    if (kept.size() < given.size()) {
      m_report.notes.push_back(
          fmt::format("scores are kept in single precision: of {} different ones {} are left",
                      given.size(), kept.size()));
    }
  }

  const ScoreImport& m_request;
  ImportReport& m_report;
  std::string m_file;
  ProteinNames m_names;
  Target m_target;
  std::unordered_map<std::pair<data::ProteinKey, data::ProteinKey>, std::uint32_t, PairHash>
      m_places;
  // Of each pair of the set.
  std::vector<double> m_sums;
  std::vector<double> m_firsts;
  std::vector<std::uint32_t> m_counts;
  std::set<std::uint32_t> m_disagreeing;
  std::vector<std::string> m_contradictions;
};

}  // namespace

MatchedScores matchScores(store::Project& project, const ScoreImport& request, const Watch& watch,
                          ImportReport& report) {
  return Matcher(project, request, report).match(watch);
}

}  // namespace twofold::imports
