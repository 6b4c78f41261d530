#include "app/worker/sequence_file.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/formats/fasta.h"

namespace twofold::app {

SequenceFile readSequences(const std::filesystem::path& fasta) {
  SequenceFile file;
  std::vector<std::size_t> lines;
  formats::readFasta(fasta, [&](formats::FastaRecord&& record) {
    const auto [known, isNew] = file.positions.emplace(record.id, file.ids.size());
    if (isNew) {
      lines.push_back(record.line);
      file.ids.push_back(std::move(record.id));
      file.sequences.push_back(std::move(record.sequence));
    } else if (file.sequences[known->second] != record.sequence) {
      throw badInput(fasta.string(), record.line,
                     fmt::format("\"{}\" has another sequence in line {}; give each protein an id "
                                 "of its own",
                                 record.id, lines[known->second]));
    }
  });
  return file;
}

}  // namespace twofold::app
