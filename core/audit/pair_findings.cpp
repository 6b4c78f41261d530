#include "core/audit/pair_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/audit/limits.h"

namespace twofold::audit {

namespace {

constexpr const char* kNeedsSplit =
    "A set without a split has no parts that could share something: name a split.";

void finish(Finding& finding, std::int64_t all) {
  finding.count = static_cast<std::int64_t>(finding.rows.size());
  finding.severity = severityOf(finding.count, all);
  std::sort(finding.leaving.begin(), finding.leaving.end());
  finding.leaving.erase(std::unique(finding.leaving.begin(), finding.leaving.end()),
                        finding.leaving.end());
}

std::int64_t evaluatedPairs(const Subject& subject) {
  std::int64_t all = 0;
  for (const auto part : subject.evaluatedParts()) {
    all += subject.pairsIn(part);
  }
  return all;
}

std::int64_t lookedAt(const Subject& subject) {
  std::int64_t all = 0;
  for (const auto part : subject.parts()) {
    all += subject.pairsIn(part);
  }
  return all;
}

/// One of the two findings on shared pairs: the same walk, told apart by the order.
Finding findCopies(const Subject& subject, const PairGroups& groups, Kind kind) {
  if (!subject.hasSplit()) {
    return skipped(kind, kNeedsSplit);
  }
  Finding finding{kind};
  for (const auto& group : groups.groups()) {
    std::vector<std::uint32_t> training;
    std::copy_if(group.begin(), group.end(), std::back_inserter(training),
                 [&](auto i) { return subject.part(i) == data::Part::Train; });
    const auto before = finding.rows.size();
    for (const auto i : group) {
      if (!subject.isEvaluated(i) || training.empty()) {
        continue;
      }
      const auto same = std::find_if(training.begin(), training.end(), [&](auto copy) {
        return subject.pair(copy).a == subject.pair(i).a;
      });
      if ((same != training.end()) == (kind == Kind::SharedPair)) {
        const auto copy = same == training.end() ? training.front() : *same;
        finding.rows.push_back({subject.part(i), i, copy, 0, 0,
                                subject.pair(i).label == subject.pair(copy).label
                                    ? "in training with the same label"
                                    : "in training with another label"});
      }
    }
    if (finding.rows.size() > before) {
      finding.leaving.insert(finding.leaving.end(), training.begin(), training.end());
    }
  }
  finish(finding, evaluatedPairs(subject));
  // A single pair that was trained on is an answer given away, whatever its share.
  finding.severity = finding.count > 0 ? Severity::Bad : Severity::Ok;
  finding.numbers = {{"evaluated_pairs", static_cast<double>(evaluatedPairs(subject))}};
  return finding;
}

}  // namespace

PairGroups::PairGroups(const Subject& subject) {
  using Entry = std::tuple<data::ProteinKey, data::ProteinKey, std::uint32_t>;
  std::vector<Entry> entries;
  entries.reserve(subject.size());
  for (std::uint32_t i = 0; i < subject.size(); ++i) {
    if (subject.isLookedAt(i)) {
      const auto [low, high] = std::minmax(subject.pair(i).a, subject.pair(i).b);
      entries.emplace_back(low, high, i);
    }
  }
  std::sort(entries.begin(), entries.end());
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t end = i + 1;
    while (end < entries.size() && std::get<0>(entries[end]) == std::get<0>(entries[i]) &&
           std::get<1>(entries[end]) == std::get<1>(entries[i])) {
      ++end;
    }
    if (end - i > 1) {
      auto& group = m_groups.emplace_back();
      for (; i < end; ++i) {
        group.push_back(std::get<2>(entries[i]));
      }
    }
    i = end;
  }
}

Finding findSharedPairs(const Subject& subject, const PairGroups& groups) {
  auto finding = findCopies(subject, groups, Kind::SharedPair);
  if (finding.severity != Severity::Skipped) {
    finding.what =
        fmt::format("{} of validation or test also in training.", countOf(finding.count, "pair"));
    finding.cure = finding.count == 0 ? "" : "Leave the copies out of training.";
  }
  return finding;
}

