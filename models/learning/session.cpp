#include "models/learning/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/data/split.h"
#include "models/finetuning/tuned_spec.h"
#include "models/learning/assembly.h"
#include "models/learning/controls.h"
#include "models/learning/device.h"
#include "models/learning/model_state.h"
#include "models/learning/pair_evidence.h"
#include "models/learning/process_group.h"
#include "models/learning/trainer.h"

namespace twofold::models {

namespace {

constexpr const char* kPrepared = "prepared";  // rank 0 to the others: all inputs are on disk

const std::vector<IndexedPair>& pairsOf(const TrainRequest& request, data::Part part) {
  return request.parts.at(static_cast<std::size_t>(part));
}

void checkPart(const TrainRequest& request, data::Part part) {
  const auto& pairs = pairsOf(request, part);
  const auto count = [&](data::Label label) {
    return std::count_if(pairs.begin(), pairs.end(),
                         [&](const IndexedPair& pair) { return pair.label == label; });
  };
  if (count(data::Label::Unknown) > 0) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the {} part has {} pairs without a label; leave them out of the split",
                            data::name(part), count(data::Label::Unknown)));
  }
  if (count(data::Label::Positive) == 0 || count(data::Label::Negative) == 0) {
    throw Error(
        ErrorKind::BadInput,
        fmt::format("the {} part has {} positive and {} negative pairs; training needs "
                    "both. Choose another split, or add negatives",
                    data::name(part), count(data::Label::Positive), count(data::Label::Negative)));
  }
}

void checkRequest(const TrainRequest& request) {
  checkPart(request, data::Part::Train);
  checkPart(request, data::Part::Validation);
  if (!pairsOf(request, data::Part::Test).empty()) {
    checkPart(request, data::Part::Test);
  }
  for (const auto& pairs : request.parts) {
    for (const IndexedPair& pair : pairs) {
      if (std::max(pair.a, pair.b) >= request.proteins.ids.size()) {
        throw Error(ErrorKind::Internal, "a pair names a protein that is not in the request");
      }
    }
  }
}

std::vector<std::uint32_t> proteinsOf(const std::vector<IndexedPair>& pairs) {
  std::vector<std::uint32_t> proteins;
  for (const IndexedPair& pair : pairs) {
    proteins.insert(proteins.end(), {pair.a, pair.b});
  }
  std::sort(proteins.begin(), proteins.end());
  proteins.erase(std::unique(proteins.begin(), proteins.end()), proteins.end());
  return proteins;
}

/// Where and how fast a run computes is no part of its recipe.
runs::RunSpec recipe(runs::RunSpec spec) {
  spec.device = "auto";
  spec.threads = 0;
  return spec;
}

/// One training from inputs to measured parts.
class Session {
 public:
  Session(const TrainRequest& request, const TrainObserver& observer, const std::stop_token& stop)
      : m_request(request),
        m_observer(observer),
        m_stop(stop),
        m_group(request.group),
        m_folder(request.checkpointFolder),
        m_device(checkedDevice(request.spec.device)),
        m_parts(makeFrozenParts({builtinParts(),
                                 tunedSpec(request, observer, stop),
                                 request.cacheFolder,
                                 request.spec.device,
                                 {observer.progress, stop}})),
        m_table(m_parts.channels.size(), m_device),
        m_evidence(m_parts, m_device) {
    m_info.spec = request.spec;
    m_info.backbone = m_parts.backbone->identity();
  }

