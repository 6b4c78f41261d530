#include <fmt/format.h>

#include <unordered_map>

#include "core/base/hash.h"
#include "core/formats/fasta.h"
#include "core/imports/importers.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

namespace {

namespace fs = std::filesystem;

struct ReadRecord {
  formats::FastaRecord record;
  const fs::path* file = nullptr;
};

std::string example(const ReadRecord& read) {
  return fmt::format("{}:{}: {}", read.file->filename().string(), read.record.line, read.record.id);
}

std::vector<ReadRecord> readAll(std::span<const fs::path> files, const Watch& watch) {
  std::vector<ReadRecord> records;
  for (const fs::path& file : files) {
    formats::readFasta(
        file,
        [&](formats::FastaRecord&& record) {
          throwIfStopped(watch.stop);
          records.push_back({std::move(record), &file});
        },
        [&](std::int64_t done, std::int64_t total) {
          if (watch.progress) {
            watch.progress({"Reading proteins", done, total, "bytes"});
          }
        });
  }
  return records;
}

}  // namespace

ImportReport importProteins(store::Project& project, std::span<const fs::path> files,
                            const Watch& watch) {
  // Read before the transaction, so that a slow disk keeps no other writer waiting.
  const auto records = readAll(files, watch);
  ImportReport report;
  report.read = static_cast<std::int64_t>(records.size());
  store::Transaction transaction(project.database());
  store::ProteinRepository proteins(project.database());
  std::unordered_map<std::string, std::string> hashes;  // id → sequence hash, in the project before
  for (auto& identity : proteins.identities()) {
    hashes.emplace(std::move(identity.id), std::move(identity.sequenceHash));
  }
  std::unordered_map<std::string, bool> seen;  // ids of the files
  for (const ReadRecord& read : records) {
    throwIfStopped(watch.stop);
    const auto& record = read.record;
    const auto known = hashes.find(record.id);
    const bool again = !seen.emplace(record.id, true).second;
    if (again || (known != hashes.end() && known->second != sha256(record.sequence))) {
      report.skip("duplicate id", example(read));
    } else if (known != hashes.end()) {
      report.skip("already present", example(read));
    } else {
      static_cast<void>(
          proteins.insert({0, record.id, record.name, record.organism, record.sequence}));
      ++report.kept;
      if (watch.progress && report.kept % 1000 == 0) {
        watch.progress({"Storing proteins", report.kept, report.read, "proteins"});
      }
    }
  }
  transaction.commit();
  return report;
}

}  // namespace twofold::imports
