#include "core/runs/copied_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/plain_files.h"
#include "core/data/user_channel.h"
#include "core/store/annotation_repository.h"
#include "core/store/channel_hash.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"
#include "core/store/user_channel_repository.h"

namespace twofold::runs {

namespace {

namespace fs = std::filesystem;

bool hasChannel(const RunSpec& spec, std::string_view id) {
  return std::any_of(spec.channels.begin(), spec.channels.end(),
                     [&](const PartSpec& channel) { return channel.id == id; });
}

std::vector<std::string> tablesOf(const RunSpec& spec) {
  std::vector<std::string> names;
  for (const auto& channel : spec.channels) {
    if (data::isUserChannel(channel.id)) {
      names.push_back(data::userChannelName(channel.id));
    }
  }
  return names;
}

std::vector<data::ProteinKey> allProteins(store::Project& project) {
  std::vector<data::ProteinKey> keys;
  for (const auto& [key, id] : store::ProteinRepository(project.database()).ids()) {
    keys.push_back(key);
  }
  return keys;
}

Error differs(const std::string& what) {
  return {ErrorKind::Usage, fmt::format("{}; {}", what, kNewProject)};
}

bool isSame(const data::ProteinAnnotations& a, const data::ProteinAnnotations& b) {
  return a.annotations == b.annotations && a.functionText == b.functionText &&
         a.subunitText == b.subunitText && a.publications == b.publications;
}

bool isSame(const data::TermGraph& a, const data::TermGraph& b) {
  const auto sameEdge = [](const data::TermEdge& x, const data::TermEdge& y) {
    return x.child == y.child && x.parent == y.parent && x.relation == y.relation;
  };
  if (a.size() != b.size() || !std::equal(a.edges().begin(), a.edges().end(), b.edges().begin(),
                                          b.edges().end(), sameEdge)) {
    return false;
  }
  for (data::TermIndex i = 0; i < a.size(); ++i) {
    if (a.term(i).id != b.term(i).id || a.term(i).kind != b.term(i).kind) {
      return false;
    }
  }
  return true;
}

void copyTerms(store::AnnotationRepository& source, store::AnnotationRepository& target) {
  const auto terms = source.graph();
  const auto known = target.graph();
  if (known.empty() && !terms.empty()) {
    target.replaceGraph(terms);
  } else if (!isSame(terms, known)) {
    throw differs(
        "the project has another version of the Gene Ontology than the run was made with");
  }
}

/// The file and chain that stands for a protein; empty for none.
std::pair<std::string, std::string> bestOf(store::Project& project, data::ProteinKey protein) {
  store::StructureRepository repository(project.database());
  const auto best = repository.bestChain(protein);
  return best ? std::pair(repository.structure(best->first).file, best->second)
              : std::pair<std::string, std::string>();
}

/// Ascending.
using TableRows = std::map<data::ProteinKey, const std::vector<float>*>;

store::ChannelValues valuesOf(const TableRows& rows, std::int64_t width) {
  store::ChannelValues values{{}, {0}, {}};
  for (const auto& [key, numbers] : rows) {
    values.proteins.push_back(key);
    values.values.insert(values.values.end(), numbers->begin(), numbers->end());
    values.offsets.push_back(static_cast<std::int64_t>(values.values.size()) / width);
  }
  return values;
}

void requireSoundTable(store::Project& from, const std::string& name,
                       const std::vector<data::ProteinKey>& keys) {
  const auto table = store::UserChannelRepository(from).load(name, keys);
  TableRows rows;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!table.rows[i].empty()) {
      rows[keys[i]] = &table.rows[i];
    }
  }
  const auto values = valuesOf(rows, table.channel.width);
  if (store::channelHash(from.database(), table.channel, values) != table.channel.hash) {
    throw badInput(from.folder().string(), 0,
                   fmt::format("the numbers of table \"{}\" are not those that its hash was made "
                               "of; the run cannot be repeated with them",
                               name));
  }
}

/// Nothing in the name may lead out of the folder.
void requireSoundStructure(store::Project& from, const store::StructureInfo& structure) {
  const auto& name = structure.file;
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) {
    throw badInput(from.folder().string(), 0,
                   fmt::format("structure {} has the file \"{}\", which is no plain name of a file",
                               structure.id, name));
  }
  requirePlainFiles(from.structuresFolder() / name);
}

