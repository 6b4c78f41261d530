#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/bio/contacts.h"
#include "core/bio/structure_reader.h"
#include "core/imports/chain_proteins.h"
#include "core/imports/importers.h"
#include "core/store/pair_repository.h"
#include "core/store/structure_repository.h"

namespace twofold::imports {

namespace {

namespace fs = std::filesystem;

/// The endings of structure files; the copy in the project keeps one of them.
constexpr std::array<std::string_view, 8> kEndings = {".pdb.gz", ".ent.gz", ".cif.gz", ".mmcif.gz",
                                                      ".pdb",    ".ent",    ".cif",    ".mmcif"};

std::string_view endingOf(const fs::path& file) {
  std::string name = file.filename().string();
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const auto* found = std::find_if(kEndings.begin(), kEndings.end(),
                                   [&](std::string_view ending) { return name.ends_with(ending); });
  return found == kEndings.end() ? std::string_view{} : *found;
}

std::string stemOf(const fs::path& file) {
  std::string name = file.filename().string();
  name.resize(name.size() - endingOf(file).size());
  return name;
}

/// Files as given, folders as the structure files in them, by name.
std::vector<fs::path> structureFiles(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    const auto first = static_cast<std::ptrdiff_t>(files.size());
    for (const auto& entry : fs::directory_iterator(path, error)) {
      if (entry.is_regular_file(error) && !endingOf(entry.path()).empty()) {
        files.push_back(entry.path());
      }
    }
    if (error) {
      throw Error(ErrorKind::Io,
                  fmt::format("{}: the folder cannot be read: {}", path.string(), error.message()));
    }
    std::sort(files.begin() + first, files.end());
  }
  return files;
}

/// All that is kept of a file: the coordinates stay in it.
struct ReadStructure {
  fs::path source;
  std::string fileName;  // in the project: its content's hash, so no name can lead elsewhere
  std::string id;
  std::string title;
  bool predicted = false;
  std::vector<ChainIdentity> chains;
  std::vector<bio::ChainPair> contacts;
};

ReadStructure readOne(const fs::path& file, const StructureImport& request) {
  const bio::Structure structure = bio::readStructure(file);
  const std::string_view ending = endingOf(file);
  ReadStructure read;
  read.source = file;
  read.fileName = sha256OfFile(file).substr(0, 32) + std::string(ending.empty() ? ".pdb" : ending);
  read.id = structure.id;
  read.title = structure.title;
  read.predicted = structure.predicted;
  for (const bio::Chain& chain : structure.chains) {
    read.chains.push_back(identityOf(chain));
  }
  if (!request.pairSet.empty()) {
    read.contacts = bio::chainPairsInContact(structure, request.radius, request.contacts);
  }
  return read;
}

std::vector<ReadStructure> readAll(const StructureImport& request, const Watch& watch,
                                   ImportReport& report) {
  const auto files = structureFiles(request.paths);
  std::vector<ReadStructure> structures;
  for (const fs::path& file : files) {
    throwIfStopped(watch.stop);
    try {
      structures.push_back(readOne(file, request));
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::NotFound) {
        throw;  // a name was mistyped; the file is not broken
      }
      report.skip("cannot be read", error.what());
    }
    ++report.read;
    if (watch.progress) {
      watch.progress(
          {"Reading structures", report.read, static_cast<std::int64_t>(files.size()), "files"});
    }
  }
  if (structures.empty()) {
    const auto& examples = report.examples["cannot be read"];
    throw Error(ErrorKind::BadInput,
                examples.empty() ? "no structure file was found; give .pdb or .cif files, plain or "
                                   "gzip, or a folder of them"
                                 : fmt::format("no structure could be read; {}", examples.front()));
  }
  return structures;
}

/// Copies into the project under hidden names, shown at the end; the destructor takes back what
/// was not committed.
class FileCopies {
 public:
  explicit FileCopies(fs::path folder) : m_folder(std::move(folder)) {}
  ~FileCopies() {
    std::error_code ignored;
    for (const fs::path& path : m_made) {
      fs::remove(path, ignored);
    }
  }
  FileCopies(const FileCopies&) = delete;
  FileCopies& operator=(const FileCopies&) = delete;

  void add(const fs::path& source, const std::string& name) {
    const fs::path target = m_folder / name;
    const fs::path temporary = m_folder / fmt::format(".{}.{}.tmp", name, ::getpid());
    std::error_code error;
    if (fs::exists(target, error)) {
      return;  // the name is the content
    }
    m_made.push_back(temporary);
    if (!fs::copy_file(source, temporary, fs::copy_options::overwrite_existing, error) || error) {
      throw Error(ErrorKind::Io, fmt::format("{}: cannot be copied into the project: {}",
                                             source.string(), error.message()));
    }
    fs::permissions(temporary, fs::perms::owner_write, fs::perm_options::add, error);
    m_made.push_back(target);
    commitFile(temporary, target);
  }

  /// All but the files of these names.
  void keep(const std::set<std::string>& unwanted) {
    std::erase_if(
        m_made, [&](const fs::path& made) { return !unwanted.contains(made.filename().string()); });
  }

 private:
  fs::path m_folder;
  std::vector<fs::path> m_made;
};

/// Positives from chain pairs, each protein pair once.
class ContactPairs {
 public:
  void add(const ReadStructure& structure, const store::StructureInfo& info) {
    for (const bio::ChainPair& contact : structure.contacts) {
      ++m_chainPairs;
      const auto* a = chainNamed(info, structure.chains[contact.a].chain);
      const auto* b = chainNamed(info, structure.chains[contact.b].chain);
      if (a == nullptr || b == nullptr) {
        ++m_unmatched;
      } else if (m_seen.insert(std::minmax(a->protein, b->protein)).second) {
        m_pairs.push_back({a->protein, b->protein, data::Label::Positive});
      }
    }
  }

