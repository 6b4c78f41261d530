#include "app/worker/run_inputs.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/bio/structure_reader.h"
#include "core/runs/copied_evidence.h"
#include "core/store/annotation_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"
#include "core/store/user_channel_repository.h"

namespace twofold::app {

namespace {

/// Reads each structure file once, however many chains of it are wanted.
class ChainLoader {
 public:
  explicit ChainLoader(store::Project& project)
      : m_project(project), m_repository(project.database()) {}

  std::optional<bio::Chain> bestChain(data::ProteinKey protein) {
    const auto best = m_repository.bestChain(protein);
    if (!best) {
      return std::nullopt;
    }
    const auto* chain = structure(best->first).chain(best->second);
    return chain == nullptr ? std::nullopt : std::optional(*chain);
  }

 private:
  const bio::Structure& structure(std::int64_t key) {
    const auto known = m_structures.find(key);
    if (known != m_structures.end()) {
      return known->second;
    }
    const auto file = m_project.structuresFolder() / m_repository.structure(key).file;
    return m_structures.emplace(key, bio::readStructure(file)).first->second;
  }

  store::Project& m_project;
  store::StructureRepository m_repository;
  std::map<std::int64_t, bio::Structure> m_structures;
};

std::vector<data::ProteinKey> proteinsOf(const data::Pairs& pairs) {
  std::vector<data::ProteinKey> keys;
  keys.reserve(2 * pairs.size());
  for (const auto& pair : pairs) {
    keys.push_back(pair.a);
    keys.push_back(pair.b);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::uint32_t positionOf(const std::vector<data::ProteinKey>& keys, data::ProteinKey key) {
  return static_cast<std::uint32_t>(std::lower_bound(keys.begin(), keys.end(), key) - keys.begin());
}

models::IndexedPair indexed(const std::vector<data::ProteinKey>& keys, const data::Pair& pair) {
  return {positionOf(keys, pair.a), positionOf(keys, pair.b), pair.label};
}

}  // namespace

NeededEvidence neededEvidence(const runs::RunSpec& spec) {
  NeededEvidence needed{runs::readsStructures(spec), runs::readsAnnotations(spec)};
  for (const auto& channel : spec.channels) {
    if (data::isUserChannel(channel.id)) {
      needed.tables.push_back(data::userChannelName(channel.id));
    }
  }
  return needed;
}

models::ProteinInputs loadProteins(store::Project& project, std::span<const data::ProteinKey> keys,
                                   const NeededEvidence& needed, const imports::Watch& watch) {
  models::ProteinInputs inputs;
  for (auto& protein : store::ProteinRepository(project.database()).load(keys)) {
    inputs.ids.push_back(std::move(protein.id));
    inputs.sequences.push_back(std::move(protein.sequence));
  }
  if (needed.annotations) {
    store::AnnotationRepository annotations(project.database());
    inputs.annotations = annotations.load(keys);
    inputs.terms = needed.terms != nullptr
                       ? needed.terms
                       : std::make_shared<const data::TermGraph>(annotations.graph());
  }
  for (const auto& name : needed.tables) {
    throwIfStopped(watch.stop);
    inputs.tables[data::userChannelId(name)] =
        store::UserChannelRepository(project).load(name, keys);
  }
  inputs.chains.resize(keys.size());
  if (!needed.structures) {
    return inputs;
  }
  ChainLoader chains(project);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    throwIfStopped(watch.stop);
    inputs.chains[i] = chains.bestChain(keys[i]);
    if (watch.progress) {
      watch.progress({"Reading structures", static_cast<std::int64_t>(i + 1),
                      static_cast<std::int64_t>(keys.size()), "proteins"});
    }
  }
  return inputs;
}

PairInputs indexPairs(const data::Pairs& pairs, std::span<const std::uint32_t> wanted) {
  data::Pairs labelled;
  PairInputs inputs;
  for (const auto index : wanted) {
    if (pairs[index].label != data::Label::Unknown) {
      labelled.push_back(pairs[index]);
      inputs.indices.push_back(index);
    }
  }
  inputs.keys = proteinsOf(labelled);
  for (const auto& pair : labelled) {
    inputs.pairs.push_back(indexed(inputs.keys, pair));
  }
  return inputs;
}

SplitInputs indexSplit(const data::Pairs& pairs, const data::Split& split) {
  SplitInputs inputs;
  inputs.keys = proteinsOf(pairs);
  for (const auto part : data::kParts) {
    const auto slot = static_cast<std::size_t>(part);
    for (const auto index : split.indices(part)) {
      if (pairs[index].label != data::Label::Unknown) {
        inputs.parts[slot].push_back(indexed(inputs.keys, pairs[index]));
        inputs.indices[slot].push_back(index);
      }
    }
  }
  return inputs;
}

}  // namespace twofold::app
