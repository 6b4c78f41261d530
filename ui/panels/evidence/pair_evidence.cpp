#include "ui/panels/evidence/pair_evidence.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/base/progress.h"
#include "core/data/information_content.h"
#include "core/store/annotation_repository.h"
#include "core/store/protein_repository.h"

namespace twofold::ui {

namespace {

constexpr std::size_t kChunk = 512;  // proteins read between two looks at the stop token

/// Shared first, then the first protein's own; the rarest first in each.
int group(const TermRow& row) {
  return row.isShared() ? 0 : row.evidence[0].empty() ? 2 : 1;
}

void sortRows(std::vector<TermRow>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const TermRow& a, const TermRow& b) {
    return std::tuple(group(a), a.proteins, a.kind, a.term) <
           std::tuple(group(b), b.proteins, b.kind, b.term);
  });
}

void countTerms(ProjectEvidence& all, const data::ProteinAnnotations& protein) {
  std::vector<ProjectEvidence::TermKey> terms;
  for (const auto& annotation : protein.annotations) {
    if (!data::isGo(annotation.kind) || !all.graph.find(annotation.term)) {
      terms.emplace_back(annotation.kind, annotation.term);
    }
  }
  for (const auto index : data::termsWithAncestors(all.graph, protein)) {
    const auto& term = all.graph.term(index);
    terms.emplace_back(term.kind, term.id);
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  for (auto& term : terms) {
    ++all.proteins[std::move(term)];
  }
  all.annotated += protein.annotations.empty() ? 0 : 1;
}

}  // namespace

std::int64_t ProjectEvidence::count(const TermKey& term) const {
  const auto found = proteins.find(term);
  return found == proteins.end() ? 0 : found->second;
}

ProjectEvidence readProjectEvidence(store::Project& project, const std::stop_token& stop) {
  store::AnnotationRepository repository(project.database());
  ProjectEvidence all;
  all.publications = repository.publicationCounts();
  all.graph = repository.graph();
  std::vector<data::ProteinKey> keys;
  for (const auto& [key, id] : store::ProteinRepository(project.database()).ids()) {
    keys.push_back(key);
  }
  const std::span every(keys);
  for (std::size_t first = 0; first < keys.size(); first += kChunk) {
    if (stop.stop_requested()) {
      throw StopRequested();
    }
    const auto chunk = every.subspan(first, std::min(kChunk, keys.size() - first));
    for (const auto& protein : repository.load(chunk)) {
      countTerms(all, protein);
    }
  }
  return all;
}

std::optional<double> studyShare(const ProjectEvidence& project, std::int64_t publications) {
  const auto& all = project.publications;
  if (publications <= 0 || all.size() < 2) {
    return std::nullopt;
  }
  const auto fewer = std::lower_bound(all.begin(), all.end(), publications) - all.begin();
  return static_cast<double>(fewer) / static_cast<double>(all.size() - 1);
}

PairEvidence readPairEvidence(store::Project& project,
                              std::shared_ptr<const ProjectEvidence> counts,
                              const std::array<data::ProteinKey, 2>& keys,
                              std::optional<data::EvidenceRule> rule) {
  const data::EvidenceFilter filter(rule.value_or(data::EvidenceRule::Default), counts->graph);
  const auto proteins = store::AnnotationRepository(project.database()).load(keys);
  std::map<ProjectEvidence::TermKey, TermRow> rows;
  PairEvidence pair;
  for (std::size_t side = 0; side < keys.size(); ++side) {
    pair.publications[side] = proteins[side].publications;
    for (const auto& annotation : proteins[side].annotations) {
      auto& row = rows[{annotation.kind, annotation.term}];
      row.evidence[side].push_back(
          {annotation.evidence, data::isElectronic(annotation), filter.objection(annotation)});
    }
  }
  for (auto& [key, row] : rows) {
    std::tie(row.kind, row.term) = key;
    if (const auto term = counts->graph.find(row.term); term && data::isGo(row.kind)) {
      row.name = counts->graph.term(*term).name;
    }
    // The term of an alternative aspect or of a protein imported since counts for itself.
    row.proteins = std::max<std::int64_t>(counts->count(key), row.isShared() ? 2 : 1);
    row.information = std::max(
        0.0, std::log(static_cast<double>(counts->annotated) / static_cast<double>(row.proteins)));
    pair.rows.push_back(std::move(row));
  }
  sortRows(pair.rows);
  pair.project = std::move(counts);
  pair.rule = rule;
  return pair;
}

std::vector<TermRow> visibleRows(const std::vector<TermRow>& rows, const TermView& view) {
  std::vector<TermRow> visible;
  for (TermRow row : rows) {
    for (auto& evidence : row.evidence) {
      std::erase_if(evidence, [&](const TermEvidence& one) {
        return (view.onlyReadable && one.objection) || (view.onlyElectronic && !one.electronic);
      });
    }
    if (!row.evidence[0].empty() || !row.evidence[1].empty()) {
      visible.push_back(std::move(row));
    }
  }
  sortRows(visible);
  return visible;
}

}  // namespace twofold::ui
