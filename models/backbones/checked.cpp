#include "models/backbones/checked.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "core/base/error.h"

namespace twofold::models {

namespace {

struct Comparison {
  double cosine = 0;
  double greatestDifference = 0;
};

Comparison compare(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) {
    throw Error(ErrorKind::Internal, "an embedding and its float32 self have different sizes");
  }
  double ab = 0;
  double aa = 0;
  double bb = 0;
  Comparison result;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = a[i];
    const double y = b[i];
    ab += x * y;
    aa += x * x;
    bb += y * y;
    result.greatestDifference = std::max(result.greatestDifference, std::fabs(x - y));
  }
  if (!std::isfinite(aa + bb)) {
    return {0, std::numeric_limits<double>::infinity()};
  }
  if (aa == 0 || bb == 0) {
    result.cosine = aa == bb ? 1 : 0;
  } else {
    result.cosine = ab / std::sqrt(aa * bb);
  }
  return result;
}

}  // namespace

std::vector<std::size_t> spreadOverLengths(std::span<const std::string> sequences,
                                           std::size_t count) {
  std::vector<std::size_t> order(sequences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return sequences[a].size() < sequences[b].size();
  });
  if (count == 0 || order.size() <= count) {
    order.resize(std::min(count, order.size()));
    return order;
  }
  std::vector<std::size_t> spread;
  for (std::size_t i = 0; i < count; ++i) {
    spread.push_back(order[count == 1 ? order.size() / 2 : i * (order.size() - 1) / (count - 1)]);
  }
  return spread;
}

Drift driftReport(std::span<const Embedding> measured, std::span<const Embedding> exact) {
  if (measured.size() != exact.size()) {
    throw Error(ErrorKind::Internal, "embeddings and their float32 selves differ in number");
  }
  Drift drift;
  drift.proteins = measured.size();
  double sum = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const Comparison comparison = compare(measured[i].values, exact[i].values);
    sum += comparison.cosine;
    drift.worstCosine = std::min(drift.worstCosine, comparison.cosine);
    drift.greatestDifference = std::max(drift.greatestDifference, comparison.greatestDifference);
  }
  if (drift.proteins > 0) {
    drift.meanCosine = sum / static_cast<double>(drift.proteins);
  }
  return drift;
}

CheckedBackbone::CheckedBackbone(std::unique_ptr<Backbone> inner, std::unique_ptr<Backbone> exact,
                                 std::size_t sample)
    : m_inner(std::move(inner)), m_exact(std::move(exact)), m_sample(sample) {
  if (m_inner->width() != m_exact->width()) {
    throw Error(ErrorKind::Internal, "a backbone and its float32 self have different widths");
  }
}

void CheckedBackbone::embed(const EmbedWork& work) {
  m_drift.reset();
  const auto sample = spreadOverLengths(work.sequences, m_sample);
  std::map<std::size_t, std::size_t> places;
  std::vector<std::string> sequences;
  for (const std::size_t index : sample) {
    places.emplace(index, sequences.size());
    sequences.push_back(work.sequences[index]);
  }
  std::vector<Embedding> measured(sample.size());
  EmbedWork inner = work;
  inner.take = [&](std::size_t index, Embedding&& embedding) {
    if (const auto place = places.find(index); place != places.end()) {
      measured[place->second] = embedding;
    }
    work.take(index, std::move(embedding));
  };
  m_inner->embed(inner);

  std::vector<Embedding> exact(sample.size());
  const auto take = [&](std::size_t index, Embedding&& embedding) {
    exact[index] = std::move(embedding);
  };
  ProgressSink progress;
  if (work.progress) {
    progress = [&](const Progress& done) {
      work.progress({"Comparing with fp32", done.done, done.total, done.unit});
    };
  }
  m_exact->embed({sequences, work.perResidue, take, progress, work.stop});
  m_drift = driftReport(measured, exact);
}

}  // namespace twofold::models
