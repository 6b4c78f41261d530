#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "models/allpairs/table_of_model.h"
#include "models/finetuning/tuned_spec.h"
#include "models/learning/assembly.h"
#include "models/learning/controls.h"
#include "models/learning/device.h"
#include "models/learning/evaluator.h"
#include "models/learning/model_state.h"
#include "models/learning/pair_evidence.h"
#include "models/learning/session.h"

namespace twofold::models {

namespace {

constexpr std::size_t kPiece = 64 * kEvaluationBatch;

}  // namespace

struct Scorer::State {
  State(const Checkpoint& checkpoint, const ScorerRequest& request, const LoadWatch& watch)
      : info(checkpoint.info),
        threads(request.threads),
        device(checkedDevice(request.device)),
        parts(makeFrozenParts({builtinParts(), withOwnAdapters(info.spec, request.checkpointFolder),
                               request.cacheFolder, request.device, watch})),
        model(makePairModel(builtinParts(), info.spec, parts, info.channels)),
        table(parts.ids.size(), device),
        evidence(parts, device) {
    if (parts.backbone->identity() != info.backbone) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("the model was trained on backbone {}, but the spec now gives {}; "
                              "put the same weights back, or train anew",
                              info.backbone, parts.backbone->identity()));
    }
    for (std::size_t c = 0; c < info.channels.size(); ++c) {
      const ChannelShape& shape = info.channels[c];
      if (parts.channels[c]->pairFeatures() != shape.pairFeatures) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("channel {} tells more of a pair now than when this run was "
                                "trained; train the run anew",
                                shape.id));
      }
      standardisers.push_back(restoredStandardiser(checkpoint.tensors, shape.id, shape.features));
      if (shape.pairFeatures > 0) {
        evidence.standardisers()[c] =
            restoredStandardiser(checkpoint.tensors, shape.id + ".pair", shape.pairFeatures);
      }
      parts.channels[c]->restore(restoredChannelState(checkpoint.tensors, shape.id));
    }
    restoreModel(*model, checkpoint.tensors);
    model->setScale(info.position.scale);
    model->to(device);
    model->eval();
  }

  [[nodiscard]] std::size_t channelIndex(const std::string& id) const {
    const auto found = std::find(parts.ids.begin(), parts.ids.end(), id);
    if (found == parts.ids.end()) {
      throw Error(ErrorKind::Usage,
                  fmt::format("the model has no channel \"{}\"{}", id, didYouMean(id, parts.ids)));
    }
    return static_cast<std::size_t>(found - parts.ids.begin());
  }

  /// One flag a channel.
  [[nodiscard]] std::unique_ptr<bool[]> activeChannels(std::span<const std::string> ids) const {
    auto active = std::make_unique<bool[]>(parts.ids.size());
    for (const auto& id : ids) {
      active[channelIndex(id)] = true;
    }
    return active;
  }

  /// For batches of the evaluator's size.
  void usePairModelThreads() const {
    useThreads(pairModelThreads(info.channels, trainingOptions(info.spec.training).width,
                                kEvaluationBatch, threads));
  }

  CheckpointInfo info;
  int threads;
  c10::Device device;
  FrozenParts parts;
  std::shared_ptr<PairModel> model;
  InputTable table;
  PairEvidence evidence;
  std::vector<Standardiser> standardisers;
};

Scorer::Scorer(const ScorerRequest& request, const ProgressSink& progress,
               const std::stop_token& stop) {
  const auto& folder = request.checkpointFolder;
  if (!std::filesystem::is_directory(folder)) {
    throw Error(ErrorKind::NotFound,
                fmt::format("{}: there is no such folder of checkpoints", folder.string()));
  }
  translated([&] {
    useThreads(request.threads);
    m_state = std::make_unique<State>(CheckpointFolder(folder).best(), request,
                                      LoadWatch{progress, stop});
  });
}

Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;

const runs::RunSpec& Scorer::spec() const {
  return m_state->info.spec;
}

const std::vector<std::string>& Scorer::channels() const {
  return m_state->parts.ids;
}

double Scorer::threshold() const {
  return m_state->info.position.threshold;
}

std::uint32_t Scorer::addProteins(const ProteinInputs& proteins, const ProgressSink& progress,
                                  const std::stop_token& stop) {
  return translated([&] {
    useThreads(m_state->threads);
    const auto first = static_cast<std::uint32_t>(m_state->table.proteins());
    const auto& spec = m_state->info.spec;
    const Control control = trainingOptions(spec.training).control;
    auto inputs = makeInputs(
        m_state->parts, control == Control::None ? proteins : spoiled(proteins, control, spec.seed),
        first, {progress, stop});
    for (std::size_t c = 0; c < inputs.size(); ++c) {
      m_state->standardisers[c].apply(inputs[c]);
    }
    m_state->table.append(inputs);
    return first;
  });
}

std::vector<std::string> Scorer::notesOn(const ProteinInputs& proteins) const {
  return models::notesOn(m_state->parts, proteins);
}

