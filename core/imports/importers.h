// Files into the store, each import in one transaction: all of it or nothing.
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/user_channel.h"
#include "core/formats/pair_table.h"
#include "core/imports/import_report.h"
#include "core/store/project.h"

namespace twofold::imports {

struct Watch {
  ProgressSink progress;  // may be empty
  std::stop_token stop;   // StopRequested is thrown when it fires; the store is as before
};

/// FASTA files, UniProt's text and XML, told by their content. An id that is there with the same
/// sequence is counted as "already present"; with another sequence, or twice in the files, as
/// "duplicate id". UniProt's annotations of new and present proteins are stored too; the notes
/// count them. Throws Error on a broken file.
[[nodiscard]] ImportReport importProteins(store::Project& project,
                                          std::span<const std::filesystem::path> files,
                                          const Watch& watch);

struct AnnotationImport {
  std::vector<std::filesystem::path> files;
  std::string evidenceRule = "default";  // the notes say how much a model sees under it
};

/// UniProt's text and XML, Bioconductor's org.*.eg.sqlite, and GO.sqlite, which becomes the graph
/// of terms and is read first. Everything is stored with its evidence code; a model's evidence
/// rule chooses when it reads. The report counts annotations (and terms and edges); it skips by
/// unknown protein, contradictory taxonomy (the species differs from the protein's), unknown and
/// obsolete term (when there is a graph), duplicate, already present.
[[nodiscard]] ImportReport importAnnotations(store::Project& project,
                                             const AnnotationImport& request, const Watch& watch);

struct PairImport {
  std::filesystem::path file;
  std::string name;  // of the new pair set
  formats::PairTableFormat format;
};

/// Skips and counts by line: unknown protein, self pair, duplicate, contradiction (the same pair
/// with both labels: all its rows are left out). Throws Error(BadInput) when no pair is left.
[[nodiscard]] ImportReport importPairs(store::Project& project, const PairImport& request,
                                       const Watch& watch);

/// One pair set and one frozen split, both called `name`, from one file a part; train and
/// validation are needed.
[[nodiscard]] ImportReport importSplitParts(store::Project& project, const std::string& name,
                                            const std::array<std::filesystem::path, 3>& files,
                                            const formats::PairTableFormat& format,
                                            const Watch& watch);

/// What becomes of a chain that is no protein of the project by accession or equal sequence.
struct ChainMatching {
  bool bySequence = false;     // true: it is the protein it aligns with best, or none
  double identity = 0.9;       // of aligned residues, at least
  double coverage = 0.5;       // of the chain's observed residues, at least
  std::int64_t residues = 30;  // aligned, at least
};

struct StructureImport {
  std::vector<std::filesystem::path> paths;  // files or folders
  std::string pairSet;        // not empty: chain pairs in contact become positives of a new set
  float radius = 8;           // angstrom, C-alpha to C-alpha
  std::size_t contacts = 10;  // fewer do not count as an interface
  ChainMatching matching{};
};

/// Copies each file into the project, maps chains to proteins (DBREF or struct_ref accession or
/// equal sequence, else a new protein "2HHB_A", or, by ChainMatching, the protein it aligns with).
/// Nothing is guessed: a chain that matches no protein is counted with the best match found, a file
/// without a chain that does is left out, and notes name chains whose sequence disagrees. Two
/// chains of one protein in contact (a homomer) make the pair of the protein with itself. A broken
/// file is counted with its reason and leaves no trace; Error when one is missing or not one could
/// be read.
[[nodiscard]] ImportReport importStructures(store::Project& project, const StructureImport& request,
                                            const Watch& watch);

struct ChannelImport {
  std::filesystem::path file;
  std::string name;
  bool perResidue = false;
  data::Normalisation normalisation = data::Normalisation::Standard;
  data::Missing missing = data::Missing::Mask;
  data::Pooling pooling = data::Pooling::Mean;
  bool refuseNonFinite = false;          // else a protein with NaN or infinity has no row
  bool dropConstant = false;             // columns that are the same for all proteins
  bool replace = false;                  // the channel of this name
  std::vector<std::string> taken;        // names that a channel must not have
  std::int64_t mostNumbers = 1LL << 28;  // of the project's proteins: 1 GiB
};

/// A table of numbers (formats/number_table.h) or a safetensors file (formats/tensor_rows.h) as a
/// channel of the project; told apart by content. The report counts proteins. It skips by unknown
/// protein, duplicate (the same row again), NaN or infinity, and length differs from the sequence;
/// the notes say how many proteins have no row, and name constant columns. Throws Error: Usage for
/// a name that is taken or none; BadInput for a broken file, one protein with two rows, a choice
/// that refuses, no row of a known protein, no column that varies, or too many numbers.
[[nodiscard]] ImportReport importChannel(store::Project& project, const ChannelImport& request,
                                         const Watch& watch);

struct ComplexPairs {
  std::string name;  // of the new pair set
  std::uint64_t seed = 1;
  std::string together;  // not empty: the positives of this pair set join, homomers left out
};

/// The co-complex rule on protein names of the project ("… subunit …" of one named complex in one
/// organism are positives; as many degree-matched negatives). The negatives of pairs that joined
/// are drawn among these alone, so that having a structure says nothing of the label. See
/// resources/help/labels.md.
[[nodiscard]] ImportReport makeComplexPairs(store::Project& project, const ComplexPairs& request);

}  // namespace twofold::imports
