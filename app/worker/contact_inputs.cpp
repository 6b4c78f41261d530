#include "app/worker/contact_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/bio/contacts.h"
#include "core/bio/structure_reader.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"

namespace twofold::app {

namespace {

constexpr float kInterfaceRadius = 8;
constexpr std::size_t kInterfaceContacts = 10;
constexpr std::size_t kNegativesAComplex = 10;  // more only cost embeddings
constexpr std::uint64_t kNegativeSeed = 21;

/// Sequences of a set, each once.
class Sequences {
 public:
  explicit Sequences(models::ContactSet& set) : m_set(set) {}

  std::uint32_t add(const std::string& id, const std::string& sequence) {
    const auto next = static_cast<std::uint32_t>(m_set.sequences.size());
    const auto [known, isNew] = m_known.emplace(sequence, next);
    if (isNew) {
      m_set.ids.push_back(id);
      m_set.sequences.push_back(sequence);
    }
    return known->second;
  }

 private:
  models::ContactSet& m_set;
  std::map<std::string, std::uint32_t> m_known;
};

/// What was left out, counted by reason.
struct LeftOut {
  std::int64_t predicted = 0;
  std::int64_t unknown = 0;  // a chain is no protein of the project
  std::int64_t copies = 0;   // further chain pairs of one protein pair
  std::int64_t distant = 0;  // no contact within the distance asked for
};

data::ProteinKey proteinOf(const store::StructureInfo& info, const std::string& chain) {
  const auto found = std::find_if(info.chains.begin(), info.chains.end(),
                                  [&](const auto& candidate) { return candidate.chain == chain; });
  return found == info.chains.end() ? 0 : found->protein;
}

void addStructure(const store::StructureInfo& info, const bio::Structure& structure,
                  double distance, models::ContactSet& set, Sequences& sequences,
                  LeftOut& leftOut) {
  auto pairs = bio::chainPairsInContact(structure, kInterfaceRadius, kInterfaceContacts);
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& x, const auto& y) { return x.contacts > y.contacts; });
  std::map<std::pair<data::ProteinKey, data::ProteinKey>, int> seen;
  for (const auto& pair : pairs) {
    const auto& a = structure.chains[pair.a];
    const auto& b = structure.chains[pair.b];
    const auto proteinA = proteinOf(info, a.id);
    const auto proteinB = proteinOf(info, b.id);
    if (proteinA == 0 || proteinB == 0) {
      ++leftOut.unknown;
      continue;
    }
    if (seen[std::minmax(proteinA, proteinB)]++ > 0) {
      ++leftOut.copies;
      continue;
    }
    auto complex = models::complexOf(a, b, static_cast<float>(distance));
    if (complex.contacts.empty()) {
      ++leftOut.distant;
      continue;
    }
    complex.name = fmt::format("{} {}:{}", info.id, a.id, b.id);
    complex.structure = info.id;
    complex.isHomomer = proteinA == proteinB;
    complex.a = sequences.add(fmt::format("{} {}", info.id, a.id), models::sequenceOf(a));
    complex.b = sequences.add(fmt::format("{} {}", info.id, b.id), models::sequenceOf(b));
    set.complexes.push_back(std::move(complex));
  }
}

void addNegatives(store::Project& project, const std::string& name, models::ContactSet& set,
                  Sequences& sequences, std::vector<std::string>& notes) {
  store::PairRepository repository(project.database());
  store::ProteinRepository proteins(project.database());
  data::Pairs negatives;
  for (const auto& pair : repository.pairs(repository.set(name).key)) {
    if (pair.label == data::Label::Negative) {
      negatives.push_back(pair);
    }
  }
  const std::size_t most = kNegativesAComplex * set.complexes.size();
  if (negatives.size() > most) {
    Random random(kNegativeSeed);
    random.shuffle(std::span(negatives));
    notes.push_back(fmt::format("{} of {} negative pairs are used: {} a complex, drawn at random.",
                                most, negatives.size(), kNegativesAComplex));
    negatives.resize(most);
  }
  for (const auto& pair : negatives) {
    const std::vector<data::ProteinKey> keys = {pair.a, pair.b};
    const auto both = proteins.load(keys);
    set.negatives.push_back(
        {sequences.add(both[0].id, both[0].sequence), sequences.add(both[1].id, both[1].sequence)});
  }
  if (set.negatives.empty()) {
    throw Error(ErrorKind::Usage,
                fmt::format("pair set \"{}\" has no negative pair; name another, or leave --pairs "
                            "out to learn contacts alone",
                            name));
  }
}

std::string hashOf(const models::ContactSet& set) {
  Sha256 hash;
  for (const auto& sequence : set.sequences) {
    hash.add(sequence + "\n");
  }
  for (const auto& complex : set.complexes) {
    hash.add(fmt::format("{}\t{}\t{}\n", complex.name, complex.a, complex.b));
    for (const auto& observed : {complex.observedA, complex.observedB}) {
      hash.add(std::as_bytes(std::span(observed)));
      hash.add("\n");
    }
    hash.add(std::as_bytes(std::span(complex.contacts)));
  }
  hash.add(std::as_bytes(std::span(set.negatives)));
  return hash.hex();
}

void addNotes(const LeftOut& leftOut, double distance, std::vector<std::string>& notes) {
  if (leftOut.predicted > 0) {
    notes.push_back(fmt::format("{} predicted structures are left out.", leftOut.predicted));
  }
  if (leftOut.unknown > 0) {
    notes.push_back(
        fmt::format("{} chain pairs are left out because a chain is no protein of the project.",
                    leftOut.unknown));
  }
  if (leftOut.copies > 0) {
    notes.push_back(
        fmt::format("{} chain pairs are left out as copies of one protein pair in one "
                    "structure.",
                    leftOut.copies));
  }
  if (leftOut.distant > 0) {
    notes.push_back(
        fmt::format("{} chain pairs have no contact within {} angstrom and are left "
                    "out.",
                    leftOut.distant, distance));
  }
}

}  // namespace

LoadedComplexes loadComplexes(store::Project& project, const ComplexSource& source,
                              const imports::Watch& watch) {
  LoadedComplexes loaded;
  Sequences sequences(loaded.set);
  LeftOut leftOut;
  const auto structures = store::StructureRepository(project.database()).structures();
  std::int64_t read = 0;
  for (const auto& info : structures) {
    throwIfStopped(watch.stop);
    if (info.predicted) {
      ++leftOut.predicted;
    } else if (info.chains.size() > 1) {
      addStructure(info, bio::readStructure(project.structuresFolder() / info.file),
                   source.distance, loaded.set, sequences, leftOut);
    }
    if (watch.progress) {
      watch.progress({"Reading complexes", ++read, static_cast<std::int64_t>(structures.size()),
                      "structures"});
    }
  }
  if (loaded.set.complexes.empty()) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the project has no complex whose chains are in contact within {} "
                            "angstrom; bring some in with \"import structures\", or raise "
                            "--distance",
                            source.distance));
  }
  if (!source.negatives.empty()) {
    addNegatives(project, source.negatives, loaded.set, sequences, loaded.notes);
  }
  addNotes(leftOut, source.distance, loaded.notes);
  loaded.hash = hashOf(loaded.set);
  return loaded;
}

}  // namespace twofold::app
