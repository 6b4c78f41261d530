// FASTA, plain or gzip: ids, names and organisms from the header, checked sequences.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace twofold::formats {

struct FastaRecord {
  std::string id;        // accession of ">sp|P12345|NAME …", else the first word
  std::string name;      // entry name or description without the OS=… fields
  std::string organism;  // OS=… when given
  std::string sequence;  // normalised
  std::size_t line = 0;  // of the header
};

/// Calls `take` for each record, in order. Throws Error(BadInput) as "file:line: reason" for a
/// letter that is no residue, a record without sequence, text before the first header, an empty
/// file; Error(NotFound) when missing. `consumed` (bytes read, bytes in all) is called now and
/// then.
void readFasta(const std::filesystem::path& path, const std::function<void(FastaRecord&&)>& take,
               const std::function<void(std::int64_t, std::int64_t)>& consumed = {});

}  // namespace twofold::formats
