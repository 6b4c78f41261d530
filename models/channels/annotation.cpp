#include "models/channels/annotation.h"

#include <algorithm>
#include <cstdint>

#include "core/base/error.h"
#include "core/data/evidence_rule.h"
#include "models/channels/pair_ridge.h"
#include "models/channels/term_projection.h"
#include "models/channels/term_vocabulary.h"
#include "models/channels/training_proteins.h"

namespace twofold::models {

namespace {

// Chosen on Bernett's training part by leaving proteins out.
constexpr std::int64_t kRidgeWidth = 256;
constexpr double kPenalty = 30;

constexpr auto kFeatures = static_cast<std::int64_t>(kTermSimilarities) + 1;

/// An empty one where the proteins come without.
const data::TermGraph& graphOf(const ProteinInputs& proteins) {
  static const data::TermGraph none;
  return proteins.terms == nullptr ? none : *proteins.terms;
}

class Annotation : public Channel {
 public:
  Annotation(data::EvidenceRule rule, std::int64_t size)
      : m_rule(rule), m_size(size), m_width(std::max(size, kRidgeWidth)) {}

  [[nodiscard]] std::int64_t pairFeatures() const override { return kFeatures; }

  void fit(const TrainingPart& part, const ChannelWork& work) override {
    const auto& graph = graphOf(work.proteins);
    const data::EvidenceFilter filter(m_rule, graph);
    std::vector<data::ProteinAnnotations> training;
    for (const auto protein : part.proteins) {
      training.push_back(filter.apply(work.proteins.annotations.at(protein)));
    }
    m_vocabulary = TermVocabulary::learned(training, graph);
    std::vector<TermBag> bags;
    for (const auto& protein : training) {
      throwIfStopped(work.stop);
      bags.push_back(m_vocabulary.bagOf(protein, graph));
    }
    m_basis = principalTerms(m_vocabulary, bags, m_width, work.stop);
    m_training = TrainingProteins(work.proteins, part.proteins);
    m_graph = TrainingGraph(m_training.size(), m_training.renumbered(work.proteins, part.pairs));
    setVectors(vectorsOf(work.proteins, part.proteins, bags), work.stop);
  }

  [[nodiscard]] ChannelState state() const override {
    ChannelState state;
    m_vocabulary.save(state);
    state.put("basis", m_basis, {static_cast<std::int64_t>(m_vocabulary.size()), m_width});
    m_training.save(state);
    m_graph.save(state);
    state.put("vectors", m_vectors, {static_cast<std::int64_t>(m_training.size()), m_width});
    return state;
  }

  void restore(const ChannelState& state) override {
    m_vocabulary = TermVocabulary::restored(state);
    m_basis = state.floats("basis");
    m_training = TrainingProteins::restored(state);
    m_graph = TrainingGraph::restored(state);
    auto vectors = state.floats("vectors");
    const auto width = static_cast<std::size_t>(m_width);
    if (m_basis.size() != m_vocabulary.size() * width || m_graph.proteins() != m_training.size() ||
        vectors.size() != m_training.size() * width) {
      throw Error(ErrorKind::BadInput,
                  "the checkpoint's terms do not belong together; train the run anew");
    }
    setVectors(std::move(vectors), {});
  }

  [[nodiscard]] ChannelInputs inputs(const ChannelWork& work) override {
    const auto& proteins = work.proteins;
    const auto& graph = graphOf(proteins);
    const data::EvidenceFilter filter(m_rule, graph);
    m_bags.resize(work.known);
    m_alike.resize(work.known);
    ChannelInputs inputs{1, m_size, {}, {}};
    const auto total = static_cast<std::int64_t>(proteins.ids.size());
    for (std::int64_t i = 0; i < total; ++i) {
      throwIfStopped(work.stop);
      const auto& annotations = proteins.annotations.at(static_cast<std::size_t>(i));
      m_bags.push_back(m_vocabulary.bagOf(filter.apply(annotations), graph));
      const auto place = projected(m_vocabulary, m_bags.back(), m_basis, m_width);
      inputs.values.insert(inputs.values.end(), place.begin(), place.begin() + m_size);
      const auto& sequence = proteins.sequences.at(static_cast<std::size_t>(i));
      m_alike.push_back(alikeOf(place, m_training.numberOf(sequence)));
      inputs.present.push_back(m_bags.back().empty() ? 0 : 1);
      if (work.progress) {
        work.progress({"Reading annotations", i + 1, total, "proteins"});
      }
    }
    return inputs;
  }