  TrainResult run() {
    takeUpCheckpoint();
    prepareInputs();
    if (m_group != nullptr && isFirst()) {
      static_cast<void>(m_group->fromFirst(kPrepared, "", m_stop));
    }
    m_model = makePairModel(builtinParts(), m_request.spec, m_parts, m_info.channels);
    m_model->to(m_device);
    sayWhatTheHeadCannotSee();
    requireFitForRanks();
    const TrainingOptions options = trainingOptions(m_request.spec.training);
    useThreads(pairModelThreads(m_info.channels, options.width, options.batchSize,
                                m_request.spec.threads));
    const auto& validation = pairsOf(m_request, data::Part::Validation);
    Trainer trainer({*m_model, m_table, std::move(m_train), m_evidence.tensors(validation),
                     partArrays(validation), options, m_request.spec.seed, m_observer, m_stop,
                     m_group, [&](const auto& position) { save(trainer, position); },
                     m_request.keepEvery});
    resume(trainer);
    requireSamePlace();
    while (!trainer.isFinished(m_info.position)) {
      m_info.position = trainer.trainEpoch(m_info.position);
      if (m_observer.epochDone) {  // first: what a checkpoint has behind it is on record
        m_observer.epochDone(m_info.position.epoch);
      }
      save(trainer, m_info.position);
    }
    return measured();
  }

 private:
  [[nodiscard]] bool isFirst() const { return m_group == nullptr || m_group->isFirst(); }

  /// Each rank reads the checkpoint for itself.
  void requireSamePlace() const {
    if (m_group == nullptr) {
      return;
    }
    const at::Tensor own = at::tensor({m_info.position.epoch, m_info.position.step}, at::kLong);
    at::Tensor first = own.clone();
    m_group->broadcast(first);
    if (!at::equal(first, own)) {
      const auto* place = first.const_data_ptr<std::int64_t>();
      throw Error(
          ErrorKind::Io,
          fmt::format("rank {} found the checkpoint after epoch {} and {} steps, and rank 0 that "
                      "after epoch {} and {} steps; see that all ranks read the same folder {}",
                      m_group->rank(), m_info.position.epoch, m_info.position.step, place[0],
                      place[1], m_request.checkpointFolder.string()));
    }
  }

  void prepareInputs() {
    for (const auto& note : notesOn(m_parts, m_request.proteins)) {
      say(note);
    }
    const auto& pairs = pairsOf(m_request, data::Part::Train);
    const auto training = proteinsOf(pairs);
    learn({training, pairs});
    auto inputs = makeInputs(m_parts, m_request.proteins, 0, {m_observer.progress, m_stop});
    for (std::size_t c = 0; c < inputs.size(); ++c) {
      m_info.channels.push_back({m_parts.ids[c], inputs[c].rows, inputs[c].features,
                                 m_parts.channels[c]->pairFeatures()});
    }
    requireSameChannels();
    m_train = m_checkpoint ? restoredEvidence(pairs) : m_evidence.fit(pairs);
    for (std::size_t c = 0; c < inputs.size(); ++c) {
      m_standardisers.push_back(
          m_checkpoint
              ? restoredStandardiser(m_checkpoint->tensors, m_parts.ids[c], inputs[c].features)
              : Standardiser::fitted(inputs[c], training));
      m_standardisers.back().apply(inputs[c]);
      addChannelState(m_learned, m_parts.ids[c], m_parts.channels[c]->state());
    }
    m_table.append(inputs);
    checkEvidence();
  }

  /// Running means would differ from rank to rank, and so would what is scored.
  void requireFitForRanks() const {
    if (m_group != nullptr && m_group->size() > 1 && !m_model->buffers().empty()) {
      throw Error(ErrorKind::Usage,
                  "a channel of this run keeps running means (calpha.encoder = graph), which ranks "
                  "cannot share; train it in one process, or choose calpha.encoder = descriptors");
    }
  }

  void sayWhatTheHeadCannotSee() const {
    for (const ChannelShape& shape : m_info.channels) {
      if (m_model->head().takesProteins() && shape.pairFeatures > 0) {
        say(
            fmt::format("Channel {}: what it knows of pairs is left out, because head {} works on "
                        "each protein by itself.",
                        shape.id, m_request.spec.head.id));
      }
    }
  }

