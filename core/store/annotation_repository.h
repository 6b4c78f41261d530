// Annotations of proteins and the graph of terms in the store.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/annotation.h"
#include "core/data/protein.h"
#include "core/data/term_graph.h"
#include "core/store/database.h"

namespace twofold::store {

using SourceKey = std::int64_t;

/// One line of an overview.
struct AnnotationCount {
  data::AnnotationKind kind = data::AnnotationKind::Process;
  std::string evidence;
  std::int64_t annotations = 0;
  std::int64_t proteins = 0;
};

class AnnotationRepository {
 public:
  explicit AnnotationRepository(Database& database) : m_database(database) {}

  /// The source of this name ("UniProt", "org.Hs.eg.db 2022-Sep12"), made when it is new. Inside
  /// the caller's transaction.
  [[nodiscard]] SourceKey source(std::string_view name);

  /// Adds what is not there; a text and a publication count replace those of before. Returns how
  /// many annotations were new: the others keep their first source. Inside the caller's
  /// transaction; quickest in ascending order of proteins.
  std::int64_t add(data::ProteinKey protein, const data::ProteinAnnotations& annotations,
                   SourceKey source);

  /// In the order of `keys`; nothing known gives an empty value. Annotations come ascending.
  [[nodiscard]] std::vector<data::ProteinAnnotations> load(std::span<const data::ProteinKey> keys);

  /// By kind and evidence, ascending.
  [[nodiscard]] std::vector<AnnotationCount> counts();

  /// The publications of every protein that has a count, the largest of its sources, ascending.
  [[nodiscard]] std::vector<std::int64_t> publicationCounts();

  /// The ids of all GO terms that annotations name, each once.
  [[nodiscard]] std::vector<std::string> goTerms();

  /// Replaces the graph. Inside the caller's transaction.
  void replaceGraph(const data::TermGraph& graph);
  /// Empty when none was imported. Terms come in the order in which they were stored.
  [[nodiscard]] data::TermGraph graph();

 private:
  void addTexts(data::ProteinKey protein, const data::ProteinAnnotations& annotations,
                SourceKey source);

  Database& m_database;
  std::optional<Statement> m_insert;
  std::optional<Statement> m_insertText;
  std::optional<Statement> m_insertCount;
};

}  // namespace twofold::store
