#include "models/backbones/packed_backbone.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>
#include <utility>

#include "models/backbones/embed_checks.h"
#include "models/backbones/window_average.h"
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

/// Adds sequences that nobody asked for, none longer than those at hand, so that batches come in
/// few sizes: oneDNN compiles its products for each, and the allocator finds blocks of the last
/// batch to use again.
void fillUp(TokenBatch& tokens) {
  constexpr std::int64_t kSizes = 64;
  const auto rows = static_cast<std::int64_t>(tokens.ids.size());
  if (rows <= kSizes || rows % kSizes == 0) {
    return;
  }
  const std::int64_t longest = *std::max_element(tokens.lengths.begin(), tokens.lengths.end());
  std::int64_t missing = kSizes - rows % kSizes;
  tokens.ids.resize(static_cast<std::size_t>(rows + missing), tokens.ids.back());
  for (; missing > 0; missing -= tokens.lengths.back()) {
    tokens.lengths.push_back(std::min(missing, longest));
  }
}

}  // namespace

RowRange pooledRows(const ResidueTokens& tokens, Pooling pooling) {
  const auto all = static_cast<std::int64_t>(tokens.ids.size());
  const auto& rows = tokens.rowOf;
  switch (pooling) {
    case Pooling::First:
      return {0, 1};
    case Pooling::Last:
      return {all - 1, 1};
    case Pooling::Mean:
      if (!rows.empty()) {
        return {rows.front(), rows.back() - rows.front() + 1};
      }
      break;
    case Pooling::Whole:
      break;
  }
  return {0, all};
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
    std::int64_t begin = 0;          // of the piece in its sequence
    std::vector<std::int64_t> rows;  // of its residues in the batch
    RowRange pooled;
  };

  void deliver(const std::vector<Place>& places, const at::Tensor& hidden);
  void addWindow(const Place& place, const std::vector<float>& rows);
  void deliverPooled(const std::vector<Place>& places, const at::Tensor& hidden);
  [[nodiscard]] std::vector<float> residueRows(const Place& place, const at::Tensor& hidden) const;

  const PackedSetup& m_setup;
  const EmbedWork& m_work;
  std::vector<Piece> m_all;
  std::map<std::size_t, std::int64_t> m_windows;  // of sequences that have several
  // Begun with the first window and dropped with the last: the windows of one sequence are
  // neighbours, so few are open at a time.
  std::map<std::size_t, WindowAverage> m_open;
};

PackedBackbone::Run::Run(const PackedSetup& setup, const EmbedWork& work)
    : m_setup(setup), m_work(work), m_all(pieces(work.sequences, setup.rule)) {
  for (const Piece& piece : m_all) {
    ++m_windows[piece.sequence];
  }
  std::erase_if(m_windows, [](const auto& entry) { return entry.second == 1; });
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
    const auto firstRow = static_cast<std::int64_t>(tokens.ids.size());
    Place place = {piece.sequence, piece.begin, {}, pooledRows(tokenized, m_setup.pooling)};
    place.pooled.begin += firstRow;
    place.rows = std::move(tokenized.rowOf);
    for (auto& row : place.rows) {
      row += firstRow;
    }
    tokens.lengths.push_back(static_cast<std::int64_t>(tokenized.ids.size()));
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
    if (m_windows.contains(place.sequence)) {
      addWindow(place, residueRows(place, hidden));
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

void PackedBackbone::Run::addWindow(const Place& place, const std::vector<float>& rows) {
  const auto residues = static_cast<std::int64_t>(m_work.sequences[place.sequence].size());
  const auto open = m_open
                        .try_emplace(place.sequence, residues, m_setup.network->width(),
                                     m_windows.at(place.sequence))
                        .first;
  open->second.add(place.begin, rows);
  if (open->second.isComplete()) {
    m_work.take(place.sequence, open->second.result(m_work.perResidue));
    m_open.erase(open);
  }
}

void PackedBackbone::Run::deliverPooled(const std::vector<Place>& places,
                                        const at::Tensor& hidden) {
  std::vector<RowRange> ranges;
  for (const Place& place : places) {
    ranges.push_back(place.pooled);
  }
  const at::Tensor means = meanPooled(hidden, ranges).to(at::kCPU);
  for (std::size_t i = 0; i < places.size(); ++i) {
    m_work.take(places[i].sequence, {0, toVector(means[static_cast<std::int64_t>(i)])});
  }
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
  return {m_setup.rule.limit, name(m_setup.rule.kind), m_setup.rule.tokens};
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