Finding findSwappedPairs(const Subject& subject, const PairGroups& groups) {
  auto finding = findCopies(subject, groups, Kind::SwappedPair);
  if (finding.severity != Severity::Skipped) {
    finding.what = fmt::format("{} of validation or test in training with its proteins swapped.",
                               countOf(finding.count, "pair"));
    finding.cure = finding.count == 0 ? "" : "Leave the swapped copies out of training.";
  }
  return finding;
}

Finding findDuplicates(const Subject& subject, const PairGroups& groups) {
  Finding finding{Kind::Duplicate};
  std::int64_t swapped = 0;
  for (const auto& group : groups.groups()) {
    std::map<std::pair<data::Part, data::Label>, std::uint32_t> first;
    for (const auto i : group) {
      const auto [at, isNew] = first.try_emplace({subject.part(i), subject.pair(i).label}, i);
      if (!isNew) {
        const bool turned = subject.pair(at->second).a != subject.pair(i).a;
        swapped += turned ? 1 : 0;
        finding.rows.push_back({subject.part(i), i, at->second, 0, 0,
                                turned ? "repeats a pair, swapped" : "repeats a pair"});
        finding.leaving.push_back(i);
      }
    }
  }
  finish(finding, lookedAt(subject));
  finding.numbers = {{"swapped", static_cast<double>(swapped)},
                     {"pairs", static_cast<double>(lookedAt(subject))}};
  finding.what = fmt::format("{} of a part, {} of them swapped.",
                             countOf(finding.count, "repetition"), swapped);
  finding.cure = finding.count == 0 ? "" : "Keep the first of each; the others count twice.";
  return finding;
}

Finding findContradictions(const Subject& subject, const PairGroups& groups) {
  Finding finding{Kind::Contradiction};
  std::int64_t contradictory = 0;
  for (const auto& group : groups.groups()) {
    const auto has = [&](data::Label label) {
      return std::find_if(group.begin(), group.end(),
                          [&](auto i) { return subject.pair(i).label == label; });
    };
    const auto positive = has(data::Label::Positive);
    const auto negative = has(data::Label::Negative);
    if (positive == group.end() || negative == group.end()) {
      continue;
    }
    ++contradictory;
    for (const auto i : group) {
      const bool isPositive = subject.pair(i).label == data::Label::Positive;
      finding.rows.push_back(
          {subject.part(i), i, isPositive ? *negative : *positive, 0, 0,
           isPositive ? "positive here, negative there" : "negative here, positive there"});
      finding.leaving.push_back(i);
    }
  }
  finish(finding, lookedAt(subject));
  finding.count = contradictory;
  finding.numbers = {{"rows", static_cast<double>(finding.rows.size())},
                     {"pairs", static_cast<double>(lookedAt(subject))}};
  finding.what = fmt::format("{} with both labels.", countOf(contradictory, "pair"));
  finding.cure =
      contradictory == 0 ? "" : "Leave all their rows out: neither label is to be trusted.";
  return finding;
}

Finding findSelfPairs(const Subject& subject) {
  Finding finding{Kind::SelfPair};
  for (std::uint32_t i = 0; i < subject.size(); ++i) {
    if (subject.isLookedAt(i) && subject.pair(i).a == subject.pair(i).b) {
      finding.rows.push_back(
          {subject.part(i), i, Row::kNone, subject.pair(i).a, 0, "a protein with itself"});
      finding.leaving.push_back(i);
    }
  }
  finish(finding, lookedAt(subject));
  finding.numbers = {{"pairs", static_cast<double>(lookedAt(subject))}};
  finding.what = fmt::format("{} of a protein with itself.", countOf(finding.count, "pair"));
  finding.cure = finding.count == 0
                     ? ""
                     : "Leave them out: a model tells them by comparing its two inputs. Complexes "
                       "of one protein are a question of their own.";
  return finding;
}

}  // namespace twofold::audit
