#include "models/pretraining/pretrain.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/data/held_out_families.h"
#include "models/learning/device.h"
#include "models/pretraining/held_out.h"
#include "models/pretraining/model_card.h"
#include "models/pretraining/model_folder.h"
#include "models/pretraining/pretrain_state.h"

namespace twofold::models {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kMasks = 21;  // purpose of the seed
constexpr std::int64_t kMeasurements = 40;
constexpr std::int64_t kCurveSteps = 20;  // averaged into one point

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Corpus {
  std::vector<std::string> training;
  std::vector<std::string> heldOut;
  std::string hash;
};

Corpus corpusOf(const PretrainRequest& request, const PretrainObserver& observer,
                const std::stop_token& stop) {
  const auto& settings = request.settings;
  Corpus corpus;
  const auto roles = data::holdOutFamilies(
      request.sequences, {settings.heldOutShare, settings.seed}, observer.progress, stop);
  Sha256 hash;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    hash.add(request.sequences[i] + "\n");
    if (roles[i] == data::CorpusRole::Training) {
      corpus.training.push_back(request.sequences[i]);
    } else if (roles[i] == data::CorpusRole::HeldOut) {
      corpus.heldOut.push_back(request.sequences[i]);
    }
  }
  corpus.hash = hash.hex();
  if (corpus.training.empty()) {
    throw Error(ErrorKind::BadInput,
                "no sequence is left to train on; give more proteins or a smaller held-out share");
  }
  return corpus;
}

CropRule cropRuleOf(const PretrainSettings& settings) {
  CropRule rule;
  rule.batchTokens = settings.batchTokens;
  rule.seed = settings.seed;
  return rule;
}

LearnerSettings learnerSettingsOf(const PretrainSettings& settings) {
  LearnerSettings learner;
  learner.shape = esm2ConfigOfShape(settings.layers, settings.width, settings.heads);
  learner.seed = settings.seed;
  learner.type = settings.isFloat32 ? at::kFloat : at::kBFloat16;
  return learner;
}

class Pretraining {
 public:
  Pretraining(const PretrainRequest& request, const PretrainObserver& observer,
              const std::stop_token& stop)
      : m_request(request),
        m_settings(request.settings),
        m_observer(observer),
        m_corpus(corpusOf(request, observer, stop)),
        m_tokens(m_corpus.training),
        m_heldOut(m_corpus.heldOut, m_corpus.training, m_settings.seed),
        m_learner(learnerSettingsOf(m_settings)),
        m_adam(m_learner.weights(), m_settings.weightDecay),
        m_state(request.folder, m_settings, m_corpus.hash) {}

  PretrainResult run(const std::stop_token& stop);

 private:
  void begin();
  void trainOn(const std::stop_token& stop);
  void step(const CropBatch& crops);
  void requireFinite(double value) const;
  void addToCurve(double loss, std::optional<double> partner);
  void measureIfDue(const std::stop_token& stop);
  void save();
  void metric(const char* part, const char* name, double value) const;
  [[nodiscard]] PretrainResult result() const;

  const PretrainRequest& m_request;
  const PretrainSettings& m_settings;
  const PretrainObserver& m_observer;
  Corpus m_corpus;
  TokenCorpus m_tokens;
  HeldOut m_heldOut;
  Esm2Learner m_learner;
  Adam m_adam;
  PretrainState m_state;
  PretrainPosition m_position;
  HeldOutFigures m_figures;
  bool m_isMeasured = false;  // in this session
  Clock::time_point m_resumedAt = Clock::now();
  double m_secondsBefore = 0;
};

void Pretraining::begin() {
  makeFolders(m_request.folder);
  if (m_request.resume) {
    m_position = m_state.restore(m_learner, m_adam);
    m_secondsBefore = m_position.seconds;
  } else if (m_state.exists()) {
    throw Error(ErrorKind::Usage,
                fmt::format("{}: a training is there already; go on with --resume, or choose "
                            "another folder",
                            m_request.folder.string()));
  } else if (std::filesystem::exists(m_request.folder / "config.json") ||
             std::filesystem::exists(m_request.folder / "model.safetensors")) {
    throw Error(ErrorKind::Usage,
                fmt::format("{}: a network is there already, which would be overwritten; choose "
                            "another folder",
                            m_request.folder.string()));
  }
  writeSequenceHashes(m_request.folder / "sequences.sha256", m_corpus.training);
  m_resumedAt = Clock::now();
}

PretrainResult Pretraining::run(const std::stop_token& stop) {
  begin();
  try {
    trainOn(stop);
  } catch (const StopRequested&) {
    if (m_isMeasured) {  // else nothing was trained
      save();
    }
    throw;
  }
  save();
  return result();
}

