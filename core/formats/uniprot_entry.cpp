#include "core/formats/uniprot_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/bio/sequence.h"

namespace twofold::formats {

namespace {

void checkLength(std::int64_t stated, std::string_view where, const UniprotEntry& entry,
                 std::string_view file, std::size_t line) {
  const auto length = static_cast<std::int64_t>(entry.sequence.size());
  if (stated != 0 && stated != length) {
    throw badInput(file, line,
                   fmt::format("the sequence of \"{}\" has {} residues, its {} says {}",
                               entry.accessions.front(), length, where, stated));
  }
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

void finishEntry(UniprotEntry& entry, const StatedLengths& stated, std::string_view file,
                 std::size_t line) {
  if (entry.accessions.empty()) {
    throw badInput(file, line, "the entry has no accession");
  }
  std::optional<std::size_t> wrong;
  std::string sequence = bio::normalisedSequence(entry.sequence, wrong);
  if (wrong) {
    throw badInput(file, line,
                   fmt::format("letter {} of the sequence of \"{}\" is no residue letter",
                               *wrong + 1, entry.accessions.front()));
  }
  entry.sequence = std::move(sequence);
  if (entry.sequence.empty()) {
    throw badInput(file, line, fmt::format("\"{}\" has no sequence", entry.accessions.front()));
  }
  checkLength(stated.idLine, "ID line", entry, file, line);
  checkLength(stated.sequenceLine, "sequence header", entry, file, line);
}

void checkGoTerm(const GoTerm& term, std::string_view file, std::size_t line) {
  const std::string_view id = term.id;
  if (id.size() != 10 || !id.starts_with("GO:") ||
      !std::all_of(id.begin() + 3, id.end(), isDigit)) {
    throw badInput(file, line, fmt::format("\"{}\" is no GO id such as GO:0005515", id));
  }
  if (std::string_view("PFC").find(term.aspect) == std::string_view::npos) {
    throw badInput(file, line, fmt::format("{} has no aspect P, F or C", id));
  }
}

void addParagraph(std::string& text, std::string_view paragraph) {
  if (!text.empty() && !paragraph.empty()) {
    text += '\n';
  }
  text += paragraph;
}

void checkEntrySize(std::int64_t bytes, std::string_view file, std::size_t line) {
  if (bytes > kLargestEntry) {
    throw badInput(file, line,
                   fmt::format("the entry is longer than {} MiB; is this a UniProt file?",
                               kLargestEntry >> 20));
  }
}

}  // namespace twofold::formats