  void store(store::Project& project, const StructureImport& request, ImportReport& report) const {
    if (m_unmatched > 0) {
      report.notes.push_back(fmt::format(
          "{} chain pairs in contact were left out: a chain of them matches no protein.",
          m_unmatched));
    }
    if (m_pairs.empty()) {
      report.notes.push_back(fmt::format(
          "No two chains are in contact, so there is no pair set \"{}\".", request.pairSet));
      return;
    }
    static_cast<void>(store::PairRepository(project.database())
                          .insertSet(request.pairSet,
                                     fmt::format("chains with at least {} contacts within {} Å",
                                                 request.contacts, request.radius),
                                     m_pairs));
    report.notes.push_back(
        fmt::format("{} chain pairs in contact make {} pairs of proteins in "
                    "\"{}\", all positive.",
                    m_chainPairs, m_pairs.size(), request.pairSet));
  }

 private:
  static const store::StructureChain* chainNamed(const store::StructureInfo& info,
                                                 const std::string& name) {
    const auto found = std::find_if(info.chains.begin(), info.chains.end(),
                                    [&](const auto& chain) { return chain.chain == name; });
    return found == info.chains.end() ? nullptr : &*found;
  }

  data::Pairs m_pairs;
  std::set<std::pair<data::ProteinKey, data::ProteinKey>> m_seen;
  std::int64_t m_chainPairs = 0;
  std::int64_t m_unmatched = 0;
};

/// The header's id, the file's stem when that is taken, then numbered.
std::string freeId(store::StructureRepository& repository, const ReadStructure& structure) {
  if (!structure.id.empty() && !repository.contains(structure.id)) {
    return structure.id;
  }
  const std::string stem = stemOf(structure.source);
  std::string id = stem;
  for (int number = 2; repository.contains(id); ++number) {
    id = fmt::format("{}_{}", stem, number);
  }
  return id;
}

/// Chains that were given to a protein although, or made one because, sequences do not agree.
class Doubts {
 public:
  void add(std::string sentence) {
    ++m_count;
    if (m_told.size() < kTold) {
      m_told.push_back(std::move(sentence));
    }
  }

  void tell(ImportReport& report) const {
    report.notes.insert(report.notes.end(), m_told.begin(), m_told.end());
    if (m_count > m_told.size()) {
      report.notes.push_back(
          fmt::format("And {} more chains like these.", m_count - m_told.size()));
    }
  }

 private:
  static constexpr std::size_t kTold = 10;

  std::vector<std::string> m_told;
  std::size_t m_count = 0;
};

/// Maps each chain. What was not found, or found against the sequences, goes to the report.
void addChains(store::StructureInfo& info, const ReadStructure& structure, ChainProteins& proteins,
               Doubts& doubts, ImportReport& report) {
  for (const ChainIdentity& chain : structure.chains) {
    auto found = proteins.map(chain, info.id, structure.title);
    const std::string name = fmt::format("{} chain {}", info.id, chain.chain);
    if (!found.protein) {
      report.skip("chain that matches no protein's sequence",
                  fmt::format("{}: {}", name, found.doubt));
      continue;
    }
    if (!found.doubt.empty()) {
      doubts.add(fmt::format("{}: {}; {}.", name, found.how, found.doubt));
    }
    info.chains.push_back({chain.chain, *found.protein, chain.residues, std::move(found.how)});
  }
}

}  // namespace

ImportReport importStructures(store::Project& project, const StructureImport& request,
                              const Watch& watch) {
  if (!request.pairSet.empty()) {
    store::PairRepository(project.database()).requireFreeName(request.pairSet);
  }
  ImportReport report;
  const auto structures = readAll(request, watch, report);
  // Before the transaction, which keeps everybody else from writing.
  FileCopies copies(project.structuresFolder());
  for (const ReadStructure& structure : structures) {
    throwIfStopped(watch.stop);
    copies.add(structure.source, structure.fileName);
  }
  store::Transaction transaction(project.database());
  store::StructureRepository repository(project.database());
  ChainProteins proteins(project, request.matching, watch.stop);
  std::map<std::string, store::StructureInfo> present;  // by file
  for (auto& info : repository.structures()) {
    present.emplace(info.file, info);
  }
  ContactPairs pairs;
  Doubts doubts;
  std::set<std::string> unwanted;  // copies
  for (const ReadStructure& structure : structures) {
    throwIfStopped(watch.stop);
    const auto known = present.find(structure.fileName);
    if (known != present.end()) {
      report.skip("already present",
                  fmt::format("{} is {}", structure.source.filename().string(), known->second.id));
      pairs.add(structure, known->second);
      continue;
    }
    store::StructureInfo info{
        0, freeId(repository, structure), structure.title, structure.fileName, structure.predicted,
        {}};
    addChains(info, structure, proteins, doubts, report);
    if (info.chains.empty()) {
      unwanted.insert(structure.fileName);  // each of its chains was counted
      continue;
    }
    info.key = repository.insert(info);
    pairs.add(structure, info);
    present.emplace(info.file, info);
    ++report.kept;
  }
  if (!request.pairSet.empty()) {
    pairs.store(project, request, report);
  }
  doubts.tell(report);
  if (proteins.made() > 0) {
    report.notes.push_back(fmt::format("{} new proteins were made from chains.", proteins.made()));
  }
  transaction.commit();
  copies.keep(unwanted);
  return report;
}

}  // namespace twofold::imports
