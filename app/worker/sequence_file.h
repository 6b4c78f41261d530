// The sequences of a FASTA file by id, for commands that work on files beside the project.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace twofold::app {

struct SequenceFile {
  std::vector<std::string> ids;
  std::vector<std::string> sequences;
  std::map<std::string, std::size_t, std::less<>> positions;  // of each id
};

/// An id that comes again with the same sequence is taken once. Throws Error(BadInput) naming both
/// lines when the sequences differ, and as readFasta does.
[[nodiscard]] SequenceFile readSequences(const std::filesystem::path& fasta);

}  // namespace twofold::app
