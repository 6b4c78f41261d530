#include "core/runs/evidence_hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/hash.h"
#include "core/base/progress.h"
#include "core/data/splitters.h"
#include "core/runs/copied_evidence.h"
#include "core/store/annotation_repository.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"

namespace twofold::runs {

namespace {

using NamedProteins = std::vector<std::pair<std::string, data::ProteinKey>>;  // ascending

NamedProteins proteinsOf(store::Project& project, const std::string& pairSet) {
  store::PairRepository pairs(project.database());
  const auto keys = data::proteinsOf(pairs.pairs(pairs.set(pairSet).key));
  NamedProteins named;
  for (const auto& [key, id] : store::ProteinRepository(project.database()).ids()) {
    if (std::binary_search(keys.begin(), keys.end(), key)) {
      named.emplace_back(id, key);
    }
  }
  std::sort(named.begin(), named.end());
  return named;
}

/// With its length, so that no two lists of texts read alike.
void add(Sha256& hash, const std::string& text) {
  hash.add(fmt::format("{} ", text.size()));
  hash.add(text);
}

void add(Sha256& hash, const data::ProteinAnnotations& known) {
  hash.add(fmt::format("{} {} ", known.annotations.size(), known.publications));
  for (const auto& annotation : known.annotations) {
    hash.add(fmt::format("{} ", static_cast<int>(annotation.kind)));
    add(hash, annotation.term);
    add(hash, annotation.evidence);
  }
  add(hash, known.functionText);
  add(hash, known.subunitText);
}

void add(Sha256& hash, const data::TermGraph& graph) {
  hash.add(fmt::format("{} ", graph.size()));
  for (data::TermIndex i = 0; i < graph.size(); ++i) {
    const auto& term = graph.term(i);
    add(hash, term.id);
    hash.add(fmt::format("{} {} ", static_cast<int>(term.kind), term.obsolete ? 1 : 0));
  }
  for (const auto& edge : graph.edges()) {
    hash.add(fmt::format("{} {} {} ", edge.child, edge.parent, static_cast<int>(edge.relation)));
  }
}

std::string annotationHash(store::Project& project, const NamedProteins& proteins) {
  store::AnnotationRepository repository(project.database());
  std::vector<data::ProteinKey> keys;
  for (const auto& [id, key] : proteins) {
    keys.push_back(key);
  }
  const auto known = repository.load(keys);
  Sha256 hash;
  for (std::size_t i = 0; i < proteins.size(); ++i) {
    add(hash, proteins[i].first);
    add(hash, known[i]);
  }
  add(hash, repository.graph());
  return hash.hex();
}

std::string structureHash(store::Project& project, const NamedProteins& proteins,
                          const std::stop_token& stop) {
  store::StructureRepository repository(project.database());
  std::map<std::int64_t, std::string> files;  // hashes by structure
  Sha256 hash;
  for (const auto& [id, key] : proteins) {
    throwIfStopped(stop);
    const auto best = repository.bestChain(key);
    if (!best) {
      continue;
    }
    const auto [file, isNew] = files.try_emplace(best->first);
    if (isNew) {
      file->second =
          sha256OfFile(project.structuresFolder() / repository.structure(best->first).file);
    }
    add(hash, id);
    add(hash, best->second);
    add(hash, file->second);
  }
  return hash.hex();
}

}  // namespace

store::RunValueMap evidenceHashes(store::Project& project, const RunSpec& spec,
                                  const std::stop_token& stop) {
  store::RunValueMap hashes;
  if (!readsAnnotations(spec) && !readsStructures(spec)) {
    return hashes;
  }
  const auto proteins = proteinsOf(project, spec.pairSet);
  if (readsAnnotations(spec)) {
    hashes["hashes.annotations"] = annotationHash(project, proteins);
  }
  if (readsStructures(spec)) {
    hashes["hashes.structures"] = structureHash(project, proteins, stop);
  }
  return hashes;
}

}  // namespace twofold::runs
