#include "models/channels/neighbours.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "core/base/error.h"
#include "core/retrieval/vector_index.h"
#include "models/channels/interologs.h"
#include "models/channels/pair_ridge.h"
#include "models/channels/pooled_embeddings.h"
#include "models/channels/random_features.h"
#include "models/channels/training_proteins.h"
#include "models/learning/standardiser.h"

namespace twofold::models {

namespace {

// Chosen among nine settings on Bernett's pairs: within .002 of the best AUPRC by leaving training
// proteins out, and the best on validation, which was looked at too.
constexpr std::int64_t kKernelFeatures = 512;
constexpr double kKernelLength = 2;
constexpr double kPenalty = 3;

constexpr auto kFeatures = static_cast<std::int64_t>(kInterologFeatures) + 1;

class Neighbours : public Channel {
 public:
  explicit Neighbours(std::int64_t count) : m_count(count) {}

  [[nodiscard]] bool usesBackbone() const override { return true; }
  [[nodiscard]] std::int64_t pairFeatures() const override { return kFeatures; }

  void fit(const TrainingPart& part, const ChannelWork& work) override {
    m_training = TrainingProteins(work.proteins, part.proteins);
    auto embeddings =
        pooledEmbeddings({m_training.proteins(), work.backbone, work.progress, work.stop});
    std::vector<std::uint32_t> all(m_training.size());
    std::iota(all.begin(), all.end(), 0U);
    m_scale = Standardiser::fitted(embeddings, all);
    m_scale.apply(embeddings);
    m_graph = TrainingGraph(m_training.size(), m_training.renumbered(work.proteins, part.pairs));
    setVectors(std::move(embeddings.values), embeddings.features, work.stop);
  }

  [[nodiscard]] ChannelState state() const override {
    ChannelState state;
    m_training.save(state);
    state.put("mean", m_scale.mean);
    state.put("scale", m_scale.scale);
    const auto rows = static_cast<std::int64_t>(m_training.size());
    state.put("vectors", m_vectors, {rows, static_cast<std::int64_t>(m_vectors.size()) / rows});
    m_graph.save(state);
    return state;
  }

  void restore(const ChannelState& state) override {
    m_training = TrainingProteins::restored(state);
    m_scale = {state.floats("mean"), state.floats("scale")};
    m_graph = TrainingGraph::restored(state);
    auto vectors = state.floats("vectors");
    if (m_training.size() == 0 || m_graph.proteins() != m_training.size() ||
        m_scale.mean.size() * m_training.size() != vectors.size()) {
      throw Error(ErrorKind::BadInput,
                  "the checkpoint's neighbours do not belong together; "
                  "train the run anew");
    }
    setVectors(std::move(vectors), static_cast<std::int64_t>(m_scale.mean.size()), {});
  }

  [[nodiscard]] ChannelInputs inputs(const ChannelWork& work) override {
    m_neighbours.resize(work.known);
    m_own.resize(work.known);
    m_alike.resize(work.known);
    auto embeddings = pooledEmbeddings(work);
    m_scale.apply(embeddings);
    ChannelInputs inputs{0, 0, {}, embeddings.present};
    std::vector<std::int64_t> own;
    for (const auto& sequence : work.proteins.sequences) {
      own.push_back(m_training.numberOf(sequence));
    }
    search(embeddings, own, work);
    m_own.insert(m_own.end(), own.begin(), own.end());
    const auto width = static_cast<std::size_t>(embeddings.features);
    for (std::size_t i = 0; i < own.size(); ++i) {
      throwIfStopped(work.stop);
      const std::span row(embeddings.values.data() + i * width, width);
      m_alike.push_back(embeddings.present[i] == 0 ? RidgeProtein()
                                                   : m_ridge.protein(m_kernel.of(row), own[i]));
    }
    return inputs;
  }

