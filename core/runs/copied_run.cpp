#include "core/runs/copied_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/plain_files.h"
#include "core/base/system_reason.h"
#include "core/data/splitters.h"
#include "core/runs/copied_evidence.h"
#include "core/runs/evidence_hash.h"
#include "core/store/pair_repository.h"
#include "core/store/pair_set_hash.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::runs {

namespace {

namespace fs = std::filesystem;

/// What is carried of a run's folder.
constexpr std::array kFilesOfRun = {"events.jsonl", "log.txt", "checkpoints"};

RunSpec specOf(const store::RunRecord& run) {
  const auto source = fmt::format("the spec of run {}", run.id);
  return runSpecFromJson(formats::parseJson(run.specJson, source), source);
}

template <class List, class Match>
bool has(const List& list, const Match& match) {
  return std::any_of(list.begin(), list.end(), match);
}

/// A link that leads nowhere is there too.
bool hasEntry(const fs::path& path) {
  return fs::exists(fs::symlink_status(path));
}

/// A run's folder until the run itself is there; removed if it never comes.
class ArrivingFiles {
 public:
  explicit ArrivingFiles(const fs::path& beside) {
    makeFolders(beside);
    removeAbandoned(beside);
    for (int number = 0; m_folder.empty(); ++number) {
      const auto folder = beside / fmt::format("{}{}-{}", kArriving, ::getpid(), number);
      std::error_code error;
      if (fs::create_directory(folder, error)) {
        m_folder = folder;
      } else if (error) {
        throw Error(ErrorKind::Io, fmt::format("{}: cannot be made: {}", folder.string(),
                                               systemReason(error.value())));
      }
    }
  }
  ~ArrivingFiles() {
    std::error_code ignored;  // nobody reads what stays
    fs::remove_all(m_folder, ignored);
  }
  ArrivingFiles(const ArrivingFiles&) = delete;
  ArrivingFiles& operator=(const ArrivingFiles&) = delete;

  [[nodiscard]] const fs::path& folder() const { return m_folder; }
  void arriveAt(const fs::path& place) const {
    std::error_code error;
    fs::rename(m_folder, place, error);
    if (error) {
      throw Error(ErrorKind::Io, fmt::format("{}: cannot be made: {}", place.string(),
                                             systemReason(error.value())));
    }
  }

 private:
  static constexpr std::string_view kArriving = ".arriving-";

  /// What a killed copy left: nobody writes there for a day.
  static void removeAbandoned(const fs::path& beside) {
    std::error_code ignored;
    const auto dayAgo = fs::file_time_type::clock::now() - std::chrono::hours(24);
    for (const auto& entry : fs::directory_iterator(beside, ignored)) {
      if (entry.path().filename().string().starts_with(kArriving) &&
          entry.last_write_time(ignored) < dayAgo) {
        fs::remove_all(entry.path(), ignored);
      }
    }
  }

  fs::path m_folder;
};

class Copy {
 public:
  Copy(store::Project& from, store::Project& to, const CopyRequest& request,
       const ProgressSink& progress, const std::stop_token& stop)
      : m_from(from),
        m_to(to),
        m_request(request),
        m_progress(progress),
        m_stop(stop),
        m_run(store::RunRepository(from.database()).run(request.run)),
        m_spec(specOf(m_run)),
        m_values(store::RunTracking(from.database()).values(request.run)) {}

  CopiedRun copy() {
    static_cast<void>(m_to.runFolder(m_run.id));  // an id that is a safe name
    readSource();
    requireSound();
    requireRecordedEvidence(m_from, changed());
    tell(1);
    store::Transaction transaction(m_to.database());
    copyProteins();
    tell(2);
    copyPairs();
    if (readsAnnotations(m_spec)) {
      copyAnnotations(m_from, m_to, m_same);
    }
    if (readsStructures(m_spec)) {
      copyStructures(m_from, m_to, m_same);
    }
    requireRecordedEvidence(
        m_to, Error(ErrorKind::Usage,
                    fmt::format("the project knows other things of these proteins than the run was "
                                "made with; {}",
                                kNewProject)));
    tell(3);
    transaction.commit();
    copyTables(m_from, m_to, m_spec, m_same);
    tell(4);
    ArrivingFiles files(m_to.folder() / "runs");
    copyFiles(files.folder());
    tell(5);
    try {
      copyRecord();
      recordArtifacts();
      files.arriveAt(m_to.runFolder(m_done.id));
    } catch (...) {
      forget();
      throw;
    }
    m_to.database().checkpoint();
    return std::move(m_done);
  }

