#include "ui/viewport/structure_scene.h"

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/bio/contacts.h"

namespace twofold::ui {
namespace {

constexpr float kFocusRadius = 8;
constexpr double kApart = 12;  // angstrom between two files shown side by side
constexpr int kCategories = 8;

int findChain(const bio::Structure& structure, const std::string& name) {
  const auto found = std::ranges::find(structure.chains, name, &bio::Chain::id);
  if (found == structure.chains.end()) {
    throw Error(ErrorKind::NotFound, "Structure " + structure.id + " has no protein chain " + name +
                                         ". Import the structure again.");
  }
  return static_cast<int>(found - structure.chains.begin());
}

StructureScene sceneOf(const bio::Structure& structure) {
  StructureScene scene;
  scene.id = structure.id;
  scene.title = structure.title;
  scene.notes = structure.notes;
  for (const bio::Chain& chain : structure.chains) {
    scene.chains.push_back({chain, chain.id, static_cast<int>(scene.chains.size()), true});
  }
  return scene;
}

struct Box {
  Vector low{1e9, 1e9, 1e9};
  Vector high{-1e9, -1e9, -1e9};
};

Box boxOf(const bio::Chain& chain) {
  Box box;
  for (const bio::Residue& residue : chain.residues) {
    for (std::size_t i = 0; residue.hasCalpha && i < 3; ++i) {
      box.low[i] = std::min(box.low[i], static_cast<double>(residue.calpha[i]));
      box.high[i] = std::max(box.high[i], static_cast<double>(residue.calpha[i]));
    }
  }
  return box;
}

void moveBeside(bio::Chain& chain, const bio::Chain& other) {
  const Box own = boxOf(chain);
  const Box fixed = boxOf(other);
  if (own.low[0] > own.high[0] || fixed.low[0] > fixed.high[0]) {
    return;  // one of them has no positions
  }
  Vector shift = ((fixed.low + fixed.high) - (own.low + own.high)) * 0.5;
  shift[0] = fixed.high[0] + kApart - own.low[0];
  for (bio::Residue& residue : chain.residues) {
    for (std::size_t i = 0; i < 3; ++i) {
      residue.calpha[i] += static_cast<float>(shift[i]);
    }
  }
}

}  // namespace

std::size_t StructureScene::residueCount() const {
  std::size_t count = 0;
  for (const SceneChain& chain : chains) {
    count += chain.chain.residues.size();
  }
  return count;
}

const bio::Residue* StructureScene::residue(const ResidueRef& ref) const {
  if (!ref.isValid() || ref.chain >= static_cast<int>(chains.size())) {
    return nullptr;
  }
  const auto& residues = chains[static_cast<std::size_t>(ref.chain)].chain.residues;
  return ref.residue < static_cast<int>(residues.size())
             ? &residues[static_cast<std::size_t>(ref.residue)]
             : nullptr;
}

std::string StructureScene::label(const ResidueRef& ref) const {
  const bio::Residue* found = residue(ref);
  return found ? bio::residueLabel(chains[static_cast<std::size_t>(ref.chain)].chain, *found) : "";
}

std::vector<Vector> StructureScene::visiblePoints() const {
  std::vector<Vector> points;
  for (const SceneChain& chain : chains) {
    for (const bio::Residue& residue : chain.chain.residues) {
      if (chain.visible && residue.hasCalpha) {
        points.push_back(toVector(residue.calpha));
      }
    }
  }
  return points;
}

StructureScene pairScene(const bio::Structure& structure, const std::string& chainA,
                         const std::string& chainB) {
  StructureScene scene = sceneOf(structure);
  focusChains(scene, findChain(structure, chainA), findChain(structure, chainB));
  return scene;
}

StructureScene wholeScene(const bio::Structure& structure) {
  StructureScene scene = sceneOf(structure);
  const auto pairs = bio::chainPairsInContact(structure, kFocusRadius, 1);
  const auto largest = std::ranges::max_element(pairs, {}, &bio::ChainPair::contacts);
  if (largest != pairs.end()) {
    scene.chainA = static_cast<int>(largest->a);
    scene.chainB = static_cast<int>(largest->b);
    focusChains(scene, scene.chainA, scene.chainB);
    int next = 2;  // the other chains keep a colour of their own: nothing asked for these two
    for (SceneChain& chain : scene.chains) {
      chain.color = chain.color == SceneChain::kContext ? next++ : chain.color;
    }
  }
  for (SceneChain& chain : scene.chains) {
    chain.color = chain.color < kCategories ? chain.color : SceneChain::kContext;
  }
  return scene;
}

StructureScene apartScene(const bio::Structure& a, const std::string& chainA,
                          const bio::Structure& b, const std::string& chainB) {
  StructureScene scene;
  const bio::Chain& first = a.chains[static_cast<std::size_t>(findChain(a, chainA))];
  bio::Chain second = b.chains[static_cast<std::size_t>(findChain(b, chainB))];
  moveBeside(second, first);
  scene.id = a.id == b.id ? a.id : a.id + " and " + b.id;
  scene.title = a.title;
  scene.chains.push_back({first, a.id + " " + chainA, 0, true});
  scene.chains.push_back({std::move(second), b.id + " " + chainB, 1, true});
  scene.notes = a.notes;
  scene.notes.insert(scene.notes.end(), b.notes.begin(), b.notes.end());
  scene.docked = false;
  scene.chainA = 0;
  scene.chainB = 1;
  return scene;
}

void focusChains(StructureScene& scene, int chainA, int chainB) {
  const bool both = chainA >= 0 && chainB >= 0 && chainA != chainB;
  scene.chainA = both ? chainA : -1;
  scene.chainB = both ? chainB : -1;
  for (int i = 0; i < static_cast<int>(scene.chains.size()); ++i) {
    SceneChain& chain = scene.chains[static_cast<std::size_t>(i)];
    const int own = i < kCategories ? i : SceneChain::kContext;
    chain.color = !both ? own : i == chainA ? 0 : i == chainB ? 1 : SceneChain::kContext;
  }
}

}  // namespace twofold::ui
