#include "ui/panels/structure/structure_source.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/bio/structure_reader.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"
#include "ui/viewport/interface_highlight.h"

namespace twofold::ui {
namespace {

QString text(const char* source) {
  return QCoreApplication::translate("StructureSource", source);
}

std::filesystem::path pathOf(const store::Project& project, const store::StructureInfo& info) {
  return project.structuresFolder() / info.file;
}

std::vector<NamedChain> namedChains(store::Project& project, const store::StructureInfo& info) {
  std::vector<data::ProteinKey> keys;
  for (const store::StructureChain& chain : info.chains) {
    keys.push_back(chain.protein);
  }
  const auto proteins = store::ProteinRepository(project.database()).load(keys);
  std::vector<NamedChain> named;
  for (std::size_t i = 0; i < info.chains.size(); ++i) {
    named.push_back({info.id, info.chains[i].chain, proteins[i].id, proteins[i].sequence});
  }
  return named;
}

/// Scenes of two files have chains named "1A4U A"; chains of one id in both would be mixed up, so
/// the file they come from counts too.
ChainMappings mappingsOf(const StructureScene& scene, const StructureChoice& choice) {
  ChainMappings mappings(scene.chains.size());
  for (std::size_t i = 0; i < scene.chains.size(); ++i) {
    const bio::Chain& chain = scene.chains[i].chain;
    const bool isSecond = !choice.fileB.empty() && static_cast<int>(i) == scene.chainB;
    const auto found = std::ranges::find_if(choice.proteins, [&](const NamedChain& named) {
      return named.chain == chain.id && named.structure == (isSecond ? choice.idB : choice.idA);
    });
    if (found != choice.proteins.end()) {
      mappings[i] =
          ChainMapping{found->protein, found->sequence, bio::mapSequence(found->sequence, chain)};
    }
  }
  return mappings;
}

QList<StructureChoice> together(store::Project& project, store::StructureRepository& structures,
                                const FocusedPair& pair) {
  QList<StructureChoice> choices;
  store::StructureInfo info;  // choices of one structure follow each other: read once
  for (const store::PairStructure& shown : structures.showing(pair.keyA, pair.keyB)) {
    if (choices.isEmpty() || info.key != shown.structure) {
      info = structures.structure(shown.structure);
    }
    choices.append({text("%1, chains %2 and %3")
                        .arg(QString::fromStdString(info.id), QString::fromStdString(shown.chainA),
                             QString::fromStdString(shown.chainB)),
                    pathOf(project, info),
                    {},
                    shown.chainA,
                    shown.chainB,
                    info.id,
                    {},
                    namedChains(project, info)});
  }
  return choices;
}

bio::Structure readAs(const std::filesystem::path& file, const std::string& id) {
  bio::Structure structure = bio::readStructure(file);
  structure.id = id;
  return structure;
}

/// Copies of a protein in one file are not all next to each other.
int mostContacts(const bio::Structure& structure, const QList<StructureChoice>& choices) {
  int best = 0;
  std::size_t most = 0;
  for (int i = 0; i < choices.size(); ++i) {
    const StructureChoice& choice = choices[i];
    const bio::Chain* a = structure.chain(choice.chainA);
    const bio::Chain* b = structure.chain(choice.chainB);
    if (a && b && choice.fileA == choices.first().fileA && choice.fileB.empty()) {
      const std::size_t contacts = bio::findContacts(*a, *b, kDefaultRadius).size();
      best = contacts > most ? i : best;
      most = std::max(most, contacts);
    }
  }
  return best;
}

}  // namespace

QList<StructureChoice> choicesForPair(store::Project& project, const FocusedPair& pair) {
  store::StructureRepository structures(project.database());
  QList<StructureChoice> choices = together(project, structures, pair);
  if (!choices.isEmpty()) {
    return choices;
  }
  const auto a = structures.bestChain(pair.keyA);
  const auto b = structures.bestChain(pair.keyB);
  if (!a && !b) {
    return {};
  }
  const auto& first = a ? a : b;
  const store::StructureInfo infoA = structures.structure(first->first);
  StructureChoice choice{{}, pathOf(project, infoA),     {}, first->second, {}, infoA.id,
                         {}, namedChains(project, infoA)};
  const QString nameA = QString::fromStdString(infoA.id + " " + first->second);
  if (a && b) {
    const store::StructureInfo infoB = structures.structure(b->first);
    choice.fileB = pathOf(project, infoB);
    choice.chainB = b->second;
    choice.idB = infoB.id;
    const auto named = namedChains(project, infoB);
    choice.proteins.insert(choice.proteins.end(), named.begin(), named.end());
    choice.label = text("%1 beside %2, not docked")
                       .arg(nameA, QString::fromStdString(infoB.id + " " + b->second));
  } else {
    choice.label = text("%1; no structure of %2").arg(nameA, a ? pair.idB : pair.idA);
  }
  return {choice};
}

StructureChoice choiceForStructure(store::Project& project, std::int64_t key) {
  store::StructureRepository structures(project.database());
  const store::StructureInfo info = structures.structure(key);
  return {text("%1, all chains").arg(QString::fromStdString(info.id)),
          pathOf(project, info),
          {},
          {},
          {},
          info.id,
          {},
          namedChains(project, info)};
}

LoadedStructure loadStructure(const QList<StructureChoice>& choices) {
  const bio::Structure first = readAs(choices.first().fileA, choices.first().idA);
  LoadedStructure loaded;
  loaded.choice = mostContacts(first, choices);
  const StructureChoice& choice = choices.at(loaded.choice);
  if (!choice.fileB.empty()) {
    const bio::Structure second = readAs(choice.fileB, choice.idB);
    loaded.scene = apartScene(first, choice.chainA, second, choice.chainB);
  } else if (!choice.chainB.empty()) {
    loaded.scene = pairScene(first, choice.chainA, choice.chainB);
  } else {
    loaded.scene = wholeScene(first);
  }
  loaded.mappings = mappingsOf(loaded.scene, choice);
  loaded.widest = widestContacts(loaded.scene);
  return loaded;
}

}  // namespace twofold::ui
