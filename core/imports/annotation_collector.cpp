#include "core/imports/annotation_collector.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/hash.h"
#include "core/imports/complex_names.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

constexpr std::int64_t kProteinsBetweenReports = 256;

}  // namespace

ProteinDirectory::ProteinDirectory(store::Project& project) {
  store::ProteinRepository proteins(project.database());
  for (auto& identity : proteins.identities()) {
    m_known[identity.key].sequenceHash = std::move(identity.sequenceHash);
    m_keys.emplace(std::move(identity.id), identity.key);
  }
  for (const auto& summary : proteins.summaries()) {
    if (summary.organism.empty()) {
      ++m_withoutOrganism;
    } else {
      m_known[summary.key].species = speciesOf(summary.organism);
    }
  }
}

std::optional<data::ProteinKey> ProteinDirectory::find(const std::string& accession) const {
  const auto found = m_keys.find(accession);
  return found == m_keys.end() ? std::nullopt : std::optional(found->second);
}

std::optional<data::ProteinKey> ProteinDirectory::find(
    std::span<const std::string> accessions) const {
  for (const std::string& accession : accessions) {
    if (const auto key = find(accession)) {
      return key;
    }
  }
  return std::nullopt;
}

bool ProteinDirectory::mayBeOf(data::ProteinKey protein, const std::string& organism) const {
  const std::string& species = m_known.at(protein).species;
  return species.empty() || organism.empty() || species == speciesOf(organism);
}

bool ProteinDirectory::hasSequence(data::ProteinKey protein, const std::string& sequence) const {
  return m_known.at(protein).sequenceHash == sha256(sequence);
}

void AnnotationCollector::beginSource(std::string name) {
  m_sources.push_back({std::move(name), {}});
}

void AnnotationCollector::add(data::ProteinKey protein, data::Annotation annotation,
                              const std::string& place) {
  if (!m_graph.empty() && data::isGo(annotation.kind)) {
    const auto term = m_graph.find(annotation.term);
    if (!term || m_graph.term(*term).obsolete) {
      skip(term ? "obsolete term" : "unknown term", fmt::format("{}: {}", place, annotation.term),
           1);
      return;
    }
  }
  ++m_report.read;
  m_sources.back().proteins[protein].annotations.push_back(std::move(annotation));
}

void AnnotationCollector::add(data::ProteinKey protein, data::ProteinAnnotations all,
                              const std::string& place) {
  for (data::Annotation& annotation : all.annotations) {
    add(protein, std::move(annotation), place);
  }
  data::ProteinAnnotations& kept = m_sources.back().proteins[protein];
  kept.functionText = std::move(all.functionText);
  kept.subunitText = std::move(all.subunitText);
  addPublications(protein, all.publications);
}

void AnnotationCollector::addPublications(data::ProteinKey protein, std::int64_t publications) {
  std::int64_t& kept = m_sources.back().proteins[protein].publications;
  kept = std::max(kept, publications);
}

void AnnotationCollector::skip(const std::string& reason, const std::string& example,
                               std::int64_t annotations) {
  if (annotations > 0) {
    m_report.skip(reason, example);
    m_report.skipped[reason] += annotations - 1;
    m_report.read += annotations;
  }
}

void AnnotationCollector::dropDuplicates() {
  for (Source& source : m_sources) {
    for (auto& [protein, all] : source.proteins) {
      auto& annotations = all.annotations;
      std::sort(annotations.begin(), annotations.end());
      const auto end = std::unique(annotations.begin(), annotations.end());
      if (const auto twice = annotations.end() - end; twice > 0) {
        m_report.skipped["duplicate"] += twice;
        annotations.erase(end, annotations.end());
      }
    }
  }
}

void AnnotationCollector::store(store::AnnotationRepository& repository, const Watch& watch) {
  dropDuplicates();
  std::int64_t done = 0;
  for (const Source& source : m_sources) {
    const store::SourceKey key = repository.source(source.name);
    for (const auto& [protein, all] : source.proteins) {
      throwIfStopped(watch.stop);
      const std::int64_t added = repository.add(protein, all, key);
      m_report.kept += added;
      const auto known = static_cast<std::int64_t>(all.annotations.size()) - added;
      if (known > 0) {
        m_report.skipped["already present"] += known;
      }
      if (++done % kProteinsBetweenReports == 0 && watch.progress) {
        watch.progress({"Storing annotations", done, 0, "proteins"});
      }
    }
  }
}

std::string AnnotationCollector::describe(data::EvidenceRule rule) const {
  const data::EvidenceFilter filter(rule, m_graph);
  std::int64_t all = 0;
  std::int64_t usable = 0;
  std::map<data::Objection, std::int64_t> objections;
  for (const Source& source : m_sources) {
    for (const auto& [protein, known] : source.proteins) {
      for (const auto& annotation : known.annotations) {
        ++all;
        const auto objection = filter.objection(annotation);
        ++(objection ? objections[*objection] : usable);
      }
    }
  }
  std::string text = fmt::format("Under the evidence rule \"{}\" a model sees {} of {} annotations",
                                 data::infoOf(rule).id, usable, all);
  const char* separator = "; left out: ";
  for (const auto& [objection, count] : objections) {
    text += fmt::format("{}{} × {}", separator, count, data::describe(objection));
    separator = ", ";
  }
  return text + ".";
}

std::size_t AnnotationCollector::proteins() const {
  std::set<data::ProteinKey> all;
  for (const Source& source : m_sources) {
    for (const auto& [protein, known] : source.proteins) {
      all.insert(protein);
    }
  }
  return all.size();
}

}  // namespace twofold::imports
