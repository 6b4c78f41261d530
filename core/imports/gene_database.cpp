#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/base/error.h"
#include "core/imports/foreign_databases.h"
#include "core/store/database.h"

namespace twofold::imports {

namespace {

namespace fs = std::filesystem;
using data::AnnotationKind;

constexpr std::int64_t kRowsBetweenReports = 8192;
constexpr std::size_t kLongestTerm = 64;  // letters; longer is no identifier

struct GeneTable {
  AnnotationKind kind;
  std::string_view name;
  std::string_view query;  // gene, term, evidence
};

/// DISTINCT because the tables of signatures repeat a row for each accession of a retired database.
constexpr std::array<GeneTable, 6> kTables = {{
    {AnnotationKind::Process, "go_bp", "SELECT _id, go_id, evidence FROM go_bp"},
    {AnnotationKind::Function, "go_mf", "SELECT _id, go_id, evidence FROM go_mf"},
    {AnnotationKind::Component, "go_cc", "SELECT _id, go_id, evidence FROM go_cc"},
    {AnnotationKind::Pfam, "pfam",
     "SELECT DISTINCT _id, pfam_id, '' FROM pfam WHERE pfam_id IS NOT NULL"},
    {AnnotationKind::Prosite, "prosite",
     "SELECT DISTINCT _id, prosite_id, '' FROM prosite WHERE prosite_id IS NOT NULL"},
    {AnnotationKind::Pathway, "kegg", "SELECT DISTINCT _id, path_id, '' FROM kegg"},
}};

class GeneReader {
 public:
  GeneReader(const fs::path& file, const ProteinDirectory& proteins, AnnotationCollector& collector,
             const Watch& watch)
      : m_database(file, store::Access::Foreign),
        m_file(file.filename().string()),
        m_proteins(proteins),
        m_collector(collector),
        m_watch(watch) {}

  void readAll(const fs::path& file, ImportReport& report) {
    m_organism = metadata("ORGANISM");
    m_collector.beginSource(fmt::format("{} {}", file.stem().string(), metadata("EGSOURCEDATE")));
    readProteins(report);
    for (const GeneTable& table : kTables) {
      if (m_database.hasTable(table.name)) {
        readTable(table);
      }
    }
    if (m_database.hasTable("pubmed")) {
      readPublications();
    }
  }

 private:
  std::string metadata(std::string_view name) {
    if (!m_database.hasTable("metadata")) {
      return {};
    }
    auto row = m_database.prepare("SELECT value FROM metadata WHERE name = ?");
    row.bind(1, name);
    return row.step() ? std::string(row.text(0)) : std::string();
  }

  void tick() {
    if (++m_rows % kRowsBetweenReports == 0) {
      throwIfStopped(m_watch.stop);
      if (m_watch.progress) {
        m_watch.progress({"Reading annotations", m_rows, 0, "rows"});
      }
    }
  }

  void readProteins(ImportReport& report) {
    std::int64_t all = 0;
    std::int64_t matched = 0;
    auto row = m_database.prepare("SELECT _id, uniprot_id FROM uniprot ORDER BY _id");
    while (row.step()) {
      tick();
      ++all;
      if (const auto protein = m_proteins.find(std::string(row.text(1)))) {
        auto& own = m_genes[row.integer(0)];
        if (std::find(own.begin(), own.end(), *protein) == own.end()) {
          own.push_back(*protein);
        }
        ++matched;
      }
    }
    report.notes.push_back(
        fmt::format("{}: {} of {} accessions are proteins of the project.", m_file, matched, all));
  }

  void readTable(const GeneTable& table) {
    auto row = m_database.prepare(table.query);
    const std::string place = fmt::format("{}, table {}", m_file, table.name);
    while (row.step()) {
      tick();
      const auto gene = m_genes.find(row.integer(0));
      const std::string_view term = row.text(1);
      const std::string_view evidence = row.text(2);
      if (gene == m_genes.end()) {
        m_collector.skip("unknown protein", fmt::format("{}: gene {}", place, row.integer(0)), 1);
      } else if (term.empty() || term.size() > kLongestTerm || evidence.size() > kLongestTerm) {
        m_collector.skip("no term", fmt::format("{}: gene {}", place, row.integer(0)), 1);
      } else {
        for (const data::ProteinKey protein : gene->second) {
          add(protein, {table.kind, std::string(term), std::string(evidence)}, place);
        }
      }
    }
  }

  void add(data::ProteinKey protein, data::Annotation annotation, const std::string& place) {
    if (m_proteins.mayBeOf(protein, m_organism)) {
      m_collector.add(protein, std::move(annotation), place);
    } else {
      m_collector.skip("contradictory taxonomy", fmt::format("{}: {}", place, m_organism), 1);
    }
  }

  void readPublications() {
    std::unordered_map<std::int64_t, std::int64_t> counts;
    auto row = m_database.prepare("SELECT _id FROM pubmed");
    while (row.step()) {
      tick();
      ++counts[row.integer(0)];
    }
    for (const auto& [gene, proteins] : m_genes) {
      for (const data::ProteinKey protein : proteins) {
        if (m_proteins.mayBeOf(protein, m_organism)) {
          m_collector.addPublications(protein, counts[gene]);
        }
      }
    }
  }

  store::Database m_database;
  std::string m_file;
  const ProteinDirectory& m_proteins;
  AnnotationCollector& m_collector;
  const Watch& m_watch;
  std::string m_organism;
  std::unordered_map<std::int64_t, std::vector<data::ProteinKey>> m_genes;  // of the project
  std::int64_t m_rows = 0;
};

}  // namespace

ForeignDatabase foreignDatabase(const fs::path& file) {
  store::Database database(file, store::Access::Foreign);
  if (database.hasTable("go_term") && database.hasTable("go_bp_parents")) {
    return ForeignDatabase::Terms;
  }
  if (database.hasTable("uniprot") && database.hasTable("go_bp")) {
    return ForeignDatabase::Genes;
  }
  throw badInput(file.string(), 0,
                 "the database has neither GO's terms (tables go_term, go_bp_parents) nor genes "
                 "with UniProt accessions (tables uniprot, go_bp); give GO.sqlite of GO.db or "
                 "org.Hs.eg.sqlite of org.Hs.eg.db");
}

void readGeneDatabase(const fs::path& file, const ProteinDirectory& proteins,
                      AnnotationCollector& collector, ImportReport& report, const Watch& watch) {
  GeneReader(file, proteins, collector, watch).readAll(file, report);
}

}  // namespace twofold::imports
