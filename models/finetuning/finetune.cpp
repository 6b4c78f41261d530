#include "models/finetuning/finetune.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/weights/memory_fit.h"
#include "models/finetuning/pair_batches.h"
#include "models/finetuning/tuning_head.h"
#include "models/learning/backbone_notes.h"
#include "models/pretraining/adam.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kBatchTokens = 2048;
constexpr std::size_t kBatchPairs = 256;
constexpr double kDecay = 0.01;

enum Purpose : std::uint64_t { kAdapters = 11, kHead = 12, kOrder = 13 };

/// A protein's tokens as its backbone sees them, cut at the limit.
ResidueTokens tokensOf(const PackedSetup& backbone, const std::string& sequence) {
  return backbone.tokenize(
      std::string_view(sequence).substr(0, static_cast<std::size_t>(backbone.rule.limit)));
}

class Tuning {
 public:
  Tuning(const FinetuneWork& work, const TrainObserver& observer, const std::stop_token& stop)
      : m_work(work),
        m_observer(observer),
        m_stop(stop),
        m_state(work.keeping),
        m_weights(*work.backbone.tunable.weights),
        m_head(work.backbone.network->width(), derivedSeed(work.seed, kHead)) {
    m_head.to(device());
    checkLongProteins();
    for (const auto& sequence : work.proteins.sequences) {
      m_tokens.push_back(sequence.empty() ? ResidueTokens{} : tokensOf(work.backbone, sequence));
      m_lengths.push_back(static_cast<std::int64_t>(m_tokens.back().ids.size()));
    }
    tellMemory();
    makeAdapters();
  }

  Adapters run() {
    m_trained = m_head.weights();
    for (const auto& [name, matrices] : m_adapters.changes) {
      m_trained[name + ".a"] = matrices.a;
      m_trained[name + ".b"] = matrices.b;
    }
    Adam adam(m_trained, kDecay);
    m_best = snapshot();
    restore(adam);
    try {
      train(adam);
    } catch (const StopRequested&) {
      keep(adam);
      throw;
    }
    return m_best;
  }

 private:
  [[nodiscard]] c10::Device device() const { return m_work.backbone.network->device(); }

  void restore(Adam& adam) {
    std::string why;
    if (const auto position = m_state.restore(m_trained, adam, m_best, why)) {
      m_at = *position;
      say(fmt::format("Fine-tuning goes on in epoch {}, after {} steps of it.", m_at.epoch + 1,
                      m_at.step));
    } else if (!why.empty()) {
      say(why);
    }
  }

  void keep(const Adam& adam) {
    m_state.save(m_at, m_trained, adam, m_best);
    m_kept = std::chrono::steady_clock::now();
  }

  void train(Adam& adam) {
    while (m_at.epoch < m_work.options.epochs) {
      const auto epoch = m_at.epoch + 1;
      const double loss = trainEpoch(epoch, adam);
      const double auprc = validated();
      report(epoch, loss, auprc);
      if (auprc <= m_at.bestAuprc) {
        return;
      }
      m_best = snapshot();
      m_at = {epoch, 0, 0, auprc};
      keep(adam);
    }
  }

  void makeAdapters() {
    // Once through the maker tells which matrices the network takes.
    static_cast<void>(m_work.backbone.tunable.make(m_weights, arithmetic(false)));
    std::map<std::string, std::vector<std::int64_t>> shapes;
    for (const auto& [name, tensor] : m_weights.taken()) {
      if (tensor && isAttentionProjection(name)) {
        shapes[name] = tensor->sizes().vec();
      }
    }
    m_adapters = newAdapters(shapes, m_work.options.rank, m_work.options.alpha,
                             derivedSeed(m_work.seed, kAdapters));
    m_adapters.base = m_work.backbone.tunable.hash;
    for (auto& [name, matrices] : m_adapters.changes) {
      matrices.a = matrices.a.contiguous().requires_grad_(true);
      matrices.b = matrices.b.requires_grad_(true);
    }
  }

  void checkLongProteins() const {
    const auto& rule = m_work.backbone.rule;
    const auto& sequences = m_work.proteins.sequences;
    const LengthLimit limit = {rule.limit, name(rule.kind), rule.tokens};
    requireWithinLimit(limit, m_work.proteins.ids, sequences);
    if (rule.kind == LongProteins::Windows && longerThan(limit, sequences) > 0) {
      say(
          fmt::format("Fine-tuning reads the first {} residues of longer proteins; the embeddings "
                      "that follow average windows over all of them.",
                      rule.limit));
    }
  }

  /// A batch holds one pair at least.
  [[nodiscard]] std::int64_t largestBatch() const {
    std::int64_t most = kBatchTokens;
    for (const auto pairs : {m_work.train, m_work.validation}) {
      for (const auto& pair : pairs) {
        most = std::max(most, m_lengths[pair.a] + m_lengths[pair.b]);
      }
    }
    return most;
  }