  /// A channel that no training pair has evidence for would keep its random weights and answer
  /// with noise.
  void checkEvidence() const {
    const at::Tensor known = (m_table.present(m_train) | m_train.evident).sum(0).cpu();
    for (std::size_t c = 0; c < m_parts.ids.size(); ++c) {
      const auto pairs = known[static_cast<std::int64_t>(c)].item().toLong();
      if (pairs == 0) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("channel {} knows both proteins of none of the {} training pairs, "
                                "so there is nothing to learn from; import its evidence (for "
                                "calpha: structures; for annotation: annotations; for text: "
                                "UniProt's entries; for one of yours: a table with these "
                                "proteins), or switch the channel off",
                                m_parts.ids[c], m_train.size()));
      }
      say(fmt::format("Channel {}: evidence for {} of {} proteins, for {} of {} training pairs.",
                      m_parts.ids[c], m_table.proteinsWith(c), m_table.proteins(), pairs,
                      m_train.size()));
    }
  }

  /// Before anything is learned: what a checkpoint holds is taken as it is, since evidence that
  /// came in since then, or other rounding, would no longer fit the weights.
  void takeUpCheckpoint() {
    if (!m_request.resume) {
      if (isFirst()) {
        m_folder.clear();
      }
      return;
    }
    m_checkpoint = m_folder.newest(m_observer.message);
    if (!m_checkpoint) {
      say("There is no checkpoint to go on from; training starts at the first epoch.");
    } else if (recipe(m_checkpoint->info.spec) != recipe(m_info.spec) ||
               m_checkpoint->info.backbone != m_info.backbone) {
      throw otherRecipe();
    }
  }

  void requireSameChannels() const {
    if (m_checkpoint && m_checkpoint->info.channels != m_info.channels) {
      throw otherRecipe();
    }
  }

  [[nodiscard]] Error otherRecipe() const {
    return {ErrorKind::Usage,
            fmt::format("the checkpoints in {} were made with another recipe or other weights of "
                        "the backbone; start a new run",
                        m_request.checkpointFolder.string())};
  }

  void learn(const TrainingPart& part) {
    if (!m_checkpoint) {
      fitChannels(m_parts, part, m_request.proteins, {m_observer.progress, m_stop});
      return;
    }
    for (std::size_t c = 0; c < m_parts.ids.size(); ++c) {
      m_parts.channels[c]->restore(restoredChannelState(m_checkpoint->tensors, m_parts.ids[c]));
    }
  }

  PairTensors restoredEvidence(const std::vector<IndexedPair>& pairs) {
    for (std::size_t c = 0; c < m_info.channels.size(); ++c) {
      if (m_info.channels[c].pairFeatures > 0) {
        m_evidence.standardisers()[c] = restoredStandardiser(
            m_checkpoint->tensors, m_parts.ids[c] + ".pair", m_info.channels[c].pairFeatures);
      }
    }
    return m_evidence.tensors(pairs);
  }

  void resume(Trainer& trainer) {
    if (!m_checkpoint) {
      return;
    }
    restoreModel(*m_model, m_checkpoint->tensors);
    restoreOptimizer(trainer.optimizer(), *m_model, m_checkpoint->tensors);
    m_info.position = m_checkpoint->info.position;
    m_checkpoint.reset();
    say(m_info.position.step == 0 ? fmt::format("Going on after epoch {}.", m_info.position.epoch)
                                  : fmt::format("Going on within epoch {}, after {} of its steps.",
                                                m_info.position.epoch + 1, m_info.position.step));
  }

  /// Rank 0 writes for all.
  void save(Trainer& trainer, const TrainingPosition& position) const {
    if (!isFirst()) {
      return;
    }
    StateTensors state = captureState(*m_model, trainer.optimizer());
    state.insert(m_learned.begin(), m_learned.end());
    for (std::size_t c = 0; c < m_parts.ids.size(); ++c) {
      addStandardiser(state, m_parts.ids[c], m_standardisers[c]);
      addStandardiser(state, m_parts.ids[c] + ".pair", m_evidence.standardisers()[c]);
    }
    CheckpointInfo info = m_info;
    info.position = position;
    m_folder.save(info, toViews(state));
  }

  /// The others take weights and scale from rank 0, which knows that it wrote them.
  void restoreBest() {
    metrics::LogitScale scale = m_info.position.scale;
    if (m_info.position.bestEpoch != m_info.position.epoch && isFirst()) {
      const Checkpoint best = m_folder.load(m_info.position.bestEpoch);
      restoreModel(*m_model, best.tensors);
      scale = best.info.position.scale;
    }
    if (m_group != nullptr) {
      shareWeights(*m_model, *m_group);
      at::Tensor numbers = at::tensor({scale.slope, scale.offset}, at::kDouble);
      m_group->broadcast(numbers);
      scale = {numbers[0].item().toDouble(), numbers[1].item().toDouble()};
    }
    m_model->setScale(scale);
  }

  TrainResult measured() {
    restoreBest();
    TrainResult result;
    result.epochs = m_info.position.epoch;
    result.bestEpoch = m_info.position.bestEpoch;
    for (const data::Part part : {data::Part::Validation, data::Part::Test}) {
      const auto& pairs = pairsOf(m_request, part);
      if (pairs.empty()) {
        continue;
      }
      PartResult& measured = result.parts[std::string(data::name(part))];
      measured.probabilities = probabilities(
          {*m_model, m_table, {}, m_observer.progress, m_stop, m_group}, m_evidence.tensors(pairs));
      if (!isFirst()) {
        continue;
      }
      const PartArrays arrays = partArrays(pairs);
      if (part == data::Part::Validation) {
        result.threshold = metrics::bestThreshold(measured.probabilities, arrays.labels);
      }
      measured.metrics =
          metrics::measure({measured.probabilities, arrays.labels, arrays.a, arrays.b},
                           result.threshold, {200, m_request.spec.seed});
    }
    return result;
  }

  void say(const std::string& text) const {
    if (m_observer.message) {
      m_observer.message(text);
    }
  }

  const TrainRequest& m_request;
  const TrainObserver& m_observer;
  std::stop_token m_stop;
  const ProcessGroup* m_group;
  CheckpointFolder m_folder;
  c10::Device m_device;
  FrozenParts m_parts;
  InputTable m_table;
  PairEvidence m_evidence;
  PairTensors m_train;
  std::vector<Standardiser> m_standardisers;
  StateTensors m_learned;  // by channels before the model
  CheckpointInfo m_info;
  std::optional<Checkpoint> m_checkpoint;  // to go on from, until it is used
  std::shared_ptr<PairModel> m_model;
};

}  // namespace

