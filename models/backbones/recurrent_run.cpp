#include "models/backbones/recurrent_run.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/tokenizers/residue_tokenizer.h"
#include "models/backbones/embed_checks.h"

namespace twofold::models {

namespace {

/// Proteins at once: enough rows for the matrix products; a GPU needs more to hide its launches.
constexpr std::int64_t kCpuPlaces = 512;
constexpr std::int64_t kGpuPlaces = 2048;
/// Rows are computed in groups of this size, so that few shapes of matrix products come up.
constexpr std::int64_t kRowGroup = 16;
/// Residue vectors that wait for their protein's end.
constexpr std::int64_t kWaitingBytes = std::int64_t{256} << 20;
constexpr std::int64_t kStepsBetweenReports = 16;

/// One protein that is being read.
struct Place {
  std::size_t sequence = 0;
  std::vector<std::int64_t> tokens;  // the start token and its residues
  std::size_t next = 0;
  std::vector<float> rows;  // of the residues so far, when they are wanted
};

class Run {
 public:
  Run(const RecurrentNetwork& network, LayerStates states, const EmbedWork& work)
      : m_network(network),
        m_states(states),
        m_work(work),
        m_total(checkedResidues(work.sequences)),
        m_waiting(longestFirst(work.sequences)) {
    m_capacity = placesFor(network.options().device().is_cpu() ? kCpuPlaces : kGpuPlaces);
    for (const auto& layer : network.layers()) {
      m_layers.emplace_back(m_capacity, layer.units(), network.options());
    }
  }

  void run() {
    for (std::int64_t steps = 0; fillPlaces(); ++steps) {
      throwIfStopped(m_work.stop);
      step();
      if (m_work.perResidue) {
        keepRows();
      }
      deliverEnded();
      if (steps % kStepsBetweenReports == 0) {
        reportResidues(m_work.progress, m_done, m_total);
      }
    }
    reportResidues(m_work.progress, m_total, m_total);
  }

 private:
  /// The longest first, since the last one runs alone; from the back of the list.
  static std::vector<std::size_t> longestFirst(std::span<const std::string> sequences) {
    std::vector<std::size_t> order(sequences.size());
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
      return sequences[left].size() < sequences[right].size();
    });
    return order;
  }

  /// No more places than keep busy until the longest protein ends: products of many rows and then
  /// of few take longer than as many of a middle size.
  [[nodiscard]] std::int64_t placesFor(std::int64_t most) const {
    if (m_waiting.empty()) {
      return 0;
    }
    const auto longest = static_cast<std::int64_t>(m_work.sequences[m_waiting.back()].size());
    const std::int64_t busy = (m_total + longest - 1) / longest;
    return (std::min(most, busy) + kRowGroup - 1) / kRowGroup * kRowGroup;
  }

  [[nodiscard]] std::int64_t waitingBytes(std::size_t sequence) const {
    return m_work.perResidue
               ? static_cast<std::int64_t>(m_work.sequences[sequence].size()) *
                     m_network.width(m_states) * static_cast<std::int64_t>(sizeof(float))
               : 0;
  }

  /// False when there is nothing left to read.
  bool fillPlaces() {
    while (!m_waiting.empty() && static_cast<std::int64_t>(m_places.size()) < m_capacity) {
      const std::size_t sequence = m_waiting.back();
      const std::int64_t bytes = waitingBytes(sequence);
      if (!m_places.empty() && m_openBytes + bytes > kWaitingBytes) {
        break;
      }
      m_openBytes += bytes;
      m_waiting.pop_back();
      for (auto& layer : m_layers) {
        layer.clear(static_cast<std::int64_t>(m_places.size()));
      }
      m_places.push_back({sequence, tokenizers::tokenizeUnirep(m_work.sequences[sequence]), 0, {}});
    }
    return !m_places.empty();
  }

