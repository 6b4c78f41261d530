#include "models/channels/annotation.h"

#include <algorithm>
#include <cstdint>

#include "core/base/error.h"
#include "core/data/evidence_rule.h"
#include "models/channels/term_projection.h"
#include "models/channels/term_vocabulary.h"

namespace twofold::models {

namespace {

/// An empty one where the proteins come without.
const data::TermGraph& graphOf(const ProteinInputs& proteins) {
  static const data::TermGraph none;
  return proteins.terms == nullptr ? none : *proteins.terms;
}

class Annotation : public Channel {
 public:
  Annotation(data::EvidenceRule rule, std::int64_t size) : m_rule(rule), m_size(size) {}

  [[nodiscard]] std::int64_t pairFeatures() const override { return kTermSimilarities; }

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
    m_basis = principalTerms(m_vocabulary, bags, m_size, work.stop);
  }

  [[nodiscard]] ChannelState state() const override {
    ChannelState state;
    m_vocabulary.save(state);
    state.put("basis", m_basis, {static_cast<std::int64_t>(m_vocabulary.size()), m_size});
    return state;
  }

  void restore(const ChannelState& state) override {
    m_vocabulary = TermVocabulary::restored(state);
    m_basis = state.floats("basis");
    if (m_basis.size() != m_vocabulary.size() * static_cast<std::size_t>(m_size)) {
      throw Error(ErrorKind::BadInput,
                  "the checkpoint's terms do not belong together; train the run anew");
    }
  }

  [[nodiscard]] ChannelInputs inputs(const ChannelWork& work) override {
    const auto& proteins = work.proteins;
    const auto& graph = graphOf(proteins);
    const data::EvidenceFilter filter(m_rule, graph);
    m_bags.resize(work.known);
    ChannelInputs inputs{1, m_size, {}, {}};
    const auto total = static_cast<std::int64_t>(proteins.ids.size());
    for (std::int64_t i = 0; i < total; ++i) {
      throwIfStopped(work.stop);
      const auto& annotations = proteins.annotations.at(static_cast<std::size_t>(i));
      m_bags.push_back(m_vocabulary.bagOf(filter.apply(annotations), graph));
      const auto place = projected(m_vocabulary, m_bags.back(), m_basis, m_size);
      inputs.values.insert(inputs.values.end(), place.begin(), place.end());
      inputs.present.push_back(m_bags.back().empty() ? 0 : 1);
      if (work.progress) {
        work.progress({"Reading annotations", i + 1, total, "proteins"});
      }
    }
    return inputs;
  }

  [[nodiscard]] ChannelInputs describePairs(std::span<const IndexedPair> pairs) const override {
    ChannelInputs described{1, kTermSimilarities, {}, {}};
    described.values.reserve(pairs.size() * kTermSimilarities);
    for (const IndexedPair& pair : pairs) {
      const auto alike = m_vocabulary.similarities(m_bags[pair.a], m_bags[pair.b]);
      described.values.insert(described.values.end(), alike.begin(), alike.end());
      described.present.push_back(m_bags[pair.a].empty() || m_bags[pair.b].empty() ? 0 : 1);
    }
    return described;
  }

 private:
  data::EvidenceRule m_rule;
  std::int64_t m_size;
  TermVocabulary m_vocabulary;
  std::vector<float> m_basis;   // [terms, m_size]
  std::vector<TermBag> m_bags;  // of every protein that inputs() was given
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