void Pretraining::trainOn(const std::stop_token& stop) {
  auto savedAt = Clock::now();
  while (m_position.residues < m_settings.residues) {
    const CropPlan plan(m_tokens, cropRuleOf(m_settings), m_position.epoch);
    while (m_position.batch < plan.batches() && m_position.residues < m_settings.residues) {
      measureIfDue(stop);
      throwIfStopped(stop);
      if (secondsSince(savedAt) > m_request.checkpointSeconds) {
        save();
        savedAt = Clock::now();
      }
      step(plan.batch(m_position.batch));
    }
    if (m_position.batch >= plan.batches()) {
      ++m_position.epoch;
      m_position.batch = 0;
    }
  }
  measureIfDue(stop);
}

void Pretraining::step(const CropBatch& crops) {
  Random random(derivedSeed(m_settings.seed, kMasks, static_cast<std::uint64_t>(m_adam.steps())));
  const MaskedBatch batch = masked(crops, random);
  const auto before = m_position.residues;
  ++m_position.batch;
  m_position.residues += crops.residues();
  if (batch.places.empty()) {
    return;
  }
  const at::Tensor hidden = m_learner.hidden(batch, crops.rows, crops.length);
  at::Tensor loss = m_learner.maskedLoss(hidden, batch);
  const double told = loss.item().toDouble();
  std::optional<double> partner;
  if (crops.isPaired && m_settings.partnerWeight > 0) {
    const at::Tensor contrast = m_learner.partnerLoss(hidden, crops.rows, crops.length);
    partner = contrast.item().toDouble();
    loss = loss + contrast * m_settings.partnerWeight;
  }
  requireFinite(told + partner.value_or(0));
  loss.backward();
  const double done = static_cast<double>(before) / static_cast<double>(m_settings.residues);
  requireFinite(m_adam.step(learningRate(m_settings.learningRate, done)));
  addToCurve(told, partner);
  if (m_observer.progress) {
    m_observer.progress({"Pretraining", m_position.residues, m_settings.residues, "residues"});
  }
}

void Pretraining::requireFinite(double value) const {
  if (!std::isfinite(value)) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the loss or its gradient was not a finite number behind step {}; the "
                            "last checkpoint is kept. Try a smaller --lr",
                            m_adam.steps()));
  }
}

void Pretraining::addToCurve(double loss, std::optional<double> partner) {
  CurvePoint& point = m_position.point;
  point.loss += loss;
  ++point.steps;
  if (partner) {
    point.partner += *partner;
    ++point.partnerSteps;
  }
  if (m_adam.steps() % kCurveSteps != 0) {
    return;
  }
  const double mean = point.loss / static_cast<double>(point.steps);
  metric("train", "loss", mean);
  metric("train", "perplexity", std::exp(mean));
  if (point.partnerSteps > 0) {
    metric("train", "partner_loss", point.partner / static_cast<double>(point.partnerSteps));
  }
  point = {};
}

/// Before the first step and at every share of the way. After a resume, the figures of the model
/// card are not known yet: they are measured again without a second point in the curve.
void Pretraining::measureIfDue(const std::stop_token& stop) {
  const std::int64_t between = std::max<std::int64_t>(1, m_settings.residues / kMeasurements);
  const std::int64_t due = 1 + m_position.residues / between;
  const bool isNewPoint = m_position.measurements != due;
  if (!isNewPoint && m_isMeasured) {
    return;
  }
  m_figures = m_heldOut.measure(m_learner, stop);
  m_isMeasured = true;
  m_figures.seen = m_position.residues;
  m_position.measurements = due;
  if (!isNewPoint || m_figures.residues == 0) {
    return;
  }
  metric("held_out", "loss", m_figures.nats);
  metric("held_out", "perplexity", std::exp(m_figures.nats));
}

void Pretraining::save() {
  m_position.seconds = m_secondsBefore + secondsSince(m_resumedAt);
  m_state.save(m_position, m_learner, m_adam);
  writeModelFolder(m_request.folder, m_learner);
  writeModelCard(m_request.folder, m_request, result());
}

void Pretraining::metric(const char* part, const char* name, double value) const {
  if (m_observer.metric && std::isfinite(value)) {
    m_observer.metric({part, name, m_adam.steps(), value});
  }
}

PretrainResult Pretraining::result() const {
  return {m_adam.steps(),
          m_position.residues,
          static_cast<std::int64_t>(m_corpus.training.size()),
          static_cast<std::int64_t>(m_corpus.heldOut.size()),
          m_secondsBefore + secondsSince(m_resumedAt),
          m_figures};
}

}  // namespace

PretrainResult pretrain(const PretrainRequest& request, const PretrainObserver& observer,
                        const std::stop_token& stop) {
  return translated([&] {
    useThreads(request.threads);
    return Pretraining(request, observer, stop).run(stop);
  });
}

}  // namespace twofold::models
