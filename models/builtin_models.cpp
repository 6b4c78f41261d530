#include "models/builtin_models.h"

#include "core/data/splitters.h"
#include "core/metrics/part_metrics.h"
#include "models/backbones/bert.h"
#include "models/backbones/composition.h"
#include "models/backbones/esm2.h"
#include "models/backbones/llama3.h"
#include "models/backbones/protbert.h"
#include "models/backbones/random.h"
#include "models/backbones/unirep.h"
#include "models/channels/annotation.h"
#include "models/channels/calpha.h"
#include "models/channels/degree.h"
#include "models/channels/function_text.h"
#include "models/channels/neighbours.h"
#include "models/channels/sequence.h"
#include "models/fusion/concat.h"
#include "models/fusion/gated.h"
#include "models/fusion/masked_attention.h"
#include "models/heads/factorised.h"
#include "models/heads/pair_mlp.h"
#include "models/learning/training_options.h"

namespace twofold::models {

namespace {

PartLists listParts() {
  PartLists parts;
  parts.backbones.add(compositionDescriptor(), makeComposition);
  parts.backbones.add(esm2Descriptor(), makeEsm2);
  parts.backbones.add(protBertDescriptor(), makeProtBert);
  parts.backbones.add(bertDescriptor(), makeBert);
  parts.backbones.add(llama3Descriptor(), makeLlama3);
  parts.backbones.add(unirepDescriptor(), makeUnirep);
  parts.backbones.add(randomDescriptor(), makeRandom);

  parts.channels.add(sequenceDescriptor(), makeSequence);
  parts.channels.add(neighboursDescriptor(), makeNeighbours);
  parts.channels.add(annotationDescriptor(), makeAnnotation);
  parts.channels.add(functionTextDescriptor(), makeFunctionText);
  parts.channels.add(calphaDescriptor(), makeCalpha);

  parts.channels.add(degreeDescriptor(), makeDegree);

  parts.fusions.add(maskedAttentionDescriptor(), makeMaskedAttention);
  parts.fusions.add(concatDescriptor(), makeConcat);
  parts.fusions.add(gatedDescriptor(), makeGated);

  parts.heads.add(pairMlpDescriptor(), makePairMlp);
  parts.heads.add(factorisedDescriptor(), makeFactorised);
  return parts;
}

template <class Maker>
std::vector<Descriptor> descriptors(const Registry<Maker>& registry) {
  std::vector<Descriptor> list;
  for (const auto& entry : registry.entries()) {
    list.push_back(entry.descriptor);
  }
  return list;
}

}  // namespace

const PartLists& builtinParts() {
  static const PartLists parts = listParts();
  return parts;
}

runs::ComponentCatalog builtinCatalog() {
  const PartLists& parts = builtinParts();
  runs::ComponentCatalog catalog;
  catalog.backbones = descriptors(parts.backbones);
  catalog.channels = descriptors(parts.channels);
  catalog.fusions = descriptors(parts.fusions);
  catalog.heads = descriptors(parts.heads);
  catalog.splitters = descriptors(data::splitters());
  catalog.metrics = metrics::metricCatalog();
  catalog.lanes = {{"local", "This machine", "Runs as a process of its own on this machine.", {}}};
  catalog.training = trainingDescriptor();
  return catalog;
}

}  // namespace twofold::models