  [[nodiscard]] ChannelInputs describePairs(std::span<const IndexedPair> pairs) const override {
    ChannelInputs described{1, kFeatures, {}, {}};
    described.values.reserve(pairs.size() * static_cast<std::size_t>(kFeatures));
    Interologs interologs(m_graph);
    for (const IndexedPair& pair : pairs) {
      const auto features = interologs.describe(
          {m_neighbours[pair.a], m_neighbours[pair.b], m_own[pair.a], m_own[pair.b]});
      described.values.insert(described.values.end(), features.begin(), features.end());
      const bool isKnown = !m_neighbours[pair.a].empty() && !m_neighbours[pair.b].empty();
      described.values.push_back(isKnown ? m_ridge.expectedLabel(m_alike[pair.a], m_alike[pair.b])
                                         : 0.0F);
      described.present.push_back(isKnown ? 1 : 0);
    }
    return described;
  }

 private:
  void setVectors(std::vector<float> vectors, std::int64_t width, const std::stop_token& stop) {
    m_vectors = std::move(vectors);
    m_kernel = RandomFeatures(width, kKernelFeatures, kKernelLength);
    std::vector<float> features;
    for (std::size_t i = 0; i < m_training.size(); ++i) {
      throwIfStopped(stop);
      const auto size = static_cast<std::size_t>(width);
      const auto row = m_kernel.of(std::span(m_vectors).subspan(i * size, size));
      features.insert(features.end(), row.begin(), row.end());
    }
    m_ridge = PairRidge(features, kKernelFeatures, m_graph, kPenalty, stop);
    m_index.emplace(retrieval::VectorsView{m_vectors, static_cast<std::size_t>(width)},
                    retrieval::Distance::Cosine);
  }

  /// Appends the neighbours of each protein that has an embedding, the nearest first.
  void search(const ChannelInputs& embeddings, const std::vector<std::int64_t>& own,
              const ChannelWork& work) {
    const auto k = std::min(static_cast<std::size_t>(m_count), m_training.size() - 1);
    const std::size_t first = m_neighbours.size();
    m_neighbours.resize(first + own.size());
    std::vector<float> queries;
    std::vector<std::size_t> owners;
    std::vector<std::int64_t> excluded;
    const auto width = static_cast<std::size_t>(embeddings.features);
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (embeddings.present[i] != 0) {
        const auto* row = embeddings.values.data() + i * width;
        queries.insert(queries.end(), row, row + width);
        owners.push_back(first + i);
        excluded.push_back(own[i]);
      }
    }
    if (owners.empty() || k == 0) {
      return;
    }
    const auto found =
        m_index->search({{queries, width}, k, excluded, 0}, work.progress, work.stop);
    for (std::size_t q = 0; q < owners.size(); ++q) {
      for (std::size_t i = 0; i < k; ++i) {
        const auto& hit = found[q * k + i];
        m_neighbours[owners[q]].push_back({hit.index, std::max(0.0F, 1 - hit.distance)});
      }
    }
  }

  std::int64_t m_count;
  Standardiser m_scale;  // so that every number of an embedding counts alike
  TrainingProteins m_training;
  std::vector<float> m_vectors;  // of the training proteins, standardised
  std::optional<retrieval::VectorIndex> m_index;
  TrainingGraph m_graph;
  RandomFeatures m_kernel;
  PairRidge m_ridge;
  // of every protein that inputs() was given
  std::vector<std::vector<Neighbour>> m_neighbours;
  std::vector<std::int64_t> m_own;  // its number among the training proteins
  std::vector<RidgeProtein> m_alike;
};

}  // namespace

Descriptor neighboursDescriptor() {
  return {"neighbours",
          "Neighbours",
          "Whether training proteins near the one interact with training proteins near the other; "
          "never the protein itself, never a pair of another part.",
          {integerOption("count", "Neighbours", 16, 1, 256,
                         "How many of the nearest training proteins each protein brings.")}};
}

std::unique_ptr<Channel> makeNeighbours(const Options& options) {
  return std::make_unique<Neighbours>(options.integer("count"));
}

}  // namespace twofold::models