  void tellMemory() const {
    constexpr double kGibi = 1024.0 * 1024.0 * 1024.0;
    const auto tokens = largestBatch();
    const auto needed = finetuneMemory(*m_work.backbone.network,
                                       m_work.backbone.tunable.weights->numbers(), tokens);
    const auto available = weights::availableMemory();
    const auto text =
        fmt::format("Fine-tuning at rank {}, {} tokens at once: about {:.1f} GiB of memory",
                    m_work.options.rank, tokens, static_cast<double>(needed) / kGibi);
    if (device().is_cpu() && available > 0 && needed > available) {
      throw Error(ErrorKind::Memory,
                  fmt::format("{}, and {:.1f} GiB is available; choose a smaller network or a "
                              "smaller limit, or set lora_rank to 0",
                              text, static_cast<double>(available) / kGibi));
    }
    say(text + ".");
  }

  /// Plain float32 or bfloat16: int8 has no gradients.
  [[nodiscard]] Arithmetic arithmetic(bool hasGradients) const {
    Arithmetic plain = m_work.backbone.tunable.arithmetic;
    plain.hasGradients = hasGradients;
    plain.int8 = plain.int8 && !hasGradients;
    return plain;
  }

  double trainEpoch(std::int64_t epoch, Adam& adam) {
    std::vector<IndexedPair> pairs(m_work.train.begin(), m_work.train.end());
    Random random(derivedSeed(m_work.seed, kOrder, static_cast<std::uint64_t>(epoch)));
    random.shuffle(std::span(pairs));
    const auto batches = pairBatches(pairs, m_lengths, kBatchTokens, kBatchPairs);
    const auto steps = static_cast<std::int64_t>(batches.size());
    const auto all = static_cast<std::int64_t>(pairs.size());
    std::int64_t seen = (epoch - 1) * all;
    for (std::int64_t i = 0; i < steps; ++i) {
      const auto& batch = batches[static_cast<std::size_t>(i)];
      seen += static_cast<std::int64_t>(batch.pairs.size());
      if (i < m_at.step) {
        continue;  // before it was taken up again
      }
      throwIfStopped(m_stop);
      const double done =
          (static_cast<double>(epoch - 1) + static_cast<double>(i) / static_cast<double>(steps)) /
          static_cast<double>(m_work.options.epochs);
      m_at.lossSum += step(batch, adam, 0.5 * (1 + std::cos(std::numbers::pi * done))) *
                      static_cast<double>(batch.pairs.size());
      m_at.step = i + 1;
      progress(seen, m_work.options.epochs * all);
      if (std::chrono::steady_clock::now() - m_kept >= m_state.keeping().every) {
        keep(adam);
      }
    }
    return m_at.lossSum / static_cast<double>(pairs.size());
  }

  double step(const PairBatchPlan& batch, Adam& adam, double rateShare) {
    AdaptedWeights adapted(m_weights, m_adapters);
    const auto network = m_work.backbone.tunable.make(adapted, arithmetic(true));
    const at::Tensor loss =
        at::binary_cross_entropy_with_logits(logits(*network, batch), labels(batch));
    const double value = loss.item().toDouble();
    requireFinite(value);
    backward(loss);
    requireFinite(adam.step(m_work.options.rate * rateShare));
    return value;
  }

  /// Looks at the stop token in every layer on the way back.
  void backward(const at::Tensor& loss) const {
    try {
      loss.backward();
    } catch (...) {
      throwIfStopped(m_stop);
      throw;
    }
  }

  /// Of hidden states: what stops backward(), which knows no stop token.
  [[nodiscard]] LayerSink stopOnTheWayBack() const {
    return [stop = m_stop](std::int64_t /*layer*/, const at::Tensor& hidden) {
      if (hidden.requires_grad()) {
        hidden.register_hook([stop](const at::Tensor& /*gradient*/) {
          if (stop.stop_requested()) {
            throw std::runtime_error("stopped on the way back");
          }
        });
      }
    };
  }

  static void requireFinite(double value) {
    if (!std::isfinite(value)) {
      throw Error(ErrorKind::BadInput,
                  "the loss of fine-tuning or its gradient was not a finite number; try a smaller "
                  "lora_rate, or precision fp32");
    }
  }

  /// Of the distinct proteins at once, then of the pairs among them.
  [[nodiscard]] at::Tensor logits(const TokenNetwork& network, const PairBatchPlan& batch) const {
    const at::Tensor pooled = embedded(network, batch.proteins);
    std::vector<std::int64_t> a;
    std::vector<std::int64_t> b;
    for (const auto& pair : batch.pairs) {
      a.push_back(pair.a);
      b.push_back(pair.b);
    }
    const auto rows = [&](const std::vector<std::int64_t>& places) {
      return pooled.index_select(0, at::tensor(places, at::kLong).to(pooled.device()));
    };
    return m_head.logits(rows(a), rows(b));
  }