 private:
  void tell(std::int64_t step) const {
    throwIfStopped(m_stop);
    if (m_progress) {
      m_progress({"Copying the run", step, 6, "steps"});
    }
  }

  void readSource() {
    store::PairRepository repository(m_from.database());
    m_set = repository.set(m_spec.pairSet);
    m_splitInfo = repository.splitInfo(m_spec.pairSet, m_spec.split);
    m_pairs = repository.pairs(m_set.key);
    m_split = repository.split(m_splitInfo.key);
    m_dataHash = store::pairSetHash(m_from.database(), m_set.key);
    const auto recorded = m_values.find("hashes.data");
    if (m_splitInfo.hash != m_run.splitHash ||
        (recorded != m_values.end() && toText(recorded->second) != m_dataHash)) {
      throw changed();
    }
    const auto inPairs = data::proteinsOf(m_pairs);
    const auto inTables = proteinsOfTables(m_from, m_spec);
    std::set<data::ProteinKey> all(inPairs.begin(), inPairs.end());
    all.insert(inTables.begin(), inTables.end());
    m_proteins.assign(all.begin(), all.end());
  }

  /// Throws `otherwise` where channels would read in that project what the run did not.
  void requireRecordedEvidence(store::Project& project, const Error& otherwise) const {
    for (const auto& [name, hash] : evidenceHashes(project, m_spec, m_stop)) {
      if (const auto recorded = m_values.find(name);
          recorded != m_values.end() && recorded->second != hash) {
        throw Error(otherwise);
      }
    }
  }

  /// All that can be refused without a look at the target's data.
  void requireSound() {
    replaceExperiment();
    store::RunRepository(m_to.database())
        .requireSamePairs(m_run.experiment, m_run.specJson, m_run.splitHash);
    requireSoundEvidence(m_from, m_spec, m_proteins);
    for (const char* name : kFilesOfRun) {
      if (const auto file = sourceOf(name); !file.empty()) {
        requirePlainFiles(file);
      }
    }
  }

  [[nodiscard]] Error changed() const {
    return {
        ErrorKind::BadInput,
        fmt::format(
            "{}: the pairs, sequences, split or evidence are not those that run {} was made with; "
            "it cannot be repeated from here",
            m_from.folder().string(), m_run.id)};
  }

  void copyProteins() {
    store::ProteinRepository target(m_to.database());
    data::ProteinKey last = 0;
    bool isInOrder = true;
    for (const auto& protein : store::ProteinRepository(m_from.database()).load(m_proteins)) {
      const auto known = target.keyOf(protein.id);
      if (known && target.byKey(*known).sequence != protein.sequence) {
        throw Error(ErrorKind::Usage,
                    fmt::format("the project has another sequence of protein {} than the run was "
                                "made with; {}",
                                protein.id, kNewProject));
      }
      const auto key = known ? *known : target.insert(protein);
      m_same[protein.key] = key;
      isInOrder = isInOrder && key > last;
      last = key;
    }
    m_done.proteins = static_cast<std::int64_t>(m_proteins.size());
    if (!isInOrder) {
      m_done.notes.emplace_back(
          "The project has these proteins in another order, so the last digits may differ; in a "
          "new "
          "project they do not.");
    }
  }

  void copyPairs() {
    store::PairRepository target(m_to.database());
    auto pairs = m_pairs;
    for (auto& pair : pairs) {
      pair.a = m_same.at(pair.a);
      pair.b = m_same.at(pair.b);
    }
    const bool isThere =
        has(target.sets(), [&](const auto& set) { return set.name == m_set.name; });
    const auto key =
        isThere ? target.set(m_set.name).key : target.insertSet(m_set.name, m_set.source, pairs);
    // Of what is in the project now: hashes of sequences were made anew.
    if (store::pairSetHash(m_to.database(), key) != m_dataHash) {
      throw isThere
          ? Error(ErrorKind::Usage, fmt::format("the project has another pair set \"{}\"; {}",
                                                m_set.name, kNewProject))
          : changed();
    }
    m_done.pairs = static_cast<std::int64_t>(pairs.size());
    if (!has(target.splits(), [&](const auto& split) {
          return split.pairSet == m_set.name && split.name == m_splitInfo.name;
        })) {
      static_cast<void>(target.insertSplit(m_splitInfo.name, key, m_split));
    } else if (target.splitInfo(m_set.name, m_splitInfo.name).hash != m_splitInfo.hash) {
      throw Error(ErrorKind::Usage,
                  fmt::format("the project has another split \"{}\" of \"{}\"; {}",
                              m_splitInfo.name, m_set.name, kNewProject));
    }
  }

