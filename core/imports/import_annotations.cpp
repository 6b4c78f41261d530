#include <fmt/format.h>

#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/data/evidence_rule.h"
#include "core/formats/file_kind.h"
#include "core/formats/uniprot_text.h"
#include "core/formats/uniprot_xml.h"
#include "core/imports/annotation_collector.h"
#include "core/imports/foreign_databases.h"
#include "core/imports/importers.h"
#include "core/imports/uniprot_annotations.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

namespace fs = std::filesystem;
using formats::FileKind;

/// Files by what they hold; terms are read first, whatever the order on the command line.
struct SortedFiles {
  std::vector<std::pair<fs::path, FileKind>> entries;  // UniProt's
  std::vector<fs::path> genes;
  std::optional<fs::path> terms;
};

SortedFiles sorted(const std::vector<fs::path>& files) {
  SortedFiles all;
  for (const fs::path& file : files) {
    const FileKind kind = formats::fileKind(file);
    if (kind == FileKind::UniprotText || kind == FileKind::UniprotXml) {
      all.entries.emplace_back(file, kind);
    } else if (kind != FileKind::Sqlite) {
      throw badInput(file.string(), 0,
                     "is neither UniProt's text or XML nor an SQLite file of annotations or terms");
    } else if (foreignDatabase(file) == ForeignDatabase::Genes) {
      all.genes.push_back(file);
    } else if (all.terms) {
      throw Error(ErrorKind::Usage, fmt::format("{} and {} both hold GO's terms; give one of them",
                                                all.terms->string(), file.string()));
    } else {
      all.terms = file;
    }
  }
  return all;
}

class EntryImport {
 public:
  EntryImport(const ProteinDirectory& proteins, AnnotationCollector& collector, const Watch& watch)
      : m_proteins(proteins), m_collector(collector), m_watch(watch) {}

  void read(const fs::path& file, FileKind kind) {
    m_file = file.filename().string();
    const formats::TakeEntry take = [&](formats::UniprotEntry&& entry) { add(entry); };
    const formats::Consumed consumed = [&](std::int64_t done, std::int64_t total) {
      if (m_watch.progress) {
        m_watch.progress({"Reading annotations", done, total, "bytes"});
      }
    };
    (kind == FileKind::UniprotText ? formats::readUniprotText : formats::readUniprotXml)(file, take,
                                                                                         consumed);
  }

  /// Since when the entries are there, where they say it.
  [[nodiscard]] const std::map<data::ProteinKey, std::string>& dates() const { return m_dates; }

  void note(ImportReport& report) const {
    report.notes.push_back(
        fmt::format("{} of {} entries are of proteins of the project.", m_matched, m_entries));
    if (m_otherSequences > 0) {
      report.notes.push_back(
          fmt::format("{} of them with another sequence than the protein (the first: {}); their "
                      "annotations were kept.",
                      m_otherSequences, m_firstOther));
    }
  }

 private:
  void add(const formats::UniprotEntry& entry) {
    throwIfStopped(m_watch.stop);
    ++m_entries;
    const std::string place = fmt::format("{}:{}", m_file, entry.line);
    const std::string example = fmt::format("{}: {}", place, entry.accessions.front());
    auto annotations = annotationsOf(entry);
    const auto count = static_cast<std::int64_t>(annotations.annotations.size());
    const auto protein = m_proteins.find(entry.accessions);
    if (!protein) {
      m_collector.skip("unknown protein", example, count);
      return;
    }
    if (!m_proteins.mayBeOf(*protein, entry.organism)) {
      m_collector.skip("contradictory taxonomy", fmt::format("{} is {}", example, entry.organism),
                       count);
      return;
    }
    ++m_matched;
    if (!m_proteins.hasSequence(*protein, entry.sequence) && m_otherSequences++ == 0) {
      m_firstOther = example;
    }
    m_collector.add(*protein, std::move(annotations), place);
    if (!entry.created.empty()) {
      m_dates[*protein] = entry.created;
    }
  }

  const ProteinDirectory& m_proteins;
  AnnotationCollector& m_collector;
  const Watch& m_watch;
  std::string m_file;
  std::int64_t m_entries = 0;
  std::int64_t m_matched = 0;
  std::int64_t m_otherSequences = 0;
  std::string m_firstOther;
  std::map<data::ProteinKey, std::string> m_dates;
};

void noteTerms(const data::TermGraph& graph, store::AnnotationRepository& repository,
               ImportReport& report) {
  const auto terms = repository.goTerms();
  if (graph.empty()) {
    report.notes.emplace_back(
        "The project has no graph of GO terms, so they were not checked, and rules but \"all\" "
        "keep no GO term; import GO.sqlite too.");
  } else if (!terms.empty()) {
    const auto counts = graph.count(terms);
    report.notes.push_back(
        fmt::format("The project's annotations name {} GO terms; {} are obsolete, {} unknown.",
                    terms.size(), counts.obsolete, counts.unknown));
  }
}

}  // namespace

ImportReport importAnnotations(store::Project& project, const AnnotationImport& request,
                               const Watch& watch) {
  const data::EvidenceRule rule = data::evidenceRuleOf(request.evidenceRule);
  const SortedFiles files = sorted(request.files);
  store::AnnotationRepository repository(project.database());
  ImportReport report;
  // Everything is read before the transaction, which keeps everybody else from writing.
  const data::TermGraph graph =
      files.terms ? readTermDatabase(*files.terms, report, watch) : repository.graph();
  const ProteinDirectory proteins(project);
  AnnotationCollector collector(graph, report);
  std::map<data::ProteinKey, std::string> dates;
  if (!files.entries.empty()) {
    collector.beginSource("UniProt");
    EntryImport entries(proteins, collector, watch);
    for (const auto& [file, kind] : files.entries) {
      entries.read(file, kind);
    }
    entries.note(report);
    dates = entries.dates();
  }
  for (const fs::path& file : files.genes) {
    readGeneDatabase(file, proteins, collector, report, watch);
  }
  store::Transaction transaction(project.database());
  if (files.terms) {
    repository.replaceGraph(graph);
  }
  collector.store(repository, watch);
  for (const auto& [protein, date] : dates) {
    store::ProteinRepository(project.database()).setCreated(protein, date);
  }
  if (!files.entries.empty() || !files.genes.empty()) {
    report.notes.push_back(
        fmt::format("{} of {} proteins of the project have annotations of these files.",
                    collector.proteins(), proteins.size()));
    report.notes.push_back(collector.describe(rule));
    if (proteins.withoutOrganism() > 0) {
      report.notes.push_back(fmt::format(
          "{} proteins of the project name no organism, so none was compared with theirs.",
          proteins.withoutOrganism()));
    }
  }
  noteTerms(graph, repository, report);
  transaction.commit();
  return report;
}

}  // namespace twofold::imports
