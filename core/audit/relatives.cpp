#include "core/audit/relatives.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "core/audit/mmseqs.h"
#include "core/base/each_item.h"
#include "core/bio/relative_finder.h"
#include "core/data/sequence_families.h"
#include "core/retrieval/parallel.h"

namespace twofold::audit {

namespace {

using Candidates = std::vector<std::vector<std::uint32_t>>;  // of each query, ascending

std::optional<Relative> confirmed(std::string_view query, std::string_view target,
                                  const RelativeRule& rule, const std::stop_token& stop) {
  const auto relation = data::relationOf(query, target, {rule.identity, rule.coverage}, stop);
  return relation ? std::optional(Relative{0, 0, relation->identity, relation->coverage})
                  : std::nullopt;
}

/// Targets by text, for relatives that are too short for words.
void addEqual(std::span<const std::string_view> queries, std::span<const std::string_view> targets,
              Candidates& candidates) {
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> byText;
  for (std::uint32_t i = 0; i < targets.size(); ++i) {
    if (!targets[i].empty()) {
      byText[targets[i]].push_back(i);
    }
  }
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (const auto found = byText.find(queries[i]); found != byText.end()) {
      candidates[i].insert(candidates[i].end(), found->second.begin(), found->second.end());
    }
  }
}

bool hasSequence(std::span<const std::string_view> sequences) {
  return std::any_of(sequences.begin(), sequences.end(), [](auto s) { return !s.empty(); });
}

void addFromMmseqs(std::span<const std::string_view> queries,
                   std::span<const std::string_view> targets, const RelativeSearch& search,
                   const ProgressSink& progress, const std::stop_token& stop,
                   Candidates& candidates) {
  if (progress) {
    progress({"Searching with MMseqs2", 0, 0, "proteins"});
  }
  for (const auto& [query, target] : mmseqsHits(search, queries, targets, stop)) {
    candidates[query].push_back(target);
  }
}

}  // namespace

std::vector<Relative> findRelatives(std::span<const std::string_view> queries,
                                    std::span<const std::string_view> targets,
                                    const RelativeSearch& search, const ProgressSink& progress,
                                    const std::stop_token& stop) {
  Candidates candidates(queries.size());
  addEqual(queries, targets, candidates);
  if (!search.mmseqs.empty() && hasSequence(queries) && hasSequence(targets)) {
    addFromMmseqs(queries, targets, search, progress, stop, candidates);
  }
  const bio::RelativeFinder finder(targets);
  std::vector<std::vector<Relative>> found(queries.size());
  eachItem(retrieval::threadsOr(search.threads), {queries.size(), "Finding relatives", "proteins"},
           progress, stop, [&](std::size_t query) {
             auto& of = candidates[query];
             for (const auto& candidate : finder.candidates(queries[query], search.rule.coverage)) {
               of.push_back(candidate.sequence);
             }
             std::sort(of.begin(), of.end());
             of.erase(std::unique(of.begin(), of.end()), of.end());
             for (const auto target : of) {
               if (auto relative = confirmed(queries[query], targets[target], search.rule, stop)) {
                 relative->query = static_cast<std::uint32_t>(query);
                 relative->target = target;
                 found[query].push_back(*relative);
               }
             }
           });
  std::vector<Relative> all;
  for (const auto& some : found) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace twofold::audit