bool Scorer::isPresent(const std::string& channel, const IndexedPair& pair) const {
  const std::size_t index = m_state->channelIndex(channel);
  const bool ofA = m_state->table.isPresent(index, pair.a);
  const bool ofB = m_state->table.isPresent(index, pair.b);
  if (m_state->model->head().takesProteins()) {
    return ofA || ofB;
  }
  if (ofA && ofB) {
    return true;
  }
  const Channel& known = *m_state->parts.channels[index];
  return known.pairFeatures() > 0 && known.describePairs({&pair, 1}).present.at(0) != 0;
}

std::vector<float> Scorer::score(std::span<const IndexedPair> pairs,
                                 std::span<const std::string> channels,
                                 const ProgressSink& progress, const std::stop_token& stop) {
  const auto active = m_state->activeChannels(channels);
  for (const IndexedPair& pair : pairs) {
    if (std::max(pair.a, pair.b) >= m_state->table.proteins()) {
      throw Error(ErrorKind::Internal, "a pair names a protein that was never added");
    }
  }
  return translated([&] {
    m_state->usePairModelThreads();
    std::vector<float> scores;
    scores.reserve(pairs.size());
    // What channels know of pairs is made piece by piece, so that memory does not grow with a list.
    for (std::size_t begin = 0; begin < pairs.size(); begin += kPiece) {
      const auto piece = pairs.subspan(begin, std::min(kPiece, pairs.size() - begin));
      const ProgressSink all = [&](const Progress& of) {
        progress({of.stage, static_cast<std::int64_t>(begin) + of.done,
                  static_cast<std::int64_t>(pairs.size()), of.unit});
      };
      const auto found = probabilities({*m_state->model,
                                        m_state->table,
                                        {active.get(), m_state->parts.ids.size()},
                                        progress ? all : progress,
                                        stop},
                                       m_state->evidence.tensors(piece));
      scores.insert(scores.end(), found.begin(), found.end());
    }
    return scores;
  });
}

std::vector<Scorer::Answer> Scorer::answers(const IndexedPair& pair,
                                            std::span<const std::uint32_t> kept) {
  return translated([&] {
    m_state->usePairModelThreads();
    const auto channels = m_state->parts.ids.size();
    const at::Tensor flags = at::empty(
        {static_cast<std::int64_t>(kept.size()), static_cast<std::int64_t>(channels)}, at::kBool);
    bool* flag = flags.mutable_data_ptr<bool>();
    for (const std::uint32_t set : kept) {
      for (std::size_t c = 0; c < channels; ++c) {
        *flag++ = (set >> c & 1U) != 0;
      }
    }
    const auto tensors = m_state->evidence.tensors({&pair, 1});
    const at::Tensor found =
        logits({*m_state->model, m_state->table, {}, {}, {}}, {tensors, flags.to(m_state->device)});
    const auto scores = probabilitiesOf(found);
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      answers.push_back({found.const_data_ptr<float>()[i], scores[i]});
    }
    return answers;
  });
}

std::vector<float> Scorer::logitsOf(const Variants& variants, std::span<const std::string> channels,
                                    const ProgressSink& progress, const std::stop_token& stop) {
  const auto active = m_state->activeChannels(channels);
  if (trainingOptions(m_state->info.spec.training).control == Control::ShuffledSequences) {
    throw Error(ErrorKind::Usage,
                "this run is a control that reads shuffled sequences: its residues have no places");
  }
  std::size_t reader = 0;
  while (reader < m_state->parts.ids.size() &&
         !(active[reader] && m_state->parts.channels[reader]->usesBackbone() &&
           m_state->info.channels[reader].rows > 0)) {
    ++reader;
  }
  if (reader == m_state->parts.ids.size()) {
    throw Error(ErrorKind::Usage,
                "no channel that is on reads sequences residue by residue; switch channel "
                "sequence on, or train a run that has it");
  }
  return translated([&] {
    useThreads(m_state->threads);
    auto& parts = m_state->parts;
    const auto known = static_cast<std::size_t>(m_state->table.proteins());
    auto inputs = parts.channels[reader]->inputs(
        {variants.proteins, parts.backbone->uncached(), progress, stop, known});
    m_state->standardisers[reader].apply(inputs);
    const at::Tensor rows = toTensors(inputs, m_state->device).values;
    m_state->usePairModelThreads();
    const auto tensors = m_state->evidence.tensors({&variants.pair, 1});
    const EvaluationWork work{
        *m_state->model, m_state->table, {active.get(), parts.ids.size()}, progress, stop};
    const at::Tensor found = logits(work, {tensors,
                                           {},
                                           reader,
                                           variants.ofSecond ? at::Tensor() : rows,
                                           variants.ofSecond ? rows : at::Tensor()});
    const float* first = found.const_data_ptr<float>();
    return std::vector<float>(first, first + found.numel());
  });
}

FactorisedTable Scorer::factorisedTable(std::span<const std::string> channels,
                                        const ProgressSink& progress, const std::stop_token& stop) {
  const auto active = m_state->activeChannels(channels);
  return translated([&] {
    m_state->usePairModelThreads();
    return factorisedTableOf({*m_state->model,
                              m_state->table,
                              {active.get(), m_state->parts.ids.size()},
                              progress,
                              stop});
  });
}

}  // namespace twofold::models
