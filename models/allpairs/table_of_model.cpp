#include "models/allpairs/table_of_model.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"
#include "models/heads/factorised.h"

namespace twofold::models {

namespace {

void putOnScale(FactorisedTable& table, const metrics::LogitScale& scale) {
  const auto stretch = [&](std::vector<float>& weights) {
    for (float& weight : weights) {
      weight = static_cast<float>(weight * scale.slope);
    }
  };
  stretch(table.hiddenWeights);
  stretch(table.bilinearWeights);
  stretch(table.linear);
  table.bias = static_cast<float>(table.bias * scale.slope + scale.offset);
}

}  // namespace

FactorisedTable factorisedTableOf(const EvaluationWork& work) {
  auto* head = dynamic_cast<FactorisedHead*>(&work.model.head());
  if (head == nullptr) {
    throw Error(ErrorKind::Usage,
                "this run's head scores pairs one by one; to score all pairs, train a run with "
                "head = factorised, or predict a list of pairs with this one");
  }
  const at::NoGradGuard noGradients;
  work.model.eval();
  const at::Tensor active = activeChannels(work);
  FactorisedTable table = head->emptyTable();
  const std::int64_t proteins = work.table.proteins();
  for (std::int64_t begin = 0; begin < proteins; begin += kEvaluationBatch) {
    throwIfStopped(work.stop);
    // Always as many at once, as in the evaluator: products round differently for other sizes.
    const auto indices = (at::arange(kEvaluationBatch, at::kLong) + begin)
                             .clamp_max(proteins - 1)
                             .to(work.table.device());
    PairBatch batch = work.table.gather({indices, indices, {}});
    if (active.defined()) {
      batch.keep(active);
    }
    const std::int64_t count = std::min(kEvaluationBatch, proteins - begin);
    head->addTo(table, work.model.proteinVectors(batch.a, batch.presentA), count);
    if (work.progress) {
      work.progress({"Preparing proteins", begin + count, proteins, "proteins"});
    }
  }
  putOnScale(table, work.model.scale());
  return table;
}

}  // namespace twofold::models
