#include "models/learning/shapley.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"

namespace twofold::models {

namespace {

constexpr int kMostPlayers = 24;
constexpr std::uint64_t kSeed = 13;

constexpr Coalition alone(int player) {
  return Coalition{1} << player;
}

constexpr Coalition everybody(int players) {
  return alone(players) - 1;
}

/// weights[s]: chance that exactly a given coalition of s others comes before a player.
std::vector<double> orderWeights(int players) {
  std::vector<double> weights(static_cast<std::size_t>(players), 1.0 / players);
  for (int size = 1; size < players; ++size) {
    const auto s = static_cast<std::size_t>(size);
    weights[s] = weights[s - 1] * size / (players - size);
  }
  return weights;
}

ShapleyShares exactShares(int players, const CoalitionWorths& worths) {
  std::vector<Coalition> coalitions(std::size_t{everybody(players)} + 1);
  std::iota(coalitions.begin(), coalitions.end(), Coalition{0});
  const auto worth = worths(coalitions);
  const auto weights = orderWeights(players);
  ShapleyShares shares{worth.front(), worth.back(), {}};
  for (int player = 0; player < players; ++player) {
    double value = 0;
    for (const Coalition others : coalitions) {
      if ((others & alone(player)) == 0) {
        value += weights[static_cast<std::size_t>(std::popcount(others))] *
                 (worth[others | alone(player)] - worth[others]);
      }
    }
    shares.players.push_back({value, 0});
  }
  return shares;
}

using Order = std::vector<int>;

/// Every permutation is followed by its reverse, whose error tends the other way.
std::vector<Order> sampledOrders(int players, int permutations) {
  Random random(kSeed);
  std::vector<Order> orders;
  Order order(static_cast<std::size_t>(players));
  std::iota(order.begin(), order.end(), 0);
  for (int i = 0; i < permutations; ++i) {
    random.shuffle(std::span(order));
    orders.push_back(order);
    orders.emplace_back(order.rbegin(), order.rend());
  }
  return orders;
}

std::map<Coalition, double> worthsAlong(const std::vector<Order>& orders,
                                        const CoalitionWorths& worths) {
  std::map<Coalition, double> known{{0, 0}};
  for (const Order& order : orders) {
    Coalition coalition = 0;
    for (const int player : order) {
      coalition |= alone(player);
      known.emplace(coalition, 0);
    }
  }
  std::vector<Coalition> asked;
  for (const auto& entry : known) {
    asked.push_back(entry.first);
  }
  const auto answers = worths(asked);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    known[asked[i]] = answers[i];
  }
  return known;
}

ShapleyShares sampledShares(int players, const CoalitionWorths& worths, int permutations) {
  const auto orders = sampledOrders(players, permutations);
  const auto worth = worthsAlong(orders, worths);
  std::vector<double> sums(static_cast<std::size_t>(players), 0);
  std::vector<double> squares(sums.size(), 0);
  for (std::size_t i = 0; i < orders.size(); i += 2) {
    std::vector<double> both(sums.size(), 0);  // of a permutation and its reverse
    for (const Order& order : {orders[i], orders[i + 1]}) {
      Coalition coalition = 0;
      for (const int player : order) {
        const double before = worth.at(coalition);
        coalition |= alone(player);
        both[static_cast<std::size_t>(player)] += (worth.at(coalition) - before) / 2;
      }
    }
    for (std::size_t p = 0; p < both.size(); ++p) {
      sums[p] += both[p];
      squares[p] += both[p] * both[p];
    }
  }
  const double draws = permutations;
  ShapleyShares shares{worth.at(0), worth.at(everybody(players)), {}};
  for (std::size_t p = 0; p < sums.size(); ++p) {
    const double mean = sums[p] / draws;
    const double variance = std::max(0.0, squares[p] / draws - mean * mean);
    shares.players.push_back({mean, std::sqrt(variance / std::max(1.0, draws - 1))});
  }
  return shares;
}

}  // namespace

ShapleyShares shapleyShares(int players, const CoalitionWorths& worths, int permutations) {
  if (players < 0 || players > kMostPlayers || permutations < 1) {
    throw Error(ErrorKind::Internal, "Shapley values are made of 0 to 24 players");
  }
  return players <= kExactPlayers ? exactShares(players, worths)
                                  : sampledShares(players, worths, permutations);
}

}  // namespace twofold::models
