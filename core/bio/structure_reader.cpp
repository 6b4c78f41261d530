#include "core/bio/structure_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <gemmi/mmcif.hpp>
#include <gemmi/pdb.hpp>
#include <gemmi/polyheur.hpp>
#include <gemmi/resinfo.hpp>
#include <map>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/bio/chain_builder.h"
#include "core/bio/cif_text.h"
#include "core/bio/pdb_text.h"
#include "core/bio/predicted_model.h"
#include "core/bio/structure_text.h"

namespace twofold::bio {

namespace {

/// What gemmi's mmCIF reader needs for chains, sequences and references. It never sees the rest,
/// whose reading is slow and, in assembly expressions, without a bound.
constexpr std::array<std::string_view, 9> kCategories = {
    "_atom_site.",   "_entity.",     "_entity_poly.",    "_entity_poly_seq.", "_entry.",
    "_struct.title", "_struct_ref.", "_struct_ref_seq.", "_struct_asym.",
};
/// What says whether a model is predicted.
constexpr std::array<std::string_view, 3> kOriginCategories = {"_ma_qa_metric.", "_exptl.",
                                                               "_database_2."};

char letterOf(const std::string& name) {
  const gemmi::ResidueInfo info = gemmi::find_tabulated_residue(name);
  // A modified residue has its parent's letter in lower case: MSE is 'm'.
  const char letter = info.is_amino_acid() ? gemmi::alpha_up(info.one_letter_code) : 'X';
  return letter >= 'A' && letter <= 'Z' ? letter : 'X';
}

/// UniProt's accession that most residues refer to.
std::string accessionOf(const gemmi::Entity& entity) {
  std::map<std::string, int> lengths;
  for (const auto& reference : entity.dbrefs) {
    if (!isUniProt(reference.db_name) || reference.accession_code.empty()) {
      continue;
    }
    int& length = lengths[reference.accession_code];
    if (reference.label_seq_begin.has_value() && reference.label_seq_end.has_value()) {
      length += *reference.label_seq_end - *reference.label_seq_begin + 1;
    } else if (reference.seq_begin.num.has_value() && reference.seq_end.num.has_value()) {
      length += *reference.seq_end.num - *reference.seq_begin.num + 1;
    }
  }
  const auto longest = std::max_element(
      lengths.begin(), lengths.end(),
      [](const auto& left, const auto& right) { return left.second < right.second; });
  return longest == lengths.end() ? std::string() : longest->first;
}

/// The polymer residues of one author chain, still as gemmi has them.
struct Source {
  std::string id;
  const gemmi::Entity* entity = nullptr;
  std::vector<const gemmi::Residue*> residues;
};

ObservedResidue observed(const gemmi::Residue& from) {
  ObservedResidue result;
  Residue& residue = result.residue;
  residue.name = from.name;
  residue.letter = letterOf(from.name);
  residue.number = from.seqid.num.value;
  residue.insertion = from.seqid.icode;
  for (const auto& atom : from.atoms) {
    result.alternative = result.alternative || atom.altloc != '\0';
    if (atom.name == "CA" && atom.element == gemmi::El::C) {
      const Point position{static_cast<float>(atom.pos.x), static_cast<float>(atom.pos.y),
                           static_cast<float>(atom.pos.z)};
      result.calphas.push_back({position, atom.occ, atom.b_iso});
    }
  }
  result.modified =
      residue.letter != 'X' && !gemmi::find_tabulated_residue(from.name).is_standard();
  return result;
}

ObservedChain observed(const Source& source) {
  ObservedChain chain;
  chain.id = source.id;
  for (const auto* residue : source.residues) {
    chain.residues.push_back(observed(*residue));
  }
  if (source.entity != nullptr) {
    chain.accession = accessionOf(*source.entity);
    for (const auto& name : source.entity->full_sequence) {
      chain.fullSequence.push_back(letterOf(gemmi::Entity::first_mon(name)));
    }
  }
  return chain;
}

Source& sourceNamed(std::vector<Source>& sources, const std::string& id) {
  const auto found = std::find_if(sources.begin(), sources.end(),
                                  [&id](const Source& source) { return source.id == id; });
  if (found != sources.end()) {
    return *found;
  }
  sources.push_back({id, nullptr, {}});
  return sources.back();
}

/// PDB files tell polymers from ligands by ATOM and HETATM and by the residue itself.
bool isPdbProteinResidue(const gemmi::Residue& residue) {
  const gemmi::ResidueInfo info = gemmi::find_tabulated_residue(residue.name);
  if (info.found()) {
    const bool freeAminoAcid = info.is_standard() && residue.het_flag == 'H';
    return info.is_amino_acid() && !freeAminoAcid;
  }
  return residue.get_ca() != nullptr &&
         (residue.het_flag == 'A' || (residue.get_n() != nullptr && residue.get_c() != nullptr));
}

std::vector<Source> pdbSources(const gemmi::Structure& model) {
  std::vector<Source> sources;
  for (const auto& chain : model.models.at(0).chains) {
    for (const auto& residue : chain.residues) {
      if (isPdbProteinResidue(residue)) {
        Source& source = sourceNamed(sources, chain.name);
        source.entity = model.get_entity(chain.name);
        source.residues.push_back(&residue);
      }
    }
  }
  // What is all HETATM is a ligand made of modified residues.
  std::erase_if(sources, [](const Source& source) {
    return std::all_of(source.residues.begin(), source.residues.end(),
                       [](const auto* residue) { return residue->het_flag == 'H'; });
  });
  return sources;
}

std::vector<Source> cifSources(gemmi::Structure& model) {
  std::vector<Source> sources;
  if (model.models.empty()) {
    return sources;
  }
  gemmi::setup_entities(model);
  for (const auto& chain : model.models[0].chains) {
    for (const gemmi::ConstResidueSpan& part : chain.subchains()) {
      const gemmi::Entity* entity = model.get_entity_of(part);
      if (part.empty() || entity == nullptr || entity->entity_type != gemmi::EntityType::Polymer ||
          !gemmi::is_polypeptide(entity->polymer_type)) {
        continue;
      }
      Source& source = sourceNamed(sources, chain.name);
      source.entity = source.entity == nullptr ? entity : source.entity;
      for (const auto& residue : part) {
        source.residues.push_back(&residue);
      }
    }
  }
  return sources;
}

std::string infoOf(const gemmi::Structure& model, const std::string& key) {
  const auto found = model.info.find(key);
  return found == model.info.end() ? std::string() : found->second;
}

Structure converted(const gemmi::Structure& model, const std::vector<Source>& sources,
                    std::size_t models) {
  Structure structure;
  structure.id = infoOf(model, "_entry.id");
  structure.title = infoOf(model, "_struct.title");
  if (models > 1) {
    structure.notes.push_back(fmt::format("The file has {} models: the first was taken.", models));
  }
  ChainBuilder builder(structure);
  for (const auto& source : sources) {
    builder.add(observed(source));
  }
  builder.finish();
  return structure;
}

/// gemmi says "Problem in line 12: …" of the text it was given.
Error pdbError(const std::string& file, const PdbText& pdb, std::string_view message) {
  constexpr std::string_view kStart = "Problem in line ";
  const std::size_t colon = message.find(": ");
  if (message.starts_with(kStart) && colon != std::string_view::npos) {
    const auto line = parseInteger(message.substr(kStart.size(), colon - kStart.size()));
    if (line && *line >= 1 && static_cast<std::size_t>(*line) <= pdb.lines.size()) {
      return badInput(file, pdb.lines[static_cast<std::size_t>(*line) - 1],
                      message.substr(colon + 2));
    }
  }
  return badInput(file, 0, message);
}

Structure readPdb(const std::string& text, const std::string& file) {
  const PdbText pdb = sanitisedPdb(text, file);
  gemmi::Structure model;
  try {
    model = gemmi::read_pdb_from_memory(pdb.text.data(), pdb.text.size(), file);
  } catch (const std::exception& error) {
    throw pdbError(file, pdb, error.what());
  }
  Structure structure = converted(model, pdbSources(model), pdb.models);
  if (pdb.atomsAfterEnd) {
    structure.notes.emplace_back("Atoms behind the END record were left out.");
  }
  readConfidence(structure, {structure.id, structure.title, infoOf(model, "_exptl.method"), false,
                             false, false});
  return structure;
}

gemmi::cif::Block gemmiBlock(const CifBlock& from) {
  gemmi::cif::Block block{std::string(from.name)};
  for (const auto& table : from.tables) {
    if (table.loop) {
      block.items.emplace_back(gemmi::cif::LoopArg{});
      auto& loop = block.items.back().loop;
      loop.tags.assign(table.tags.begin(), table.tags.end());
      loop.values.assign(table.values.begin(), table.values.end());
    } else {
      block.items.emplace_back(std::string(table.tags.front()), std::string(table.values.front()));
    }
  }
  return block;
}

bool anyContains(const CifBlock& block, std::string_view tag, std::string_view word) {
  const auto values = valuesOf(block, tag);
  return std::any_of(values.begin(), values.end(), [word](const std::string& value) {
    return std::search(value.begin(), value.end(), word.begin(), word.end(),
                       [](char left, char right) { return gemmi::lower(left) == right; }) !=
           value.end();
  });
}

ModelOrigin originOf(const CifBlock& block, const Structure& structure) {
  ModelOrigin origin{structure.id, structure.title, {}, false, false, false};
  for (const auto& method : valuesOf(block, "_exptl.method")) {
    origin.method += method + ";";
  }
  origin.hasQualityMetric =
      std::any_of(block.tables.begin(), block.tables.end(), [](const CifTable& table) {
        return table.tags.front().starts_with(kOriginCategories.front());
      });
  origin.metricIsPlddt = anyContains(block, "_ma_qa_metric.name", "plddt") ||
                         anyContains(block, "_ma_qa_metric.type", "plddt");
  origin.namesAlphaFoldEntry = anyContains(block, "_database_2.database_id", "alphafolddb");
  return origin;
}

Structure readCif(const std::string& text, const std::string& file) {
  std::vector<std::string_view> wanted(kCategories.begin(), kCategories.end());
  wanted.insert(wanted.end(), kOriginCategories.begin(), kOriginCategories.end());
  const CifBlock block = readCifBlock(text, file, wanted);
  checkCoordinates(block, text, file);
  gemmi::Structure model;
  std::vector<Source> sources;
  try {
    model = gemmi::make_structure_from_block(gemmiBlock(block));
    sources = cifSources(model);
  } catch (const std::exception& error) {
    throw badInput(file, 0, error.what());
  }
  Structure structure = converted(model, sources, model.models.size());
  structure.id = structure.id.empty() ? std::string(block.name) : structure.id;
  readConfidence(structure, originOf(block, structure));
  return structure;
}

}  // namespace

Structure readStructure(const std::filesystem::path& path) {
  const std::string file = path.string();
  const std::string text = readStructureText(path);
  Structure structure = isCif(text) ? readCif(text, file) : readPdb(text, file);
  if (structure.chains.empty()) {
    throw badInput(file, 0,
                   "there is no protein chain with atoms in the file; pairs need one or more");
  }
  if (structure.id.empty()) {
    structure.id = structureStem(path);
  }
  return structure;
}

}  // namespace twofold::bio
