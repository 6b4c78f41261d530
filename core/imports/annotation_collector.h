// Annotations of all files of an import, checked and counted by reason, on their way to the store.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/annotation.h"
#include "core/data/evidence_rule.h"
#include "core/data/protein.h"
#include "core/data/term_graph.h"
#include "core/imports/import_report.h"
#include "core/imports/importers.h"
#include "core/store/annotation_repository.h"
#include "core/store/project.h"

namespace twofold::imports {

/// Which protein of the project an annotation is of.
class ProteinDirectory {
 public:
  explicit ProteinDirectory(store::Project& project);

  /// By the primary accession (the first), else by a secondary one.
  [[nodiscard]] std::optional<data::ProteinKey> find(std::span<const std::string> accessions) const;
  [[nodiscard]] std::optional<data::ProteinKey> find(const std::string& accession) const;
  /// False when both organisms are known and of different species.
  [[nodiscard]] bool mayBeOf(data::ProteinKey protein, const std::string& organism) const;
  /// The protein's own sequence, by its hash.
  [[nodiscard]] bool hasSequence(data::ProteinKey protein, const std::string& sequence) const;
  [[nodiscard]] std::size_t size() const { return m_keys.size(); }
  [[nodiscard]] std::size_t withoutOrganism() const { return m_withoutOrganism; }

 private:
  struct Known {
    std::string species;  // lower case, may be empty
    std::string sequenceHash;
  };
  std::unordered_map<std::string, data::ProteinKey> m_keys;
  std::unordered_map<data::ProteinKey, Known> m_known;
  std::size_t m_withoutOrganism = 0;
};

class AnnotationCollector {
 public:
  /// `graph` and `report` outlive the collector. Without terms in the graph none is checked.
  AnnotationCollector(const data::TermGraph& graph, ImportReport& report)
      : m_graph(graph), m_report(report) {}

  /// What is added from now on is of this source.
  void beginSource(std::string name);
  /// Counts the annotation and keeps it unless its term is unknown or obsolete or it is a
  /// duplicate. `place` is "file" or "file:line", for the report.
  void add(data::ProteinKey protein, data::Annotation annotation, const std::string& place);
  /// Annotations one by one, the texts and the publication count.
  void add(data::ProteinKey protein, data::ProteinAnnotations all, const std::string& place);
  void addPublications(data::ProteinKey protein, std::int64_t publications);
  /// Counts `annotations` that are not kept.
  void skip(const std::string& reason, const std::string& example, std::int64_t annotations);

  /// Inside the caller's transaction; what the store has already is counted.
  void store(store::AnnotationRepository& repository, const Watch& watch);
  /// How much of it a model sees under a rule, in words.
  [[nodiscard]] std::string describe(data::EvidenceRule rule) const;
  [[nodiscard]] std::size_t proteins() const;

 private:
  struct Source {
    std::string name;
    std::map<data::ProteinKey, data::ProteinAnnotations> proteins;
  };
  void dropDuplicates();

  const data::TermGraph& m_graph;
  ImportReport& m_report;
  std::vector<Source> m_sources;
};

}  // namespace twofold::imports
