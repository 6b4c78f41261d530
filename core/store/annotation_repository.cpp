#include "core/store/annotation_repository.h"

#include <fmt/format.h>

#include <unordered_map>

#include "core/base/error.h"

namespace twofold::store {

namespace {

constexpr std::int64_t kFunctionText = 0;
constexpr std::int64_t kSubunitText = 1;

data::AnnotationKind kindFrom(std::int64_t number) {
  if (number < 0 || number >= static_cast<std::int64_t>(data::kAnnotationKindNames.size())) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the store has an annotation of kind {}, which this version does not "
                            "know; use the version that made it",
                            number));
  }
  return static_cast<data::AnnotationKind>(number);
}

Statement& prepared(std::optional<Statement>& statement, Database& database, std::string_view sql) {
  if (!statement) {
    statement.emplace(database.prepare(sql));
  }
  return *statement;
}

}  // namespace

SourceKey AnnotationRepository::source(std::string_view name) {
  m_database.prepare("INSERT INTO annotation_source (name) VALUES (?) ON CONFLICT DO NOTHING")
      .bind(1, name)
      .run();
  Statement row = m_database.prepare("SELECT key FROM annotation_source WHERE name = ?");
  row.bind(1, name);
  return row.step() ? row.integer(0) : 0;
}

std::int64_t AnnotationRepository::add(data::ProteinKey protein,
                                       const data::ProteinAnnotations& annotations,
                                       SourceKey source) {
  Statement& insert = prepared(m_insert, m_database,
                               "INSERT INTO annotation VALUES (?, ?, ?, ?, ?) "
                               "ON CONFLICT DO NOTHING RETURNING 1");
  std::int64_t added = 0;
  for (const data::Annotation& annotation : annotations.annotations) {
    insert.bind(1, protein)
        .bind(2, static_cast<std::int64_t>(annotation.kind))
        .bind(3, annotation.term)
        .bind(4, annotation.evidence)
        .bind(5, source);
    while (insert.step()) {
      ++added;
    }
    insert.reset();
  }
  addTexts(protein, annotations, source);
  return added;
}

void AnnotationRepository::addTexts(data::ProteinKey protein,
                                    const data::ProteinAnnotations& annotations, SourceKey source) {
  Statement& text = prepared(m_insertText, m_database,
                             "INSERT OR REPLACE INTO annotation_text VALUES (?, ?, ?, ?)");
  const auto addText = [&](std::int64_t kind, const std::string& words) {
    if (!words.empty()) {
      text.bind(1, protein).bind(2, kind).bind(3, words).bind(4, source).run();
    }
  };
  addText(kFunctionText, annotations.functionText);
  addText(kSubunitText, annotations.subunitText);
  if (annotations.publications > 0) {
    prepared(m_insertCount, m_database, "INSERT OR REPLACE INTO publication_count VALUES (?, ?, ?)")
        .bind(1, protein)
        .bind(2, source)
        .bind(3, annotations.publications)
        .run();
  }
}

std::vector<data::ProteinAnnotations> AnnotationRepository::load(
    std::span<const data::ProteinKey> keys) {
  std::vector<data::ProteinAnnotations> all(keys.size());
  Statement annotation = m_database.prepare(
      "SELECT kind, term, evidence FROM annotation WHERE protein_key = ? "
      "ORDER BY kind, term, evidence");
  Statement text =
      m_database.prepare("SELECT kind, text FROM annotation_text WHERE protein_key = ?");
  Statement count = m_database.prepare(
      "SELECT coalesce(max(publications), 0) FROM publication_count WHERE protein_key = ?");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    annotation.bind(1, keys[i]);
    while (annotation.step()) {
      all[i].annotations.push_back({kindFrom(annotation.integer(0)),
                                    std::string(annotation.text(1)),
                                    std::string(annotation.text(2))});
    }
    annotation.reset();
    text.bind(1, keys[i]);
    while (text.step()) {
      (text.integer(0) == kFunctionText ? all[i].functionText : all[i].subunitText) = text.text(1);
    }
    text.reset();
    count.bind(1, keys[i]);
    all[i].publications = count.step() ? count.integer(0) : 0;
    count.reset();
  }
  return all;
}

std::vector<AnnotationCount> AnnotationRepository::counts() {
  std::vector<AnnotationCount> all;
  Statement row = m_database.prepare(
      "SELECT kind, evidence, count(*), count(DISTINCT protein_key) FROM annotation "
      "GROUP BY kind, evidence ORDER BY kind, evidence");
  while (row.step()) {
    all.push_back(
        {kindFrom(row.integer(0)), std::string(row.text(1)), row.integer(2), row.integer(3)});
  }
  return all;
}

std::vector<std::int64_t> AnnotationRepository::publicationCounts() {
  std::vector<std::int64_t> all;
  Statement row = m_database.prepare(
      "SELECT max(publications) FROM publication_count GROUP BY protein_key ORDER BY 1");
  while (row.step()) {
    all.push_back(row.integer(0));
  }
  return all;
}

std::vector<std::string> AnnotationRepository::goTerms() {
  std::vector<std::string> all;
  Statement row = m_database.prepare("SELECT DISTINCT term FROM annotation WHERE kind <= 2");
  while (row.step()) {
    all.emplace_back(row.text(0));
  }
  return all;
}

void AnnotationRepository::replaceGraph(const data::TermGraph& graph) {
  m_database.execute("DELETE FROM term_parent; DELETE FROM term;");
  Statement insert =
      m_database.prepare("INSERT INTO term (id, name, kind, obsolete) VALUES (?, ?, ?, ?)");
  std::vector<std::int64_t> keys(graph.size());
  for (data::TermIndex i = 0; i < graph.size(); ++i) {
    const data::Term& term = graph.term(i);
    insert.bind(1, term.id)
        .bind(2, term.name)
        .bind(3, static_cast<std::int64_t>(term.kind))
        .bind(4, static_cast<std::int64_t>(term.obsolete ? 1 : 0))
        .run();
    keys[i] = m_database.lastInsertKey();
  }
  Statement edge =
      m_database.prepare("INSERT INTO term_parent VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  for (const data::TermEdge& link : graph.edges()) {
    edge.bind(1, keys[link.child])
        .bind(2, keys[link.parent])
        .bind(3, static_cast<std::int64_t>(link.relation))
        .run();
  }
}

data::TermGraph AnnotationRepository::graph() {
  std::vector<data::Term> terms;
  std::unordered_map<std::int64_t, data::TermIndex> indices;
  Statement term =
      m_database.prepare("SELECT key, id, name, kind, obsolete FROM term ORDER BY key");
  while (term.step()) {
    indices.emplace(term.integer(0), static_cast<data::TermIndex>(terms.size()));
    terms.push_back({std::string(term.text(1)), std::string(term.text(2)),
                     kindFrom(term.integer(3)), term.integer(4) != 0});
  }
  std::vector<data::TermEdge> edges;
  Statement edge = m_database.prepare("SELECT child, parent, relation FROM term_parent");
  while (edge.step()) {
    edges.push_back({indices.at(edge.integer(0)), indices.at(edge.integer(1)),
                     static_cast<data::TermRelation>(edge.integer(2))});
  }
  return {std::move(terms), std::move(edges)};
}

}  // namespace twofold::store
