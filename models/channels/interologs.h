// Evidence by neighbours (interologs; Walhout et al. 2000, Yu et al. 2004): do training proteins
// near A interact with training proteins near B? Torch-free.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/learning/channel_state.h"
#include "models/learning/session.h"

namespace twofold::models {

/// A training protein near another protein; `similarity` is 1 for the same vector, 0 for none.
struct Neighbour {
  std::uint32_t protein = 0;  // number among the training proteins
  float similarity = 0;
};

/// The labelled pairs of the training part as neighbour lists of a graph.
class TrainingGraph {
 public:
  TrainingGraph() = default;
  /// `pairs` name proteins by their numbers among `proteins` training proteins.
  TrainingGraph(std::size_t proteins, std::span<const IndexedPair> pairs);

  [[nodiscard]] std::size_t proteins() const { return m_begin.empty() ? 0 : m_begin.size() - 1; }
  /// Partners of a protein, ascending, positive or negative.
  struct Partner {
    std::uint32_t protein = 0;
    bool isPositive = false;
  };
  [[nodiscard]] std::span<const Partner> partners(std::uint32_t protein) const;

  void save(ChannelState& state) const;
  /// Throws Error(BadInput).
  [[nodiscard]] static TrainingGraph restored(const ChannelState& state);

 private:
  std::vector<std::int64_t> m_begin;  // of each protein's partners, and the end of the last's
  std::vector<Partner> m_partners;
};

inline constexpr std::size_t kInterologFeatures = 9;
using InterologFeatures = std::array<float, kInterologFeatures>;

/// The two proteins' neighbours, and their own numbers where they are training proteins themselves
/// (-1 where not): the label of the pair itself is never counted.
struct InterologQuery {
  std::span<const Neighbour> a;
  std::span<const Neighbour> b;
  std::int64_t ownA = -1;
  std::int64_t ownB = -1;
};

/// Computes features of one pair after the other; one thread.
class Interologs {
 public:
  /// Borrows `graph`.
  explicit Interologs(const TrainingGraph& graph);

  /// Weighted shares and amounts of positive and negative pairs between the neighbourhoods, with
  /// all neighbours and with the nearest ones counting most; the best single one of either kind;
  /// how near the nearest are. Equal for (a, b) and (b, a) to the last bit.
  [[nodiscard]] InterologFeatures describe(const InterologQuery& query);

 private:
  struct Sums;
  void collect(const InterologQuery& query, Sums& sums);

  const TrainingGraph& m_graph;
  std::vector<float> m_weights;  // of b's neighbours by number, 0 elsewhere
};

}  // namespace twofold::models