void copyTable(store::UserChannelRepository& source, store::UserChannelRepository& target,
               const std::string& name, const std::vector<data::ProteinKey>& keys,
               const SameProteins& same) {
  const auto table = source.load(name, keys);
  if (const auto known = target.find(name)) {
    if (known->hash != table.channel.hash) {
      throw differs(fmt::format("the project has another table \"{}\"", known->name));
    }
    return;
  }
  TableRows rows;  // by the new keys
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!table.rows[i].empty()) {
      rows[same.at(keys[i])] = &table.rows[i];
    }
  }
  target.store(table.channel, valuesOf(rows, table.channel.width));
}

}  // namespace

bool readsAnnotations(const RunSpec& spec) {
  return hasChannel(spec, "annotation") || hasChannel(spec, "text");
}

bool readsStructures(const RunSpec& spec) {
  return hasChannel(spec, "calpha");
}

std::vector<data::ProteinKey> proteinsOfTables(store::Project& project, const RunSpec& spec) {
  std::set<data::ProteinKey> wanted;
  const auto keys = allProteins(project);
  for (const auto& name : tablesOf(spec)) {
    const auto table = store::UserChannelRepository(project).load(name, keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!table.rows[i].empty()) {
        wanted.insert(keys[i]);
      }
    }
  }
  return {wanted.begin(), wanted.end()};
}

void requireSoundEvidence(store::Project& from, const RunSpec& spec,
                          const std::vector<data::ProteinKey>& proteins) {
  for (const auto& name : tablesOf(spec)) {
    requireSoundTable(from, name, proteins);
  }
  if (!readsStructures(spec)) {
    return;
  }
  for (const auto& structure : store::StructureRepository(from.database()).structures()) {
    const auto isCopied = [&](const store::StructureChain& chain) {
      return std::binary_search(proteins.begin(), proteins.end(), chain.protein);
    };
    if (std::any_of(structure.chains.begin(), structure.chains.end(), isCopied)) {
      requireSoundStructure(from, structure);
    }
  }
}

void copyAnnotations(store::Project& from, store::Project& to, const SameProteins& same) {
  store::AnnotationRepository source(from.database());
  store::AnnotationRepository target(to.database());
  copyTerms(source, target);
  std::vector<data::ProteinKey> keys;
  std::vector<data::ProteinKey> newKeys;
  for (const auto& [key, newKey] : same) {
    keys.push_back(key);
    newKeys.push_back(newKey);
  }
  const auto annotations = source.load(keys);
  const auto origin = target.source("a copied run");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    static_cast<void>(target.add(newKeys[i], annotations[i], origin));
  }
  const auto copied = target.load(newKeys);
  if (!std::equal(annotations.begin(), annotations.end(), copied.begin(),
                  [](const auto& a, const auto& b) { return isSame(a, b); })) {
    throw differs("the project knows more of these proteins than the run was made with");
  }
}

void copyStructures(store::Project& from, store::Project& to, const SameProteins& same) {
  store::StructureRepository target(to.database());
  for (auto structure : store::StructureRepository(from.database()).structures()) {
    std::erase_if(structure.chains,
                  [&](const auto& chain) { return !same.contains(chain.protein); });
    if (structure.chains.empty() || target.contains(structure.id)) {
      continue;
    }
    for (auto& chain : structure.chains) {
      chain.protein = same.at(chain.protein);
    }
    requireSoundStructure(from, structure);
    if (const auto file = to.structuresFolder() / structure.file; !fs::exists(file)) {
      copyPlainFiles(from.structuresFolder() / structure.file, file);
    }
    static_cast<void>(target.insert(structure));
  }
  for (const auto& [key, newKey] : same) {
    if (bestOf(from, key) != bestOf(to, newKey)) {
      throw differs("the project has other structures of these proteins");
    }
  }
}

void copyTables(store::Project& from, store::Project& to, const RunSpec& spec,
                const SameProteins& same) {
  store::UserChannelRepository source(from);
  store::UserChannelRepository target(to);
  const auto names = tablesOf(spec);
  const auto keys = names.empty() ? std::vector<data::ProteinKey>() : proteinsOfTables(from, spec);
  for (const auto& name : names) {
    copyTable(source, target, name, keys, same);
  }
}

}  // namespace twofold::runs
