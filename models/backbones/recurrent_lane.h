// One thread's share of the proteins: as many are read at once as there are places, and a place
// goes to the next protein as soon as its own has ended, so that nothing is computed for padding.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/backbones/recurrent_run.h"

namespace twofold::models {

/// What a lane reads and what it may keep.
struct LaneWork {
  std::span<const std::string> sequences;
  std::vector<std::size_t> own;  // of `sequences`, the longest first
  bool perResidue = false;
  std::int64_t mostPlaces = 0;
  std::int64_t mostWaitingBytes = 0;  // of residue vectors that wait for their protein's end
  std::function<void(std::size_t, Embedding&&)> take;
};

/// One thread.
class RecurrentLane {
 public:
  RecurrentLane(const RecurrentNetwork& network, LayerStates states, LaneWork work);

  /// Reads one residue of every protein that is open; returns how many, or nothing at the end.
  [[nodiscard]] std::optional<std::int64_t> step();

 private:
  /// One protein that is being read.
  struct Place {
    std::size_t sequence = 0;
    std::vector<std::int64_t> tokens;  // the start token and its residues
    std::size_t next = 0;
    std::vector<float> rows;  // of the residues so far, when they are wanted
  };

  [[nodiscard]] std::int64_t places() const;
  [[nodiscard]] std::int64_t waitingBytes(std::size_t sequence) const;
  bool fillPlaces();
  std::int64_t readTokens();
  void keepRows();
  void deliverEnded();
  void deliver(std::size_t i);
  void removePlace(std::size_t i);
  [[nodiscard]] at::Tensor states(at::Tensor MlstmState::*part, std::int64_t begin,
                                  std::int64_t rows) const;

  const RecurrentNetwork& m_network;
  LayerStates m_states;
  LaneWork m_work;
  std::size_t m_next = 0;  // of m_work.own
  std::int64_t m_capacity = 0;
  std::vector<MlstmState> m_layers;
  std::vector<Place> m_places;
  std::int64_t m_openBytes = 0;
};

}  // namespace twofold::models