  void step() {
    const auto places = static_cast<std::int64_t>(m_places.size());
    const std::int64_t rows = (places + kRowGroup - 1) / kRowGroup * kRowGroup;
    at::Tensor input = at::zeros({rows}, at::kLong);
    auto* const tokens = input.mutable_data_ptr<std::int64_t>();
    for (std::size_t i = 0; i < m_places.size(); ++i) {
      m_done += m_places[i].next == 0 ? 0 : 1;
      tokens[i] = m_places[i].tokens[m_places[i].next++];
    }
    input = input.to(m_network.options().device());
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
      m_network.layers()[layer].step(m_layers[layer], rows, input);
      input = m_layers[layer].hidden.narrow(0, 0, rows);
    }
  }

  /// [places, width] of what `part` names in the layers that are asked for, as float32 on the CPU.
  [[nodiscard]] at::Tensor states(at::Tensor MlstmState::*part, std::int64_t begin,
                                  std::int64_t rows) const {
    std::vector<at::Tensor> parts;
    const std::size_t first = m_states == LayerStates::All ? 0 : m_layers.size() - 1;
    for (std::size_t layer = first; layer < m_layers.size(); ++layer) {
      parts.push_back((m_layers[layer].*part).narrow(0, begin, rows));
    }
    return at::cat(parts, 1).to(at::kCPU, at::kFloat).contiguous();
  }

  void keepRows() {
    const at::Tensor hidden =
        states(&MlstmState::hidden, 0, static_cast<std::int64_t>(m_places.size()));
    const auto width = static_cast<std::size_t>(hidden.size(1));
    const float* row = hidden.const_data_ptr<float>();
    for (Place& place : m_places) {
      if (place.next > 1) {  // the start token is no residue
        place.rows.insert(place.rows.end(), row, row + width);
      }
      row += width;
    }
  }

  void deliverEnded() {
    for (std::size_t i = m_places.size(); i-- > 0;) {
      if (m_places[i].next == m_places[i].tokens.size()) {
        deliver(i);
        removePlace(i);
      }
    }
  }

  void deliver(std::size_t i) {
    Place& place = m_places[i];
    if (m_work.perResidue) {
      m_openBytes -= waitingBytes(place.sequence);
      m_work.take(place.sequence,
                  {static_cast<std::int64_t>(place.tokens.size()) - 1, std::move(place.rows)});
      return;
    }
    const at::Tensor mean = states(&MlstmState::sum, static_cast<std::int64_t>(i), 1)
                                .div(static_cast<double>(place.tokens.size()));
    const float* begin = mean.const_data_ptr<float>();
    m_work.take(place.sequence, {0, {begin, begin + mean.numel()}});
  }

  /// The last place moves into the gap.
  void removePlace(std::size_t i) {
    const std::size_t last = m_places.size() - 1;
    if (i != last) {
      for (auto& layer : m_layers) {
        layer.copy(static_cast<std::int64_t>(last), static_cast<std::int64_t>(i));
      }
      m_places[i] = std::move(m_places[last]);
    }
    m_places.pop_back();
  }

  const RecurrentNetwork& m_network;
  LayerStates m_states;
  const EmbedWork& m_work;
  std::int64_t m_total;
  std::vector<std::size_t> m_waiting;
  std::int64_t m_capacity = 0;
  std::vector<MlstmState> m_layers;
  std::vector<Place> m_places;
  std::int64_t m_openBytes = 0;
  std::int64_t m_done = 0;
};

}  // namespace

RecurrentNetwork::RecurrentNetwork(const UnirepWeights& weights, const Arithmetic& arithmetic)
    : m_options(arithmetic.options) {
  for (const auto& layer : weights.layers) {
    m_layers.push_back(m_layers.empty() ? MlstmLayer(layer, weights.embedding, arithmetic)
                                        : MlstmLayer(layer, arithmetic));
  }
}

std::int64_t RecurrentNetwork::width(LayerStates states) const {
  const std::int64_t units = m_layers.back().units();
  return states == LayerStates::All ? units * static_cast<std::int64_t>(m_layers.size()) : units;
}

void embedRecurrently(const RecurrentNetwork& network, LayerStates states, const EmbedWork& work) {
  const c10::NoGradGuard noGradients;
  Run(network, states, work).run();
}

}  // namespace twofold::models
