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

/// Tokens of one batch. A CPU is busy with 4,096; wide networks get fewer, so that a layer, after
/// which a stop is looked for, takes about half a second on two cores. A GPU needs more to hide its
/// launches.
std::int64_t batchTokens(const TokenNetwork& network) {
  constexpr std::int64_t kGpuTokens = 32768;
  constexpr std::int64_t kMost = 4096;
  constexpr std::int64_t kLeast = 512;
  constexpr std::int64_t kLayerWork = 4'000'000'000;  // tokens times the width squared
  return network.device().is_cpu()
             ? std::clamp(kLayerWork / (network.width() * network.width()), kLeast, kMost)
             : kGpuTokens;
}

std::vector<float> toVector(const at::Tensor& tensor) {
  const at::Tensor values = tensor.to(at::kCPU, at::kFloat).contiguous();
  const float* begin = values.const_data_ptr<float>();
  return {begin, begin + values.numel()};
}

}  // namespace

/// Adds a sequence that nobody asked for, so that batches come in few sizes: oneDNN compiles its
/// products for each, and the allocator finds blocks of the last batch to use again.
void fillUp(TokenBatch& tokens) {
  constexpr std::int64_t kSizes = 64;
  const auto rows = static_cast<std::int64_t>(tokens.ids.size());
  if (rows > kSizes && rows % kSizes != 0) {
    tokens.lengths.push_back(kSizes - rows % kSizes);
    tokens.ids.resize(static_cast<std::size_t>(rows + tokens.lengths.back()), tokens.ids.back());
  }
}

/// One call of embed().
class PackedBackbone::Run {
 public:
  Run(const PackedSetup& setup, const EmbedWork& work);
  /// `layerDone` hears which share of the batch is done.
  void batch(const std::vector<Piece>& pieces, const std::function<void(double)>& layerDone);
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

void PackedBackbone::Run::batch(const std::vector<Piece>& pieces,
                                const std::function<void(double)>& layerDone) {
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
  fillUp(tokens);
  const auto layers = static_cast<double>(m_setup.network->layers());
  const auto sink = [&](std::int64_t layer, const at::Tensor& /*hidden*/) {
    layerDone(static_cast<double>(layer) / layers);
  };
  deliver(places, m_setup.network->forward(tokens, m_work.stop, sink));
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
  for (const auto& batch : lengthBatches(run.all(), batchTokens(*m_setup.network))) {
    std::int64_t inBatch = 0;
    for (const Piece& piece : batch) {
      inBatch += piece.length;
    }
    const auto report = [&](double shareOfBatch) {
      const double share =
          (static_cast<double>(done) + shareOfBatch * static_cast<double>(inBatch)) /
          static_cast<double>(covered);
      reportResidues(work.progress, static_cast<std::int64_t>(share * static_cast<double>(total)),
                     total);
    };
    run.batch(batch, report);
    done += inBatch;
  }
  reportResidues(work.progress, total, total);
}

}  // namespace twofold::models
