// `mapping`: which residue of a structure is which residue of a protein, as a table.
#include <fmt/format.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/bio/sequence_mapping.h"
#include "core/bio/structure_reader.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"

namespace twofold::app {

namespace {

struct MappingOptions {
  std::string protein;
  std::string structure;  // empty: the one with the most residues of the protein
  std::string chain;      // empty: its first of the protein
};

struct ChosenChain {
  store::StructureInfo info;
  store::StructureChain chain;
};

std::vector<ChosenChain> chainsOf(store::Project& project, data::ProteinKey protein) {
  std::vector<ChosenChain> chains;
  for (auto& info : store::StructureRepository(project.database()).structures()) {
    for (const auto& chain : info.chains) {
      if (chain.protein == protein) {
        chains.push_back({info, chain});
      }
    }
  }
  return chains;
}

/// The first of those with the most residues that the options do not rule out.
const ChosenChain& chosen(const std::vector<ChosenChain>& chains, const MappingOptions& options) {
  const ChosenChain* best = nullptr;
  std::vector<std::string> names;
  for (const auto& each : chains) {
    names.push_back(each.info.id);
    const bool isAsked = (options.structure.empty() || options.structure == each.info.id) &&
                         (options.chain.empty() || options.chain == each.chain.chain);
    if (isAsked && (best == nullptr || each.chain.residues > best->chain.residues)) {
      best = &each;
    }
  }
  if (best == nullptr) {
    throw Error(ErrorKind::NotFound,
                chains.empty()
                    ? fmt::format("no chain of a structure in the project is {}; import structures",
                                  options.protein)
                    : fmt::format("no such chain of {} is in the project{}", options.protein,
                                  didYouMean(options.structure, names)));
  }
  return *best;
}

std::string confidenceText(const bio::MappedResidue& residue) {
  return residue.confidence ? fmt::format("{:.1f}", *residue.confidence) : "-";
}

/// What is to be said of a place: nothing where both letters are the same.
std::string remarkOn(const std::optional<bio::MappedResidue>& residue, char letter) {
  if (!residue) {
    return "gap";
  }
  return residue->letter == letter ? "" : "differs";
}

std::string tableOf(const bio::SequenceMapping& mapping, const data::Protein& protein) {
  std::vector<std::vector<std::string>> cells = {
      {"position", "residue", "number", "name", "pLDDT", "remark"}};
  for (std::size_t i = 0; i < mapping.residues.size(); ++i) {
    const auto& mapped = mapping.residues[i];
    const char letter = protein.sequence[i];
    cells.push_back({std::to_string(i + 1), std::string(1, letter), mapped ? mapped->label() : "-",
                     mapped ? mapped->name : "-", mapped ? confidenceText(*mapped) : "-",
                     remarkOn(mapped, letter)});
  }
  return tableText(cells);
}

formats::Json jsonOf(const bio::SequenceMapping& mapping) {
  formats::Json residues = formats::Json::array();
  for (std::size_t i = 0; i < mapping.residues.size(); ++i) {
    const auto& mapped = mapping.residues[i];
    formats::Json row = {{"position", i + 1}, {"number", nullptr}};
    if (mapped) {
      row["number"] = mapped->label();
      row["name"] = mapped->name;
      row["confidence"] =
          mapped->confidence ? formats::Json(*mapped->confidence) : formats::Json(nullptr);
    }
    residues.push_back(std::move(row));
  }
  return residues;
}

void runMapping(Job& job, const MappingOptions& options) {
  auto project = job.openProject();
  const auto protein = store::ProteinRepository(project.database()).byId(options.protein);
  const auto chains = chainsOf(project, protein.key);
  const auto& [info, place] = chosen(chains, options);
  auto structure = bio::readStructure(project.structuresFolder() / info.file);
  const auto* chain = structure.chain(place.chain);
  if (chain == nullptr) {
    throw Error(ErrorKind::BadInput,
                fmt::format("{} has no chain {} any more; import it again", info.id, place.chain));
  }
  const auto mapping = bio::mapSequence(protein.sequence, *chain, job.stop);
  const auto summary = bio::summaryOf(mapping, protein.id);
  job.output.result({{{"command", "mapping"},
                      {"protein", protein.id},
                      {"structure", info.id},
                      {"chain", place.chain},
                      {"found", place.mapping},
                      {"summary", summary},
                      {"identity", mapping.alike.identityOfAligned()},
                      {"coverage", mapping.alike.coverageA},
                      {"gaps", mapping.gaps},
                      {"mutations", mapping.mutations},
                      {"modified", mapping.modified},
                      {"outside", mapping.tags},
                      {"between", mapping.inserted},
                      {"residues", jsonOf(mapping)}}},
                    fmt::format("{}\n{}: {}\nfound by: {}; {} chains of the project are {}",
                                tableOf(mapping, protein), info.id, summary, place.mapping,
                                chains.size(), protein.id));
}

}  // namespace

void addMapping(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<MappingOptions>();
  auto* command =
      app.add_subcommand("mapping", "Which residue of a structure is which residue of a protein");
  command->add_option("PROTEIN", options->protein, "Id of a protein with a structure")->required();
  command->add_option("--structure", options->structure,
                      "Id of a structure; the one with most residues when not given");
  command->add_option("--chain", options->chain, "Name of a chain");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runMapping(job, *options); }; });
}

}  // namespace twofold::app