  void replaceExperiment() {
    if (!m_request.experiment.empty()) {
      m_run.experiment = m_request.experiment;
      m_spec.experiment = m_request.experiment;
      m_run.specJson = toJson(m_spec).dump();
    }
  }

  /// The weights lie elsewhere on another machine; which they are, the run's hash says.
  void replaceWeights() {
    if (!m_request.weights.empty()) {
      m_spec.backbone.options["weights"] = m_request.weights.string();
      m_run.specJson = toJson(m_spec).dump();
      m_values["params.backbone.weights"] = m_request.weights.string();
      return;
    }
    const auto folder = m_spec.backbone.options.find("weights");
    if (folder != m_spec.backbone.options.end() && !toText(folder->second).empty() &&
        !fs::exists(toText(folder->second))) {
      m_done.notes.push_back(fmt::format(
          "The folder of the backbone's weights is not here ({}); import with --weights "
          "FOLDER to train again.",
          toText(folder->second)));
    }
  }

  void copyRecord() {
    replaceWeights();
    store::RunRepository source(m_from.database());
    store::RunRepository target(m_to.database());
    m_done.id = target.adopt(m_run);
    if (m_done.id != m_run.id) {
      m_done.notes.push_back(
          fmt::format("A run {} is here already; this one is {}. If it is the same, remove one: a "
                      "report counts "
                      "both.",
                      m_run.id, m_done.id));
    }
    store::RunTracking(m_to.database()).record(m_done.id, m_values);
    target.setSeries(m_done.id, source.series(m_run.id));
    for (const auto& [part, measured] : m_run.parts) {
      target.setPartMetrics(m_done.id, part, measured);
    }
    for (const auto part : data::kParts) {
      std::vector<std::uint32_t> indices;
      std::vector<float> probabilities;
      for (const auto& [index, probability] : source.predictions(m_run.id, part)) {
        indices.push_back(index);
        probabilities.push_back(probability);
      }
      if (!indices.empty()) {
        target.setPredictions(m_done.id, part, indices, probabilities);
      }
    }
  }

  /// A run of which only a part could be written is none.
  void forget() noexcept {
    try {
      if (!m_done.id.empty()) {
        store::RunRepository(m_to.database()).remove(m_done.id);
      }
    } catch (const Error&) {
      // What stopped the copy is told, and its run shows no more than what was written.
    }
  }

  /// Where one of the run's files lies; empty for one that it lacks.
  [[nodiscard]] fs::path sourceOf(const char* name) const {
    for (const auto& folder : {m_from.runFolder(m_run.id), m_request.files}) {
      if (!folder.empty() && hasEntry(folder / name)) {
        return folder / name;
      }
    }
    return {};
  }

  void copyFiles(const fs::path& to) const {
    for (const char* name : kFilesOfRun) {
      if (const auto from = sourceOf(name); !from.empty()) {
        copyPlainFiles(from, to / name);
      }
    }
  }

  void recordArtifacts() {
    auto artifacts = store::RunTracking(m_from.database()).artifacts(m_run.id);
    std::erase_if(artifacts,
                  [](const auto& file) { return !file.name.starts_with("checkpoints/"); });
    for (auto& file : artifacts) {
      file.path = fmt::format("runs/{}/{}", m_done.id, file.name);
    }
    store::RunTracking(m_to.database()).putArtifacts(m_done.id, "checkpoints/", artifacts);
  }

  store::Project& m_from;
  store::Project& m_to;
  const CopyRequest& m_request;
  const ProgressSink& m_progress;
  const std::stop_token& m_stop;
  store::RunRecord m_run;
  RunSpec m_spec;
  store::RunValueMap m_values;
  data::PairSetInfo m_set;
  data::SplitInfo m_splitInfo;
  data::Pairs m_pairs;
  data::Split m_split;
  std::vector<data::ProteinKey> m_proteins;  // ascending
  std::string m_dataHash;
  SameProteins m_same;
  CopiedRun m_done;
};

}  // namespace

CopiedRun copyRun(store::Project& from, store::Project& to, const CopyRequest& request,
                  const ProgressSink& progress, const std::stop_token& stop) {
  return Copy(from, to, request, progress, stop).copy();
}

}  // namespace twofold::runs
