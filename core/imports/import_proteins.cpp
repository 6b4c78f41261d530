#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unordered_map>

#include "core/base/hash.h"
#include "core/formats/fasta.h"
#include "core/formats/file_kind.h"
#include "core/formats/uniprot_text.h"
#include "core/formats/uniprot_xml.h"
#include "core/imports/annotation_collector.h"
#include "core/imports/importers.h"
#include "core/imports/uniprot_annotations.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

namespace fs = std::filesystem;
using formats::FileKind;

struct ReadRecord {
  formats::FastaRecord record;
  std::optional<data::ProteinAnnotations> annotations;  // of UniProt's entries
  std::string created;                                  // likewise; may be empty
  const fs::path* file = nullptr;
};

std::string place(const ReadRecord& read) {
  return fmt::format("{}:{}", read.file->filename().string(), read.record.line);
}

std::string example(const ReadRecord& read) {
  return fmt::format("{}: {}", place(read), read.record.id);
}

ReadRecord recordOf(formats::UniprotEntry&& entry, const fs::path& file) {
  auto annotations = annotationsOf(entry);
  return {{std::move(entry.accessions.front()), std::move(entry.name), std::move(entry.organism),
           std::move(entry.sequence), entry.line},
          std::move(annotations),
          std::move(entry.created),
          &file};
}

std::vector<ReadRecord> readAll(std::span<const fs::path> files, const Watch& watch) {
  std::vector<ReadRecord> records;
  const formats::Consumed consumed = [&](std::int64_t done, std::int64_t total) {
    if (watch.progress) {
      watch.progress({"Reading proteins", done, total, "bytes"});
    }
  };
  for (const fs::path& file : files) {
    const auto takeEntry = [&](formats::UniprotEntry&& entry) {
      throwIfStopped(watch.stop);
      records.push_back(recordOf(std::move(entry), file));
    };
    const auto takeRecord = [&](formats::FastaRecord&& record) {
      throwIfStopped(watch.stop);
      records.push_back({std::move(record), std::nullopt, {}, &file});
    };
    switch (formats::fileKind(file)) {
      case FileKind::UniprotText:
        formats::readUniprotText(file, takeEntry, consumed);
        break;
      case FileKind::UniprotXml:
        formats::readUniprotXml(file, takeEntry, consumed);
        break;
      default:  // whose reader says best what is wrong
        formats::readFasta(file, takeRecord, consumed);
    }
  }
  return records;
}

void noteAnnotations(const ImportReport& annotations, ImportReport& report) {
  if (annotations.read == 0) {
    return;
  }
  std::vector<std::string> reasons;
  for (const auto& [reason, count] : annotations.skipped) {
    reasons.push_back(fmt::format("{} × {}", count, reason));
  }
  report.notes.push_back(
      fmt::format("{} annotations read, {} kept{}{}.", annotations.read, annotations.kept,
                  reasons.empty() ? "" : "; left out: ", fmt::join(reasons, ", ")));
}

}  // namespace

ImportReport importProteins(store::Project& project, std::span<const fs::path> files,
                            const Watch& watch) {
  // Read before the transaction, so that a slow disk keeps no other writer waiting.
  auto records = readAll(files, watch);
  ImportReport report;
  report.read = static_cast<std::int64_t>(records.size());
  store::Transaction transaction(project.database());
  store::ProteinRepository proteins(project.database());
  store::AnnotationRepository repository(project.database());
  std::unordered_map<std::string, store::ProteinIdentity> present;  // before
  for (auto& identity : proteins.identities()) {
    present.emplace(identity.id, identity);
  }
  const data::TermGraph graph = repository.graph();
  ImportReport annotationReport;
  AnnotationCollector collector(graph, annotationReport);
  collector.beginSource("UniProt");
  std::unordered_map<std::string, bool> seen;  // ids of the files
  for (ReadRecord& read : records) {
    throwIfStopped(watch.stop);
    const auto& record = read.record;
    const auto known = present.find(record.id);
    const bool again = !seen.emplace(record.id, true).second;
    if (again ||
        (known != present.end() && known->second.sequenceHash != sha256(record.sequence))) {
      report.skip("duplicate id", example(read));
      continue;
    }
    data::ProteinKey key = 0;
    if (known != present.end()) {
      report.skip("already present", example(read));
      key = known->second.key;
    } else {
      key = proteins.insert({0, record.id, record.name, record.organism, record.sequence});
      ++report.kept;
      if (watch.progress && report.kept % 1000 == 0) {
        watch.progress({"Storing proteins", report.kept, report.read, "proteins"});
      }
    }
    if (!read.created.empty()) {
      proteins.setCreated(key, read.created);
    }
    if (read.annotations) {
      collector.add(key, std::move(*read.annotations), place(read));
    }
  }
  collector.store(repository, watch);
  noteAnnotations(annotationReport, report);
  transaction.commit();
  return report;
}

}  // namespace twofold::imports