namespace {

TrainResult trained(const TrainRequest& request, const TrainObserver& observer,
                    const std::stop_token& stop) {
  const bool isControl = trainingOptions(request.spec.training).control != Control::None;
  return isControl ? Session(spoiled(request), observer, stop).run()
                   : Session(request, observer, stop).run();
}

/// Rank 0 embeds and tunes what is missing, with all threads, before the others look into the same
/// folders.
TrainResult trainedAmongRanks(TrainRequest request, const TrainObserver& observer,
                              const std::stop_token& stop) {
  const ProcessGroup& group = *request.group;
  request.spec.device = deviceOfRank(request.spec.device, group.place());
  request.spec.threads = threadsOfRank(request.spec.threads, group.place());
  if (!group.isFirst()) {  // rank 0 prepares alone, with all of them
    useThreads(request.spec.threads);
  }
  if (!group.isFirst()) {
    static_cast<void>(group.fromFirst(kPrepared, "", stop));
  }
  return trained(request, observer, stop);
}

}  // namespace

TrainResult train(const TrainRequest& request, const TrainObserver& observer,
                  const std::stop_token& stop) {
  return translated([&] {
    checkRequest(request);
    useThreads(request.spec.threads);
    return request.group == nullptr ? trained(request, observer, stop)
                                    : trainedAmongRanks(request, observer, stop);
  });
}

}  // namespace twofold::models
