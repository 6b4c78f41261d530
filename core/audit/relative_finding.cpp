#include "core/audit/relative_finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/audit/limits.h"

namespace twofold::audit {

namespace {

constexpr double kMadeFor = 0.4;  // identity, see bio::RelativeFinder

/// Some proteins of the subject, by their place, and their sequences.
struct Chosen {
  std::vector<std::uint32_t> places;
  std::vector<std::string_view> sequences;

  Chosen(const Subject& subject, const std::vector<bool>& wanted) {
    for (std::uint32_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i]) {
        places.push_back(i);
        sequences.push_back(subject.proteins()[i].sequence);
      }
    }
  }
};

/// Rounded down, so that 40 % is never less.
int percent(double share) {
  return static_cast<int>(std::floor(100 * share + 1e-9));
}

std::ptrdiff_t countWithout(const Chosen& chosen) {
  return std::count_if(chosen.sequences.begin(), chosen.sequences.end(),
                       [](std::string_view sequence) { return sequence.empty(); });
}

bool hasNoSequence(const Chosen& chosen) {
  return countWithout(chosen) == static_cast<std::ptrdiff_t>(chosen.sequences.size());
}

/// Null where they can be looked for.
const char* whyNoRelatives(const Chosen& queries, const Chosen& targets, bool hasSplit) {
  if (hasSplit && queries.places.empty()) {
    return "The split has no pair in validation or test.";
  }
  if (hasSplit && targets.places.empty()) {
    return "The split has no pair in training.";
  }
  if (hasNoSequence(queries)) {
    return hasSplit ? "No protein in validation or test has a sequence: import their FASTA first."
                    : "No protein has a sequence: import their FASTA first.";
  }
  return hasNoSequence(targets) ? "No protein in training has a sequence: import their FASTA first."
                                : nullptr;
}

void addRows(Finding& finding, const Subject& subject, const Chosen& queries, const Chosen& targets,
             std::span<const Relative> relatives) {
  for (const Relative& relative : relatives) {
    const auto& query = subject.proteins()[queries.places[relative.query]];
    const auto& target = subject.proteins()[targets.places[relative.target]];
    if (query.key != target.key) {
      finding.rows.push_back({data::Part::None, Row::kNone, Row::kNone, query.key, target.key,
                              fmt::format("{} % identity over {} % of the shorter",
                                          percent(relative.identity), percent(relative.coverage))});
    }
  }
}

/// The pairs that touch the proteins of the rows.
void countPairs(Finding& finding, const Subject& subject) {
  std::vector<data::ProteinKey> evaluated;
  std::vector<data::ProteinKey> training;
  for (const Row& row : finding.rows) {
    evaluated.push_back(row.protein);
    training.push_back(row.other);
  }
  for (auto* keys : {&evaluated, &training}) {
    std::sort(keys->begin(), keys->end());
    keys->erase(std::unique(keys->begin(), keys->end()), keys->end());
  }
  const auto touches = [&](std::size_t i, const std::vector<data::ProteinKey>& keys) {
    return std::binary_search(keys.begin(), keys.end(), subject.pair(i).a) ||
           std::binary_search(keys.begin(), keys.end(), subject.pair(i).b);
  };
  std::int64_t touched = 0;
  std::int64_t all = 0;
  for (std::uint32_t i = 0; i < subject.size(); ++i) {
    const bool counts = subject.hasSplit() ? subject.isEvaluated(i) : true;
    all += counts ? 1 : 0;
    touched += counts && touches(i, evaluated) ? 1 : 0;
    if (subject.part(i) == data::Part::Train && touches(i, training)) {
      finding.leaving.push_back(i);
    }
  }
  finding.count = static_cast<std::int64_t>(evaluated.size());
  finding.severity = severityOf(touched, all);
  if (!subject.hasSplit()) {  // a warning to who cuts the set, no leak yet
    finding.severity = std::min(finding.severity, Severity::Warn);
  }
  finding.numbers.emplace_back("pairs_touched", static_cast<double>(touched));
  finding.numbers.emplace_back("pairs", static_cast<double>(all));
  finding.numbers.emplace_back("relations", static_cast<double>(finding.rows.size()));
}

}  // namespace

Finding findNearRelatives(const Subject& subject, const RelativeSearch& search,
                          const ProgressSink& progress, const std::stop_token& stop) {
  const Chosen queries(subject, subject.evaluatedProteins());
  const Chosen targets(subject, subject.hasSplit() ? subject.proteinsIn(data::Part::Train)
                                                   : subject.evaluatedProteins());
  if (const auto* reason = whyNoRelatives(queries, targets, subject.hasSplit())) {
    return skipped(Kind::NearRelative, reason);
  }
  const auto without = countWithout(queries);
  Finding finding{Kind::NearRelative};
  addRows(finding, subject, queries, targets,
          findRelatives(queries.sequences, targets.sequences, search, progress, stop));
  finding.numbers = {{"identity", search.rule.identity},
                     {"coverage", search.rule.coverage},
                     {"proteins", static_cast<double>(queries.places.size())},
                     {"without_sequence", static_cast<double>(without)}};
  countPairs(finding, subject);
  finding.what = fmt::format(
      "{} of {} {} with a relative {}, at {} % identity or more over {} % or more of the shorter, "
      "in {}. Candidates by shared words{}, confirmed by alignment{}.",
      countOf(finding.count, "protein"), queries.places.size(),
      subject.hasSplit() ? "in validation or test" : "of the set",
      subject.hasSplit() ? "in training" : "in it", percent(search.rule.identity),
      percent(search.rule.coverage),
      countOf(static_cast<std::int64_t>(finding.numbers[4].second), "pair"),
      search.mmseqs.empty() ? "" : " and MMseqs2",
      without == 0 ? "" : fmt::format("; {} without a sequence", countOf(without, "protein")));
  if (search.rule.identity < kMadeFor && search.mmseqs.empty()) {
    finding.what += " Words alone miss many below 40 % identity: install MMseqs2.";
  }
  if (finding.count > 0) {
    finding.cure = subject.hasSplit()
                       ? "Leave the relatives' pairs out of training."
                       : "Cut the set by proteins or families; a cut by pairs parts relatives.";
  }
  return finding;
}

}  // namespace twofold::audit
