#include "app/worker/file_inspection.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <set>

#include "app/worker/text.h"
#include "core/bio/structure_reader.h"
#include "core/formats/fasta.h"
#include "core/formats/file_kind.h"
#include "core/formats/line_reader.h"
#include "core/formats/pair_table.h"
#include "core/formats/safetensors.h"
#include "core/formats/uniprot_text.h"
#include "core/formats/uniprot_xml.h"
#include "core/runs/run_spec.h"

namespace twofold::app {

namespace {

FileInspection inspectFasta(const std::filesystem::path& path) {
  std::int64_t proteins = 0;
  std::int64_t residues = 0;
  formats::readFasta(path, [&](formats::FastaRecord&& record) {
    ++proteins;
    residues += static_cast<std::int64_t>(record.sequence.size());
  });
  return {"FASTA",
          fmt::format("FASTA: {} proteins, {} residues", countText(proteins), countText(residues)),
          {{"proteins", proteins}, {"residues", residues}}};
}

FileInspection inspectUniprot(const std::filesystem::path& path, formats::FileKind kind) {
  std::int64_t proteins = 0;
  std::int64_t terms = 0;
  const auto take = [&](formats::UniprotEntry&& entry) {
    ++proteins;
    terms += static_cast<std::int64_t>(entry.goTerms.size() + entry.keywords.size());
  };
  const bool isText = kind == formats::FileKind::UniprotText;
  (isText ? formats::readUniprotText : formats::readUniprotXml)(path, take, {});
  const std::string name = isText ? "UniProt text" : "UniProt XML";
  return {name,
          fmt::format("{}: {} proteins, {} GO terms and keywords", name, countText(proteins),
                      countText(terms)),
          {{"proteins", proteins}, {"terms", terms}}};
}

FileInspection inspectPairs(const std::filesystem::path& path) {
  std::int64_t pairs = 0;
  std::int64_t positives = 0;
  std::int64_t negatives = 0;
  std::set<std::string, std::less<>> proteins;
  formats::readPairTable(path, {}, [&](const formats::PairRow& row) {
    ++pairs;
    positives += row.label == true ? 1 : 0;
    negatives += row.label == false ? 1 : 0;
    proteins.emplace(row.a);
    proteins.emplace(row.b);
  });
  return {"pairs",
          fmt::format("Pairs: {} of {} proteins, {} positive, {} negative", countText(pairs),
                      countText(static_cast<std::int64_t>(proteins.size())), countText(positives),
                      countText(negatives)),
          {{"pairs", pairs},
           {"proteins", proteins.size()},
           {"positives", positives},
           {"negatives", negatives}}};
}

FileInspection inspectStructure(const std::filesystem::path& path) {
  const auto structure = bio::readStructure(path);
  std::size_t residues = 0;
  for (const auto& chain : structure.chains) {
    residues += chain.residues.size();
  }
  return {"structure",
          fmt::format("Structure {}: {} protein chains, {} residues", structure.id,
                      structure.chains.size(), residues),
          {{"chains", structure.chains.size()}, {"residues", residues}}};
}

FileInspection inspectSafetensors(const std::filesystem::path& path) {
  const formats::SafetensorsFile file(path);
  return {"safetensors",
          fmt::format("safetensors: {} tensors", file.tensors().size()),
          {{"tensors", file.tensors().size()}}};
}

FileInspection inspectRunSpec(const std::filesystem::path& path) {
  const auto spec = runs::runSpecFromJson(formats::readJsonFile(path), path.string());
  return {"run spec", "Run spec: " + runs::summary(spec), {{"channels", spec.channels.size()}}};
}

bool looksLikeStructure(std::string_view line) {
  for (const char* start : {"HEADER", "ATOM  ", "REMARK", "TITLE ", "MODEL ", "CRYST1", "data_",
                            "loop_", "COMPND", "SEQRES", "HETATM"}) {
    if (line.starts_with(start)) {
      return true;
    }
  }
  return false;
}

/// Eight bytes of header length, little endian and far below 2^56, then the header's JSON.
bool looksLikeSafetensors(const std::filesystem::path& path) {
  std::array<char, 9> start{};
  std::ifstream file(path, std::ios::binary);
  return file.read(start.data(), start.size()) && start[7] == '\0' && start[8] == '{';
}

}  // namespace

FileInspection inspectFile(const std::filesystem::path& path) {
  if (path.extension() == ".safetensors" || looksLikeSafetensors(path)) {
    return inspectSafetensors(path);
  }
  const formats::FileKind kind = formats::fileKind(path);
  if (kind == formats::FileKind::UniprotText || kind == formats::FileKind::UniprotXml) {
    return inspectUniprot(path, kind);
  }
  formats::LineReader lines(path);
  std::string_view line;
  while (lines.next(line) && line.find_first_not_of(" \t") == std::string_view::npos) {
  }
  if (kind == formats::FileKind::Fasta) {
    return inspectFasta(path);
  }
  if (line.starts_with('{')) {
    return inspectRunSpec(path);
  }
  return looksLikeStructure(line) ? inspectStructure(path) : inspectPairs(path);
}

}  // namespace twofold::app
