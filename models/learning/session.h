// Training and scoring without a torch type in sight: what the worker's commands call.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/bio/structure.h"
#include "core/data/annotation.h"
#include "core/data/pair_set.h"
#include "core/data/term_graph.h"
#include "core/data/user_channel.h"
#include "core/metrics/part_metrics.h"
#include "core/runs/run_event.h"
#include "core/runs/run_spec.h"
#include "models/allpairs/factorised_table.h"
#include "models/learning/drift.h"

namespace twofold::models {

class ProcessGroup;

/// Proteins of a run, dense: pairs name them by index here. The vectors have one length, or none
/// where no channel of the run looks at them.
struct ProteinInputs {
  std::vector<std::string> ids;
  std::vector<std::string> sequences;
  std::vector<std::optional<bio::Chain>> chains{};      // the structure of each, where known
  std::vector<data::ProteinAnnotations> annotations{};  // with all their evidence
  std::shared_ptr<const data::TermGraph> terms{};       // that annotations name; null: none
  std::map<std::string, data::UserTable> tables{};      // of the user's channels, by their id

  /// Proteins [from, to).
  [[nodiscard]] ProteinInputs slice(std::size_t from, std::size_t to) const;
};

struct IndexedPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  data::Label label = data::Label::Unknown;
};

struct TrainRequest {
  runs::RunSpec spec;
  ProteinInputs proteins;
  std::array<std::vector<IndexedPair>, 3> parts;  // by data::Part; test may be empty
  std::filesystem::path checkpointFolder;
  std::filesystem::path cacheFolder;
  bool resume = false;  // from the newest checkpoint that verifies; from the start when none does
  const ProcessGroup* group = nullptr;  // the ranks that train together; null: this process alone
  std::chrono::milliseconds keepEvery = std::chrono::minutes(2);  // between checkpoints in an epoch
};

/// Called from the training thread; each may be empty.
struct TrainObserver {
  ProgressSink progress;
  std::function<void(const runs::MetricEvent&)> metric;
  std::function<void(const std::string&)> message;
  std::function<void(std::int64_t)> epochDone;  // epochs completed; their checkpoint follows
};

struct PartResult {
  metrics::PartMetrics metrics;
  std::vector<float> probabilities;  // in the order of TrainRequest::parts
};

struct TrainResult {
  std::map<std::string, PartResult> parts;  // "validation", "test"
  std::int64_t epochs = 0;
  std::int64_t bestEpoch = 0;
  double threshold = 0.5;  // chosen on validation
};

/// Embeds what is missing in the cache, trains, restores the best epoch, measures. Identical
/// numbers for identical request, threads and build. A channel without evidence in any training
/// pair is refused. A stop leaves a checkpoint at the last
/// completed step and throws StopRequested. Throws Error: Usage, BadInput, Device, Memory, Io.
///
/// Where several ranks train together, each is given the same request (folders that all can read)
/// but for the observer; rank 0 embeds, writes the checkpoints and alone gets a result with parts.
/// The others hear of what one throws when its caller tells them (ProcessGroup::fail).
[[nodiscard]] TrainResult train(const TrainRequest& request, const TrainObserver& observer,
                                const std::stop_token& stop);

struct ScorerRequest {
  std::filesystem::path checkpointFolder;
  std::filesystem::path cacheFolder;
  std::string device = "auto";
  int threads = 0;
};

/// A trained pair model, ready to score any pair under any subset of its channels.
/// One thread at a time.
class Scorer {
 public:
  /// The best checkpoint in the folder. Throws Error(NotFound), BadInput (damaged, newer version);
  /// StopRequested.
  explicit Scorer(const ScorerRequest& request, const ProgressSink& progress = {},
                  const std::stop_token& stop = {});
  ~Scorer();
  Scorer(Scorer&&) noexcept;
  Scorer& operator=(Scorer&&) noexcept;

  [[nodiscard]] const runs::RunSpec& spec() const;
  [[nodiscard]] const std::vector<std::string>& channels() const;
  [[nodiscard]] double threshold() const;

  /// Makes the channel inputs of proteins (embedding what the cache lacks) and returns the index
  /// of the first. Indices stay valid for the scorer's life.
  std::uint32_t addProteins(const ProteinInputs& proteins, const ProgressSink& progress = {},
                            const std::stop_token& stop = {});
  /// Sentences on how its parts treat these proteins: "2 of 9 proteins are longer than …".
  [[nodiscard]] std::vector<std::string> notesOn(const ProteinInputs& proteins) const;
  /// Whether the channel has evidence for that pair: of both its proteins, or of the pair itself;
  /// of either protein where the head takes each by itself.
  [[nodiscard]] bool isPresent(const std::string& channel, const IndexedPair& pair) const;

  /// One probability a pair with only `channels` switched on; score(a, b) == score(b, a) exactly.
  /// Throws Error(Usage) for a channel that the model does not have.
  [[nodiscard]] std::vector<float> score(std::span<const IndexedPair> pairs,
                                         std::span<const std::string> channels,
                                         const ProgressSink& progress = {},
                                         const std::stop_token& stop = {});

  struct Answer {
    float logit = 0;
    float probability = 0;
  };
  /// Answers to one pair, each with other channels: `kept` names them by their bits in channels().
  /// The probability has the bits that score() gives.
  [[nodiscard]] std::vector<Answer> answers(const IndexedPair& pair,
                                            std::span<const std::uint32_t> kept);
  /// Logits of the pair if a protein's sequence were another, one a sequence, as far as channels
  /// read it through the backbone; what they are given is kept nowhere. Throws Error(Usage) when
  /// none of `channels` does.
  struct Variants {
    IndexedPair pair;
    bool ofSecond = false;  // sequences in place of b's; else of a's
    ProteinInputs proteins;
  };
  [[nodiscard]] std::vector<float> logitsOf(const Variants& variants,
                                            std::span<const std::string> channels,
                                            const ProgressSink& progress = {},
                                            const std::stop_token& stop = {});

  /// What models/allpairs needs to score all pairs of the proteins added so far, with only
  /// `channels` switched on. A protein shows the channels it has, whatever its partner has. Throws
  /// Error(Usage) when the run's head is not the factorised one.
  [[nodiscard]] FactorisedTable factorisedTable(std::span<const std::string> channels,
                                                const ProgressSink& progress = {},
                                                const std::stop_token& stop = {});

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

struct EmbedRequest {
  runs::PartSpec backbone;
  std::vector<std::string> ids;
  std::vector<std::string> sequences;
  bool perResidue = false;
  bool check = false;                 // compare some embeddings with the same network's in fp32
  std::filesystem::path cacheFolder;  // embeddings are kept here; empty: nowhere
  std::filesystem::path outFile;      // safetensors, one tensor an id, written as they come; empty:
                                      // only the cache, per residue in bfloat16
  /// Hears each embedding with the index of its protein, in any order; may be empty.
  std::function<void(std::size_t protein, std::span<const float> values)> take;
  std::string device = "auto";
  int threads = 0;
};

struct EmbedResult {
  std::int64_t proteins = 0;
  std::int64_t residues = 0;
  std::int64_t fromCache = 0;
  std::int64_t width = 0;
  std::int64_t longer = 0;  // proteins beyond the backbone's limit
  std::string longRule;     // what became of them: "crop", "windows"
  double seconds = 0;
  std::optional<Drift> drift;  // when asked for
};

/// `message` hears sentences for people before the work starts: sizes, cropped proteins.
[[nodiscard]] EmbedResult embed(const EmbedRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop,
                                const std::function<void(const std::string&)>& message = {});

}  // namespace twofold::models
