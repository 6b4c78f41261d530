#include "models/channels/degree.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "models/channels/interologs.h"
#include "models/channels/training_proteins.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kFeatures = 5;

struct Degree {
  double positive = 0;
  double negative = 0;

  [[nodiscard]] double share() const { return (positive + 1) / (positive + negative + 2); }
};

class DegreeChannel : public Channel {
 public:
  [[nodiscard]] std::int64_t pairFeatures() const override { return kFeatures; }

  void fit(const TrainingPart& part, const ChannelWork& work) override {
    m_training = TrainingProteins(work.proteins, part.proteins);
    m_graph = TrainingGraph(m_training.size(), m_training.renumbered(work.proteins, part.pairs));
  }

  [[nodiscard]] ChannelState state() const override {
    ChannelState state;
    m_training.save(state);
    m_graph.save(state);
    return state;
  }

  void restore(const ChannelState& state) override {
    m_training = TrainingProteins::restored(state);
    m_graph = TrainingGraph::restored(state);
    if (m_graph.proteins() != m_training.size()) {
      throw Error(ErrorKind::BadInput,
                  "the checkpoint's degrees do not belong together; train the run anew");
    }
  }

  [[nodiscard]] ChannelInputs inputs(const ChannelWork& work) override {
    m_numbers.resize(work.known);
    ChannelInputs inputs{0, 0, {}, {}};
    for (const auto& sequence : work.proteins.sequences) {
      m_numbers.push_back(m_training.numberOf(sequence));
      inputs.present.push_back(m_numbers.back() == TrainingProteins::kNone ? 0 : 1);
    }
    return inputs;
  }

  [[nodiscard]] ChannelInputs describePairs(std::span<const IndexedPair> pairs) const override {
    ChannelInputs described{1, kFeatures, {}, {}};
    for (const IndexedPair& pair : pairs) {
      const auto features = describe(pair);
      described.values.insert(described.values.end(), features.begin(), features.end());
      const bool isKnown = std::max(m_numbers[pair.a], m_numbers[pair.b]) >= 0;
      described.present.push_back(isKnown ? 1 : 0);
    }
    return described;
  }

 private:
  /// Without the pair itself, where it is one of the training part.
  [[nodiscard]] Degree degreeOf(std::uint32_t protein, std::uint32_t partner) const {
    Degree degree;
    if (m_numbers[protein] == TrainingProteins::kNone) {
      return degree;
    }
    for (const auto& known : m_graph.partners(static_cast<std::uint32_t>(m_numbers[protein]))) {
      if (known.protein != m_numbers[partner]) {
        (known.isPositive ? degree.positive : degree.negative) += 1;
      }
    }
    return degree;
  }

  [[nodiscard]] std::array<float, kFeatures> describe(const IndexedPair& pair) const {
    const Degree a = degreeOf(pair.a, pair.b);
    const Degree b = degreeOf(pair.b, pair.a);
    return {static_cast<float>(std::log1p(a.positive) + std::log1p(b.positive)),
            static_cast<float>(std::log1p(a.negative) + std::log1p(b.negative)),
            static_cast<float>(std::fabs(std::log1p(a.positive) - std::log1p(b.positive))),
            static_cast<float>(a.share() + b.share()), static_cast<float>(a.share() * b.share())};
  }

  TrainingProteins m_training;
  TrainingGraph m_graph;
  std::vector<std::int64_t>
      m_numbers;  // among the training proteins, of all that inputs() was given
};

}  // namespace

Descriptor degreeDescriptor() {
  return {"degree",
          "Degree (control)",
          "How often each protein stands in training pairs of either label: a control that tells "
          "what popularity alone explains.",
          {}};
}

std::unique_ptr<Channel> makeDegree(const Options& /*options*/) {
  return std::make_unique<DegreeChannel>();
}

}  // namespace twofold::models
