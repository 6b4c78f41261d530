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

Corpus corpusOf(const PretrainRequest& request) {
  const auto& settings = request.settings;
  Corpus corpus;
  const auto roles =
      data::holdOutFamilies(request.sequences, {settings.heldOutShare, settings.seed});
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

/// Means over the steps since the last point of the curve.
struct CurvePoint {
  double loss = 0;
  double partner = 0;
  std::int64_t steps = 0;
  std::int64_t partnerSteps = 0;
};

class Pretraining {
 public:
  Pretraining(const PretrainRequest& request, const PretrainObserver& observer)
      : m_request(request),
        m_settings(request.settings),
        m_observer(observer),
        m_corpus(corpusOf(request)),
        m_tokens(m_corpus.training),
        m_heldOut(m_corpus.heldOut, m_corpus.training, m_settings.seed),
        m_learner(learnerSettingsOf(m_settings)),
        m_adam(m_learner.weights(), m_settings.weightDecay),
        m_state(request.folder, m_settings, m_corpus.hash) {}

  PretrainResult run(const std::stop_token& stop);

 private:
  void begin();
  void step(const CropBatch& crops);
  void addToCurve(double loss, std::optional<double> partner);
  void measure();
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
  CurvePoint m_point;
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
  }
  writeSequenceHashes(m_request.folder / "sequences.sha256", m_corpus.training);
  measure();
  m_resumedAt = Clock::now();
}

PretrainResult Pretraining::run(const std::stop_token& stop) {
  begin();
  auto savedAt = Clock::now();
  while (m_position.residues < m_settings.residues) {
    const CropPlan plan(m_tokens, cropRuleOf(m_settings), m_position.epoch);
    while (m_position.batch < plan.batches() && m_position.residues < m_settings.residues) {
      if (stop.stop_requested()) {
        save();
        throw StopRequested{};
      }
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
  measure();
  save();
  return result();
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
  if (!std::isfinite(told + partner.value_or(0))) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the loss was not a finite number at step {}; the last checkpoint is "
                            "kept. Try a smaller --lr",
                            m_adam.steps() + 1));
  }
  loss.backward();
  m_adam.step(learningRate(m_settings.learningRate,
                           static_cast<double>(before) / static_cast<double>(m_settings.residues)));
  addToCurve(told, partner);
  const std::int64_t between = std::max<std::int64_t>(1, m_settings.residues / kMeasurements);
  if (before / between != m_position.residues / between) {
    measure();
  }
  if (m_observer.progress) {
    m_observer.progress({"Pretraining", m_position.residues, m_settings.residues, "residues"});
  }
}

void Pretraining::addToCurve(double loss, std::optional<double> partner) {
  m_point.loss += loss;
  ++m_point.steps;
  if (partner) {
    m_point.partner += *partner;
    ++m_point.partnerSteps;
  }
  if (m_adam.steps() % kCurveSteps != 0) {
    return;
  }
  const double mean = m_point.loss / static_cast<double>(m_point.steps);
  metric("train", "loss", mean);
  metric("train", "perplexity", std::exp(mean));
  if (m_point.partnerSteps > 0) {
    metric("train", "partner_loss", m_point.partner / static_cast<double>(m_point.partnerSteps));
  }
  m_point = {};
}

void Pretraining::measure() {
  m_figures = m_heldOut.measure(m_learner);
  m_figures.seen = m_position.residues;
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
    return Pretraining(request, observer).run(stop);
  });
}

}  // namespace twofold::models
