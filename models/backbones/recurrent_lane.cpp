#include "models/backbones/recurrent_lane.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

#include "core/tokenizers/residue_tokenizer.h"

namespace twofold::models {

namespace {

/// Rows are computed in groups of this size, so that few shapes of matrix products come up.
constexpr std::int64_t kRowGroup = 16;

std::int64_t grouped(std::int64_t rows) {
  return (rows + kRowGroup - 1) / kRowGroup * kRowGroup;
}

}  // namespace

RecurrentLane::RecurrentLane(const RecurrentNetwork& network, LayerStates states, LaneWork work)
    : m_network(network), m_states(states), m_work(std::move(work)), m_capacity(places()) {
  for (const auto& layer : network.layers()) {
    m_layers.emplace_back(m_capacity, layer.units(), network.options());
  }
}

std::optional<std::int64_t> RecurrentLane::step() {
  if (!fillPlaces()) {
    return std::nullopt;
  }
  const std::int64_t read = readTokens();
  if (m_work.perResidue) {
    keepRows();
  }
  deliverEnded();
  return read;
}

/// No more than keep busy until the longest protein ends: products of many rows and then of few
/// take longer than as many of a middle size.
std::int64_t RecurrentLane::places() const {
  if (m_work.own.empty()) {
    return 0;
  }
  std::int64_t total = 0;
  for (const std::size_t sequence : m_work.own) {
    total += static_cast<std::int64_t>(m_work.sequences[sequence].size());
  }
  const auto longest = static_cast<std::int64_t>(m_work.sequences[m_work.own.front()].size());
  return grouped(std::min(m_work.mostPlaces, (total + longest - 1) / longest));
}

std::int64_t RecurrentLane::waitingBytes(std::size_t sequence) const {
  return m_work.perResidue
             ? static_cast<std::int64_t>(m_work.sequences[sequence].size()) *
                   m_network.width(m_states) * static_cast<std::int64_t>(sizeof(float))
             : 0;
}

/// False when there is nothing left to read.
bool RecurrentLane::fillPlaces() {
  while (m_next < m_work.own.size() && static_cast<std::int64_t>(m_places.size()) < m_capacity) {
    const std::size_t sequence = m_work.own[m_next];
    const std::int64_t bytes = waitingBytes(sequence);
    if (!m_places.empty() && m_openBytes + bytes > m_work.mostWaitingBytes) {
      break;
    }
    m_openBytes += bytes;
    ++m_next;
    for (auto& layer : m_layers) {
      layer.clear(static_cast<std::int64_t>(m_places.size()));
    }
    m_places.push_back({sequence, tokenizers::tokenizeUnirep(m_work.sequences[sequence]), 0, {}});
  }
  return !m_places.empty();
}

std::int64_t RecurrentLane::readTokens() {
  const std::int64_t rows = grouped(static_cast<std::int64_t>(m_places.size()));
  std::int64_t residues = 0;
  at::Tensor input = at::zeros({rows}, at::kLong);
  auto* const tokens = input.mutable_data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < m_places.size(); ++i) {
    residues += m_places[i].next == 0 ? 0 : 1;
    tokens[i] = m_places[i].tokens[m_places[i].next++];
  }
  input = input.to(m_network.options().device());
  for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
    m_network.layers()[layer].step(m_layers[layer], rows, input);
    input = m_layers[layer].hidden.narrow(0, 0, rows);
  }
  return residues;
}

/// [rows, width] of what `part` names in the layers that are asked for, as float32 on the CPU.
at::Tensor RecurrentLane::states(at::Tensor MlstmState::*part, std::int64_t begin,
                                 std::int64_t rows) const {
  std::vector<at::Tensor> parts;
  const std::size_t first = m_states == LayerStates::All ? 0 : m_layers.size() - 1;
  for (std::size_t layer = first; layer < m_layers.size(); ++layer) {
    parts.push_back((m_layers[layer].*part).narrow(0, begin, rows));
  }
  return at::cat(parts, 1).to(at::kCPU, at::kFloat).contiguous();
}

void RecurrentLane::keepRows() {
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

void RecurrentLane::deliverEnded() {
  for (std::size_t i = m_places.size(); i-- > 0;) {
    if (m_places[i].next == m_places[i].tokens.size()) {
      deliver(i);
      removePlace(i);
    }
  }
}

void RecurrentLane::deliver(std::size_t i) {
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
void RecurrentLane::removePlace(std::size_t i) {
  const std::size_t last = m_places.size() - 1;
  if (i != last) {
    for (auto& layer : m_layers) {
      layer.copy(static_cast<std::int64_t>(last), static_cast<std::int64_t>(i));
    }
    m_places[i] = std::move(m_places[last]);
  }
  m_places.pop_back();
}

}  // namespace twofold::models
