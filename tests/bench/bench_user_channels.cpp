// What 1, 2, 4, 8 and 16 channels of the user's cost: training and scoring, beside a cost that
// grows with their number alone.   bench_user_channels [PROTEINS [PAIRS]]
#include <fmt/format.h>

#include <QTemporaryDir>
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/base/numbers.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;
using namespace twofold::models;

namespace {

constexpr std::int64_t kWidth = 64;  // numbers a protein
constexpr int kRounds = 3;           // the quickest counts: others share the machine

data::UserTable tableOf(std::size_t proteins, std::uint64_t seed) {
  Random random(seed);
  data::UserTable table;
  table.channel.width = kWidth;
  table.channel.hash = "bench";
  for (std::size_t i = 0; i < proteins; ++i) {
    table.rows.emplace_back();
    for (std::int64_t k = 0; k < kWidth; ++k) {
      table.rows.back().push_back(static_cast<float>(i % 2) + static_cast<float>(random.uniform()));
    }
  }
  return table;
}

TrainRequest requestOf(std::size_t channels, std::size_t proteins, std::size_t pairs,
                       const std::filesystem::path& folder) {
  auto request = toyRequest(folder);
  const auto count = static_cast<std::uint32_t>(proteins);
  request.proteins = toyProteins(proteins, 3);
  request.parts = {toyPairs(pairs, count, 1), toyPairs(pairs / 10, count, 2), {}};
  request.spec.training = {{"epochs", std::int64_t{1}}};
  request.spec.channels.clear();
  for (std::size_t c = 0; c < channels; ++c) {
    const auto id = fmt::format("user:t{}", c);
    request.spec.channels.push_back({id, {{data::kTableOption, std::string("bench")}}});
    request.proteins.tables[id] = tableOf(proteins, c);
  }
  return request;
}

template <class Work>
double quickest(const Work& work) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

struct Cost {
  double training = 0;  // seconds: inputs, one epoch, one measurement
  double scoring = 0;   // seconds, of as many pairs
};

Cost costOf(std::size_t channels, std::size_t proteins, std::size_t pairs) {
  const QTemporaryDir folder;
  const auto request = requestOf(channels, proteins, pairs, folder.path().toStdString());
  Cost cost;
  cost.training = quickest([&] { static_cast<void>(train(request, {}, {})); });
  Scorer scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1});
  static_cast<void>(scorer.addProteins(request.proteins));
  cost.scoring =
      quickest([&] { static_cast<void>(scorer.score(request.parts[0], scorer.channels())); });
  return cost;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto given = [&](int at, std::size_t otherwise) {
      return argc > at ? parseNumber<std::size_t>(argv[at]).value_or(otherwise) : otherwise;
    };
    const std::size_t proteins = given(1, 2000);
    const std::size_t pairs = given(2, 20'000);
    fmt::print("user channels  {} proteins, {} pairs, {} numbers a protein, one thread\n", proteins,
               pairs, kWidth);
    fmt::print("user channels  channels  epoch s  of linear  scoring s  of linear\n");
    Cost one;
    for (const std::size_t channels : {1, 2, 4, 8, 16}) {
      const auto cost = costOf(channels, proteins, pairs);
      if (channels == 1) {
        one = cost;
      }
      const auto linear = static_cast<double>(channels);
      fmt::print("user channels  {:8}  {:7.3f}  {:9.2f}  {:9.3f}  {:9.2f}\n", channels,
                 cost.training, cost.training / (linear * one.training), cost.scoring,
                 cost.scoring / (linear * one.scoring));
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_user_channels: {}\n", error.what());
    return 1;
  }
}
