#include <fmt/format.h>

#include <array>
#include <unordered_map>

#include "core/base/error.h"
#include "core/imports/foreign_databases.h"
#include "core/store/database.h"

namespace twofold::imports {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRowsBetweenReports = 8192;
constexpr std::array<std::string_view, 3> kEdgeTables = {"go_bp_parents", "go_mf_parents",
                                                         "go_cc_parents"};

std::optional<data::AnnotationKind> kindOf(std::string_view ontology) {
  if (ontology == "BP") {
    return data::AnnotationKind::Process;
  }
  if (ontology == "MF") {
    return data::AnnotationKind::Function;
  }
  if (ontology == "CC") {
    return data::AnnotationKind::Component;
  }
  return std::nullopt;
}

/// GO.db wrote "isa" and "part of" until 2023, GO's own names since.
std::optional<data::TermRelation> relationOf(std::string_view name) {
  if (name == "isa" || name == "is_a") {
    return data::TermRelation::IsA;
  }
  if (name == "part of" || name == "part_of") {
    return data::TermRelation::PartOf;
  }
  return std::nullopt;
}

class TermReader {
 public:
  TermReader(const fs::path& file, ImportReport& report, const Watch& watch)
      : m_database(file, store::Access::Foreign),
        m_file(file.filename().string()),
        m_report(report),
        m_watch(watch) {}

  data::TermGraph readAll() {
    readTerms("SELECT _id, go_id, term, ontology FROM go_term", false);
    const std::size_t current = m_terms.size();
    if (m_database.hasTable("go_obsolete")) {
      readTerms("SELECT 0, go_id, term, ontology FROM go_obsolete", true);
    }
    for (const std::string_view table : kEdgeTables) {
      if (m_database.hasTable(table)) {
        readEdges(table);
      }
    }
    m_report.notes.push_back(
        fmt::format("{}: {} terms, {} obsolete ones, {} is_a and part_of edges.", m_file, current,
                    m_terms.size() - current, m_edges.size()));
    m_report.kept += static_cast<std::int64_t>(m_terms.size() + m_edges.size());
    try {
      return {std::move(m_terms), std::move(m_edges)};
    } catch (const Error& error) {
      throw badInput(m_file, 0, error.what());
    }
  }

 private:
  void tick() {
    if (++m_report.read % kRowsBetweenReports == 0) {
      throwIfStopped(m_watch.stop);
      if (m_watch.progress) {
        m_watch.progress({"Reading terms", m_report.read, 0, "rows"});
      }
    }
  }

  void readTerms(std::string_view query, bool obsolete) {
    auto row = m_database.prepare(query);
    while (row.step()) {
      tick();
      const auto kind = kindOf(row.text(3));
      if (!kind) {  // the row "all", above the three roots
        m_report.skip("term of none of the three ontologies",
                      fmt::format("{}: {}", m_file, row.text(1)));
        continue;
      }
      if (!obsolete) {
        m_indices.emplace(row.integer(0), static_cast<data::TermIndex>(m_terms.size()));
      }
      m_terms.push_back({std::string(row.text(1)), std::string(row.text(2)), *kind, obsolete});
    }
  }

  void readEdges(std::string_view table) {
    auto row =
        m_database.prepare(fmt::format("SELECT _id, _parent_id, relationship_type FROM {}", table));
    while (row.step()) {
      tick();
      const auto relation = relationOf(row.text(2));
      const auto child = m_indices.find(row.integer(0));
      const auto parent = m_indices.find(row.integer(1));
      if (!relation) {
        m_report.skip("relation is neither is_a nor part_of",
                      fmt::format("{}, table {}: {}", m_file, table, row.text(2)));
      } else if (child == m_indices.end() || parent == m_indices.end()) {
        m_report.skip(
            "edge to a term that is not there",
            fmt::format("{}, table {}: {} to {}", m_file, table, row.integer(0), row.integer(1)));
      } else {
        m_edges.push_back({child->second, parent->second, *relation});
      }
    }
  }

  store::Database m_database;
  std::string m_file;
  ImportReport& m_report;
  const Watch& m_watch;
  std::vector<data::Term> m_terms;
  std::vector<data::TermEdge> m_edges;
  std::unordered_map<std::int64_t, data::TermIndex> m_indices;  // by the file's own key
};

}  // namespace

data::TermGraph readTermDatabase(const fs::path& file, ImportReport& report, const Watch& watch) {
  return TermReader(file, report, watch).readAll();
}

}  // namespace twofold::imports
