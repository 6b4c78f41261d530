// `interface`: the contacts of two chains of a structure file, the residues that have one with both
// their numberings, and the local sequences; no project needed.
#include <fmt/format.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/bio/alignment.h"
#include "core/bio/structure_reader.h"
#include "core/retrieval/chain_interface.h"

namespace twofold::app {

namespace {

constexpr std::size_t kContactsShown = 40;

struct InterfaceOptions {
  std::filesystem::path structure;
  std::vector<std::string> chains;
  float radius = 8;
  bool oneToOne = false;
};

/// A chain with the place of each observed residue in its full sequence, counted from 1.
struct NumberedChain {
  const bio::Chain& chain;
  std::vector<std::optional<std::uint32_t>> positions;

  [[nodiscard]] formats::Json position(std::uint32_t residue) const {
    return positions[residue] ? formats::Json(*positions[residue] + 1) : formats::Json(nullptr);
  }
  /// "87" or "87B".
  [[nodiscard]] std::string number(std::uint32_t residue) const {
    const auto& at = chain.residues[residue];
    return std::to_string(at.number) + (at.insertion == ' ' ? "" : std::string(1, at.insertion));
  }
};

const bio::Chain& chainNamed(const bio::Structure& structure, const std::string& name) {
  if (const auto* chain = structure.chain(name)) {
    return *chain;
  }
  std::vector<std::string> names;
  for (const auto& chain : structure.chains) {
    names.push_back(chain.id);
  }
  throw Error(ErrorKind::NotFound, fmt::format("{} has no protein chain \"{}\"{}", structure.id,
                                               name, didYouMean(name, names)));
}

NumberedChain numbered(const bio::Chain& chain, const std::stop_token& stop) {
  const auto observed = chain.observedSequence();
  return {chain, bio::positionsIn(bio::alignSequences(observed, chain.fullSequence, stop),
                                  observed.size())};
}

formats::Json jsonOf(const NumberedChain& numberedChain, std::span<const std::uint32_t> residues,
                     const std::string& local) {
  formats::Json listed = formats::Json::array();
  for (const auto residue : residues) {
    listed.push_back({{"position", numberedChain.position(residue)},
                      {"number", numberedChain.number(residue)},
                      {"name", numberedChain.chain.residues[residue].name}});
  }
  return {{"chain", numberedChain.chain.id},
          {"accession", numberedChain.chain.accession},
          {"observed", numberedChain.chain.residues.size()},
          {"length", numberedChain.chain.fullSequence.size()},
          {"residues", std::move(listed)},
          {"local", local}};
}

formats::Json jsonOf(std::span<const bio::Contact> contacts, const NumberedChain& a,
                     const NumberedChain& b) {
  formats::Json listed = formats::Json::array();
  for (const auto& contact : contacts) {
    listed.push_back({{"a", a.position(contact.a)},
                      {"b", b.position(contact.b)},
                      {"a_number", a.number(contact.a)},
                      {"b_number", b.number(contact.b)},
                      {"distance", contact.distance}});
  }
  return listed;
}

std::string positionText(const NumberedChain& chain, std::uint32_t residue) {
  return chain.positions[residue] ? std::to_string(*chain.positions[residue] + 1) : "-";
}

std::string contactTable(std::span<const bio::Contact> contacts, const NumberedChain& a,
                         const NumberedChain& b) {
  std::vector<std::vector<std::string>> cells = {
      {"residue", "position", "residue", "position", "distance"}};
  for (const auto& contact : contacts.first(std::min(contacts.size(), kContactsShown))) {
    cells.push_back({bio::residueLabel(a.chain, a.chain.residues[contact.a]),
                     positionText(a, contact.a),
                     bio::residueLabel(b.chain, b.chain.residues[contact.b]),
                     positionText(b, contact.b), fmt::format("{:.2f}", contact.distance)});
  }
  auto text = tableText(cells);
  if (contacts.size() > kContactsShown) {
    text += fmt::format("and {} more; --json lists all\n", contacts.size() - kContactsShown);
  }
  return text;
}

void runInterface(Job& job, const InterfaceOptions& options) {
  if (options.chains.size() != 2) {
    throw Error(ErrorKind::Usage, "--chains takes two names, as in A,B");
  }
  const auto structure = bio::readStructure(options.structure);
  for (const auto& note : structure.notes) {
    job.output.say(note);
  }
  const auto a = numbered(chainNamed(structure, options.chains[0]), job.stop);
  const auto b = numbered(chainNamed(structure, options.chains[1]), job.stop);
  const auto found = retrieval::findInterface(
      a.chain, b.chain, options.radius,
      options.oneToOne ? retrieval::Matching::OneToOne : retrieval::Matching::ManyToMany);
  job.output.result(
      {{{"command", "interface"},
        {"structure", structure.id},
        {"radius", options.radius},
        {"matching", options.oneToOne ? "one-to-one" : "many-to-many"},
        {"chains", formats::Json::array(
                       {jsonOf(a, found.a, found.localA), jsonOf(b, found.b, found.localB)})},
        {"contacts", jsonOf(found.contacts, a, b)}}},
      fmt::format("{}\n{}: {} contacts within {} angstrom{}, {} residues of {} and {} of {}\n\n"
                  "{} {}\n{} {}",
                  contactTable(found.contacts, a, b), structure.id,
                  countText(static_cast<std::int64_t>(found.contacts.size())), options.radius,
                  options.oneToOne ? ", one a residue" : "", found.a.size(), a.chain.id,
                  found.b.size(), b.chain.id, a.chain.id, found.localA, b.chain.id, found.localB));
}

}  // namespace

void addInterface(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<InterfaceOptions>();
  auto* command = app.add_subcommand("interface", "Contacts and interface of two chains");
  command->add_option("--structure", options->structure, "PDB or mmCIF file")->required();
  command->add_option("--chains", options->chains, "Two chains, as in A,B")
      ->delimiter(',')
      ->required();
  command->add_option("--radius", options->radius, "Greatest distance of C-alphas, in angstrom")
      ->check(CLI::Range(0.1, 100.0));
  command->add_flag("--one-to-one", options->oneToOne,
                    "Each residue in one contact at most, nearest first");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runInterface(job, *options); }; });
}

}  // namespace twofold::app