  [[nodiscard]] at::Tensor labels(const PairBatchPlan& batch) const {
    std::vector<float> values;
    for (const auto& pair : batch.pairs) {
      values.push_back(pair.label == data::Label::Positive ? 1.0F : 0.0F);
    }
    return at::tensor(values).to(device());
  }

  /// [proteins, width] float32, pooled as the backbone does; zero for a protein without residues.
  [[nodiscard]] at::Tensor embedded(const TokenNetwork& network,
                                    const std::vector<std::uint32_t>& proteins) const {
    TokenBatch batch;
    for (const auto protein : proteins) {
      const auto& ids = m_tokens[protein].ids;
      if (!ids.empty()) {
        batch.lengths.push_back(m_lengths[protein]);
        batch.ids.insert(batch.ids.end(), ids.begin(), ids.end());
      }
    }
    if (batch.ids.empty()) {
      return at::zeros({static_cast<std::int64_t>(proteins.size()), network.width()},
                       at::TensorOptions().device(device()));
    }
    const at::Tensor hidden = network.forward(batch, m_stop, stopOnTheWayBack()).to(at::kFloat);
    std::vector<at::Tensor> means;
    std::int64_t first = 0;
    for (const auto protein : proteins) {
      const auto rows = pooledRows(m_tokens[protein], m_work.backbone.pooling);
      means.push_back(m_lengths[protein] == 0
                          ? at::zeros({network.width()}, hidden.options())
                          : hidden.narrow(0, first + rows.begin, rows.count).mean(0));
      first += m_lengths[protein];
    }
    return at::stack(means);
  }

  /// AUPRC of the head on the validation pairs.
  double validated() {
    const c10::NoGradGuard noGradients;
    AdaptedWeights adapted(m_weights, m_adapters);
    const auto network = m_work.backbone.tunable.make(adapted, arithmetic(false));
    std::vector<float> scores;
    std::vector<std::int8_t> labels;
    std::vector<std::int64_t> a;
    std::vector<std::int64_t> b;
    for (const auto& batch : pairBatches(m_work.validation, m_lengths, kBatchTokens, kBatchPairs)) {
      throwIfStopped(m_stop);
      const at::Tensor values = logits(*network, batch).sigmoid().to(at::kCPU);
      const float* begin = values.const_data_ptr<float>();
      scores.insert(scores.end(), begin, begin + values.numel());
    }
    for (const auto& pair : m_work.validation) {
      labels.push_back(pair.label == data::Label::Positive ? 1 : 0);
      a.push_back(pair.a);
      b.push_back(pair.b);
    }
    return metrics::measure({scores, labels, a, b}, 0.5, {0, m_work.seed}).values.at("auprc");
  }

  [[nodiscard]] Adapters snapshot() const {
    Adapters copy = m_adapters;
    for (auto& [name, matrices] : copy.changes) {
      matrices = {matrices.a.detach().clone(), matrices.b.detach().clone()};
    }
    return copy;
  }

  void progress(std::int64_t done, std::int64_t total) const {
    if (m_observer.progress) {
      m_observer.progress({"Fine-tuning", done, total, "pairs"});
    }
  }

  void report(std::int64_t epoch, double loss, double auprc) const {
    say(fmt::format("Fine-tuning epoch {}: loss {:.4f}, validation AUPRC {:.4f}.", epoch, loss,
                    auprc));
  }

  void say(const std::string& text) const {
    if (m_observer.message) {
      m_observer.message(text);
    }
  }

  const FinetuneWork& m_work;
  const TrainObserver& m_observer;
  std::stop_token m_stop;
  TuningState m_state;
  KeptWeights m_weights;
  TuningHead m_head;
  Adapters m_adapters;
  Adapters m_best;
  std::map<std::string, at::Tensor> m_trained;  // what Adam moves
  TuningPosition m_at;
  std::chrono::steady_clock::time_point m_kept = std::chrono::steady_clock::now();
  std::vector<ResidueTokens> m_tokens;
  std::vector<std::int64_t> m_lengths;
};

}  // namespace

std::int64_t finetuneMemory(const TokenNetwork& network, std::int64_t parameters,
                            std::int64_t tokens) {
  // Of a layer and token: two norms, two sums, queries, keys, values, turned ones, the attention's
  // result and projection, and the feed-forward's three of four widths.
  constexpr std::int64_t kFloats = 26;
  constexpr auto kBytes = static_cast<std::int64_t>(sizeof(float));
  const std::int64_t usual = 12 * network.layers() * network.width() * network.width();
  return 3 * (parameters > 0 ? parameters : usual) * kBytes +
         tokens * network.layers() * network.width() * kFloats * kBytes;
}

Adapters finetuned(const FinetuneWork& work, const TrainObserver& observer,
                   const std::stop_token& stop) {
  const c10::AutoGradMode gradients(true);
  return Tuning(work, observer, stop).run();
}

}  // namespace twofold::models
