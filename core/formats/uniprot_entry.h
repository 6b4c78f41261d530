// One entry of UniProt as its text and its XML both say it; annotations keep their evidence code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::formats {

/// A keyword or a location. `evidence` is empty where the entry gives none.
struct EvidencedTerm {
  std::string term;
  std::string evidence;  // evidenceCode() of what the entry says
};

struct GoTerm {
  std::string id;        // "GO:0005515"
  char aspect = 'P';     // P process, F function, C component
  std::string evidence;  // evidenceCode(); empty in entries of before 2003
};

struct UniprotEntry {
  std::vector<std::string> accessions;  // primary first; never empty
  std::string name;                     // recommended or submitted name, else the entry name
  std::string organism;                 // scientific name, strain included
  std::string created;                  // since when it is in UniProt, "1986-07-21"; may be empty
  std::int64_t taxon = 0;               // NCBI's number, 0 when not given
  std::string sequence;                 // normalised, never empty
  std::vector<EvidencedTerm> keywords;
  std::vector<GoTerm> goTerms;
  std::vector<std::string> pfam;
  std::vector<std::string> interpro;
  std::vector<std::string> prosite;
  std::vector<EvidencedTerm> locations;  // without topology and notes
  std::string function;                  // paragraphs separated by line feeds
  std::string subunit;                   // likewise
  std::int64_t publications = 0;         // references with a PubMed, MEDLINE or DOI number
  std::size_t line = 0;                  // where the entry begins
};

using TakeEntry = std::function<void(UniprotEntry&&)>;
/// (bytes read, bytes in all) of the file, now and then.
using Consumed = std::function<void(std::int64_t, std::int64_t)>;

/// No entry of UniProt comes near this; more is no entry.
inline constexpr std::int64_t kLargestEntry = std::int64_t{64} << 20;  // bytes

/// What an entry says of its own length; 0 where it says nothing.
struct StatedLengths {
  std::int64_t idLine = 0;
  std::int64_t sequenceLine = 0;
};

/// Normalises the sequence in place and checks that the entry is whole. Throws Error(BadInput) at
/// `line`: no accession, no sequence, a letter that is no residue, another length than stated.
void finishEntry(UniprotEntry& entry, const StatedLengths& stated, std::string_view file,
                 std::size_t line);

/// Throws Error(BadInput) at `line` unless `id` is "GO:" and seven digits and `aspect` P, F or C.
void checkGoTerm(const GoTerm& term, std::string_view file, std::size_t line);

/// Adds a paragraph to a text.
void addParagraph(std::string& text, std::string_view paragraph);

/// Throws Error(BadInput) when an entry of `bytes` is more than kLargestEntry.
void checkEntrySize(std::int64_t bytes, std::string_view file, std::size_t line);

}  // namespace twofold::formats