  [[nodiscard]] ChannelInputs describePairs(std::span<const IndexedPair> pairs) const override {
    ChannelInputs described{1, kFeatures, {}, {}};
    described.values.reserve(pairs.size() * static_cast<std::size_t>(kFeatures));
    for (const IndexedPair& pair : pairs) {
      const auto alike = m_vocabulary.similarities(m_bags[pair.a], m_bags[pair.b]);
      described.values.insert(described.values.end(), alike.begin(), alike.end());
      described.values.push_back(m_ridge.expectedLabel(m_alike[pair.a], m_alike[pair.b]));
      described.present.push_back(m_bags[pair.a].empty() || m_bags[pair.b].empty() ? 0 : 1);
    }
    return described;
  }

 private:
  /// A training protein is what the regression was given for its sequence, or its own pairs could
  /// not be taken off exactly.
  [[nodiscard]] RidgeProtein alikeOf(const std::vector<float>& place, std::int64_t own) const {
    const auto width = static_cast<std::size_t>(m_width);
    return own < 0 ? m_ridge.protein(place, own)
                   : m_ridge.protein(
                         std::span(m_vectors).subspan(static_cast<std::size_t>(own) * width, width),
                         own);
  }

  /// Of each different training protein, in the order of their numbers.
  [[nodiscard]] std::vector<float> vectorsOf(const ProteinInputs& proteins,
                                             std::span<const std::uint32_t> chosen,
                                             const std::vector<TermBag>& bags) const {
    std::vector<float> vectors;
    std::int64_t next = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (m_training.numberOf(proteins.sequences[chosen[i]]) == next) {
        const auto place = projected(m_vocabulary, bags[i], m_basis, m_width);
        vectors.insert(vectors.end(), place.begin(), place.end());
        ++next;
      }
    }
    return vectors;
  }

  void setVectors(std::vector<float> vectors, const std::stop_token& stop) {
    m_vectors = std::move(vectors);
    m_ridge = PairRidge(m_vectors, m_width, m_graph, kPenalty, stop);
  }

  data::EvidenceRule m_rule;
  std::int64_t m_size;   // directions that the model sees
  std::int64_t m_width;  // directions that the regression sees
  TermVocabulary m_vocabulary;
  std::vector<float> m_basis;  // [terms, m_width]
  TrainingProteins m_training;
  TrainingGraph m_graph;
  std::vector<float> m_vectors;  // of the training proteins, [proteins, m_width]
  PairRidge m_ridge;
  // of every protein that inputs() was given
  std::vector<TermBag> m_bags;
  std::vector<RidgeProtein> m_alike;
};

}  // namespace

Descriptor annotationDescriptor() {
  std::vector<std::string> rules;
  std::string help = "What may be read.";
  for (const auto& rule : data::evidenceRules()) {
    rules.emplace_back(rule.id);
    help += " " + std::string(rule.id) + ": " + std::string(rule.help);
  }
  return {
      "annotation",
      "Annotation",
      "GO terms, domains, keywords and places of each protein, and how alike two proteins are by "
      "them, without what encodes the answer.",
      {choiceOption("evidence", "Evidence", rules, help),
       integerOption("size", "Numbers a protein", 64, 4, 1024,
                     "Directions in which proteins differ by their terms.")}};
}

std::unique_ptr<Channel> makeAnnotation(const Options& options) {
  return std::make_unique<Annotation>(data::evidenceRuleOf(options.text("evidence")),
                                      options.integer("size"));
}

}  // namespace twofold::models
