#include "models/backbones/packed_backbone.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>
#include <utility>

#include "models/backbones/embed_checks.h"
#include "models/backbones/window_average.h"
#include "models/layers/pooling.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

/// Tokens of one batch: the CPU is busy with 4,096; a GPU needs more to hide its launches.
constexpr std::int64_t kCpuTokens = 4096;
constexpr std::int64_t kGpuTokens = 32768;

std::vector<float> toVector(const at::Tensor& tensor) {
  const at::Tensor values = tensor.to(at::kCPU, at::kFloat).contiguous();
  const float* begin = values.const_data_ptr<float>();
  return {begin, begin + values.numel()};
}

}  // namespace

/// One call of embed().
class PackedBackbone::Run {
 public:
  Run(const PackedSetup& setup, const EmbedWork& work);
  void batch(const std::vector<Piece>& pieces);
  [[nodiscard]] const std::vector<Piece>& all() const { return m_all; }

 private:
  /// What one piece gets of the batch's rows.
  struct Place {
    std::size_t sequence = 0;
    std::int64_t begin = 0;     // of the piece in its sequence
    std::int64_t firstRow = 0;  // of its tokens in the batch
    std::int64_t tokens = 0;
    std::vector<std::int64_t> rows;  // of its residues in the batch
  };

  void deliver(const std::vector<Place>& places, const at::Tensor& hidden);
  void deliverPooled(const std::vector<Place>& places, const at::Tensor& hidden);
  [[nodiscard]] RowRange pooledRange(const Place& place) const;
  [[nodiscard]] std::vector<float> residueRows(const Place& place, const at::Tensor& hidden) const;

  const PackedSetup& m_setup;
  const EmbedWork& m_work;
  std::vector<Piece> m_all;
  std::map<std::size_t, WindowAverage> m_open;  // sequences with windows still to come
};

PackedBackbone::Run::Run(const PackedSetup& setup, const EmbedWork& work)
    : m_setup(setup), m_work(work), m_all(pieces(work.sequences, setup.rule)) {
  std::map<std::size_t, std::int64_t> windows;
  for (const Piece& piece : m_all) {
    ++windows[piece.sequence];
  }
  for (const auto& [sequence, count] : windows) {
    if (count > 1) {
      const auto residues = static_cast<std::int64_t>(work.sequences[sequence].size());
      m_open.emplace(sequence, WindowAverage(residues, setup.network->width(), count));
    }
  }
}

void PackedBackbone::Run::batch(const std::vector<Piece>& pieces) {
  TokenBatch tokens;
  std::vector<Place> places;
  for (const Piece& piece : pieces) {
    auto text =
        std::string_view(m_work.sequences[piece.sequence])
            .substr(static_cast<std::size_t>(piece.begin), static_cast<std::size_t>(piece.length));
    auto tokenized = m_setup.tokenize(text);
    Place place = {piece.sequence, piece.begin, static_cast<std::int64_t>(tokens.ids.size()),
                   static_cast<std::int64_t>(tokenized.ids.size()), std::move(tokenized.rowOf)};
    for (auto& row : place.rows) {
      row += place.firstRow;
    }
    tokens.lengths.push_back(place.tokens);
    tokens.ids.insert(tokens.ids.end(), tokenized.ids.begin(), tokenized.ids.end());
    places.push_back(std::move(place));
  }
  deliver(places, m_setup.network->forward(tokens, m_work.stop));
}

void PackedBackbone::Run::deliver(const std::vector<Place>& places, const at::Tensor& hidden) {
  std::vector<Place> pooled;
  for (const Place& place : places) {
    const auto open = m_open.find(place.sequence);
    if (open != m_open.end()) {
      open->second.add(place.begin, residueRows(place, hidden));
      if (open->second.isComplete()) {
        m_work.take(place.sequence, open->second.result(m_work.perResidue));
        m_open.erase(open);
      }
    } else if (m_work.perResidue) {
      m_work.take(place.sequence,
                  {static_cast<std::int64_t>(place.rows.size()), residueRows(place, hidden)});
    } else {
      pooled.push_back(place);
    }
  }
  if (!pooled.empty()) {
    deliverPooled(pooled, hidden);
  }
}

void PackedBackbone::Run::deliverPooled(const std::vector<Place>& places,
                                        const at::Tensor& hidden) {
  std::vector<RowRange> ranges;
  for (const Place& place : places) {
    ranges.push_back(pooledRange(place));
  }
  const at::Tensor means = meanPooled(hidden, ranges).to(at::kCPU);
  for (std::size_t i = 0; i < places.size(); ++i) {
    m_work.take(places[i].sequence, {0, toVector(means[static_cast<std::int64_t>(i)])});
  }
}

RowRange PackedBackbone::Run::pooledRange(const Place& place) const {
  switch (m_setup.pooling) {
    case Pooling::First:
      return {place.firstRow, 1};
    case Pooling::Last:
      return {place.firstRow + place.tokens - 1, 1};
    case Pooling::Mean:
      if (!place.rows.empty()) {
        return {place.rows.front(), place.rows.back() - place.rows.front() + 1};
      }
      break;  // a text without a word
    case Pooling::Whole:
      break;
  }
  return {place.firstRow, place.tokens};
}

std::vector<float> PackedBackbone::Run::residueRows(const Place& place,
                                                    const at::Tensor& hidden) const {
  const auto& rows = place.rows;
  const auto count = static_cast<std::int64_t>(rows.size());
  if (count > 0 && rows.back() - rows.front() + 1 == count) {
    return toVector(hidden.narrow(0, rows.front(), count));
  }
  return toVector(hidden.index_select(0, at::tensor(rows, at::kLong).to(hidden.device())));
}

PackedBackbone::PackedBackbone(PackedSetup setup) : m_setup(std::move(setup)) {}

LengthLimit PackedBackbone::lengthLimit() const {
  return {m_setup.rule.limit, name(m_setup.rule.kind)};
}

void PackedBackbone::embed(const EmbedWork& work) {
  translated([&] { embedBatches(work); });
}

void PackedBackbone::embedBatches(const EmbedWork& work) const {
  const c10::NoGradGuard noGradients;
  const std::int64_t total = checkedResidues(work.sequences);
  Run run(m_setup, work);
  // Windows overlap, so progress counts what pieces cover and is brought to the residues in all.
  std::int64_t covered = 0;
  for (const Piece& piece : run.all()) {
    covered += piece.length;
  }
  std::int64_t done = 0;
  const bool onCpu = m_setup.network->device().is_cpu();
  for (const auto& batch : lengthBatches(run.all(), onCpu ? kCpuTokens : kGpuTokens)) {
    run.batch(batch);
    for (const Piece& piece : batch) {
      done += piece.length;
    }
    const double share = static_cast<double>(done) / static_cast<double>(covered);
    reportResidues(work.progress, static_cast<std::int64_t>(share * static_cast<double>(total)),
                   total);
  }
  reportResidues(work.progress, total, total);
}

}  // namespace twofold::models
