// Pairs a second of the factorised head: all pairs of N proteins with the best 100 of each kept, in
// float32 and bfloat16, beside the same head as torch computes it, in batches of pairs. Each
// unordered pair counts once, though all-pairs looks at it from both sides.
// bench_all_pairs [PROTEINS [THREADS [HIDDEN [BILINEAR]]]]
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "models/allpairs/all_pairs.h"
#include "models/heads/factorised.h"

using namespace twofold;

namespace {

constexpr std::int64_t kWidth = 32;
constexpr std::int64_t kTop = 100;
constexpr std::int64_t kBatch = 4096;  // pairs in one of torch's products
constexpr std::int64_t kTorchPairs = 1 << 20;
constexpr int kTurns = 5;

struct Clock {
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
  std::clock_t cpuStarted = std::clock();

  [[nodiscard]] double wall() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  }
  /// Of all threads together.
  [[nodiscard]] double cpu() const {
    return static_cast<double>(std::clock() - cpuStarted) / CLOCKS_PER_SEC;
  }
};

/// "VmHWM" or "VmRSS" of this process in MB.
double memory(const std::string& what) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(what)) {
      return std::strtod(line.c_str() + what.size() + 1, nullptr) / 1024;
    }
  }
  return 0;
}

struct Rate {
  double wall = 0;  // pairs a second
  double cpu = 0;   // pairs a second of CPU time
};

Rate rateOf(double pairs, const Clock& clock) {
  return {pairs / clock.wall(), pairs / clock.cpu()};
}

Rate median(std::vector<Rate> rates) {
  const auto middle = [&](double Rate::*member) {
    std::sort(rates.begin(), rates.end(),
              [&](const Rate& a, const Rate& b) { return a.*member < b.*member; });
    return rates[rates.size() / 2].*member;
  };
  return {middle(&Rate::wall), middle(&Rate::cpu)};
}

using Lists = std::vector<std::vector<models::Partner>>;

Rate allPairsRate(const models::AllPairs& allPairs, const std::vector<std::uint32_t>& proteins,
                  int threads, Lists& lists) {
  models::AllPairsOptions options;
  options.top = kTop;
  options.threads = threads;
  const Clock clock;
  allPairs.score(proteins, options,
                 [&](std::uint32_t protein, std::span<const models::Partner> partners) {
                   lists[protein].assign(partners.begin(), partners.end());
                 });
  const auto n = static_cast<double>(proteins.size());
  return rateOf(n * (n - 1) / 2, clock);
}

/// Logits of random pairs as the pair model scores them: both proteins' vectors through the head.
Rate torchRate(models::FactorisedHead& head, const at::Tensor& vectors) {
  const Clock clock;
  for (std::int64_t begin = 0; begin < kTorchPairs; begin += kBatch) {
    const auto a = at::randint(vectors.size(0), {kBatch}, at::kLong);
    const auto b = at::randint(vectors.size(0), {kBatch}, at::kLong);
    static_cast<void>(
        head.forward(at::stack({vectors.index_select(0, a), vectors.index_select(0, b)})));
  }
  return rateOf(static_cast<double>(kTorchPairs), clock);
}

void print(const char* what, const Rate& rate, int threads) {
  fmt::print("{:34} {:9.1f} {:9.1f}\n", what, 1e-6 * rate.wall, 1e-6 * rate.cpu * threads);
}

/// Greatest difference from the head's own logits among the pairs that were kept, and the share of
/// neighbours in the lists that the head puts the other way round.
void compare(const char* what, models::FactorisedHead& head, const at::Tensor& vectors,
             const Lists& lists) {
  double greatest = 0;
  std::int64_t swapped = 0;
  std::int64_t neighbours = 0;
  for (std::int64_t protein = 0; protein < vectors.size(0); protein += 101) {
    const auto& list = lists[static_cast<std::size_t>(protein)];
    std::vector<std::int64_t> others;
    for (const auto& partner : list) {
      others.push_back(partner.protein);
    }
    const auto b = vectors.index_select(0, at::tensor(others, at::kLong));
    const auto logits =
        head.forward(at::stack({vectors[protein].expand_as(b).contiguous(), b})).contiguous();
    const float* direct = logits.const_data_ptr<float>();
    for (std::size_t i = 0; i < list.size(); ++i) {
      greatest = std::max(greatest, static_cast<double>(std::abs(list[i].logit - direct[i])));
      neighbours += i > 0 ? 1 : 0;
      swapped += i > 0 && direct[i] > direct[i - 1] ? 1 : 0;
    }
  }
  fmt::print(
      "{:5} beside the head in torch: logits differ by {:.1e} at most, {} of {} neighbours "
      "in the lists swapped\n",
      what, greatest, swapped, neighbours);
}

int numberAt(int argc, char** argv, int index, int otherwise) {
  return argc > index ? std::atoi(argv[index]) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const int proteins = numberAt(argc, argv, 1, 20000);
  const int threads = numberAt(argc, argv, 2, 2);
  const int hidden = numberAt(argc, argv, 3, 128);
  const int bilinear = numberAt(argc, argv, 4, 32);
  at::set_num_threads(threads);
  at::manual_seed(1);
  const c10::NoGradGuard noGradients;
  models::FactorisedHead head({kWidth, hidden, bilinear}, {0, nullptr});
  head.eval();
  const at::Tensor vectors = at::randn({proteins, kWidth});
  models::FactorisedTable table = head.emptyTable();
  head.addTo(table, vectors, proteins);
  const auto rows = models::allProteins(table);

  fmt::print(
      "{} proteins, width {}, {} hidden and {} bilinear units, best {} kept, {} threads, {} "
      "kernel, median of {}\n",
      proteins, kWidth, hidden, bilinear, kTop, threads,
      models::AllPairs::isFast() ? "AVX-512" : "portable", kTurns);
  const double before = memory("VmRSS");
  const models::AllPairs wide(table, rows, models::Precision::Fp32);
  const models::AllPairs narrow(table, rows, models::Precision::Bf16);
  Lists wideLists(rows.size());
  Lists narrowLists(rows.size());
  std::vector<Rate> rates[3];
  for (int turn = 0; turn < kTurns; ++turn) {
    rates[0].push_back(allPairsRate(wide, rows, threads, wideLists));
    rates[1].push_back(allPairsRate(narrow, rows, threads, narrowLists));
    if (turn == 0) {
      fmt::print("memory: {:.0f} MB before, {:.0f} MB at most with both precisions and lists\n",
                 before, memory("VmHWM"));
    }
    rates[2].push_back(torchRate(head, vectors));
  }
  fmt::print("{:34} {:>9} {:>9}\n", "million pairs a second", "wall", "CPU");
  print("all pairs, float32", median(rates[0]), threads);
  print("all pairs, bfloat16", median(rates[1]), threads);
  print("the head on pairs, torch float32", median(rates[2]), threads);
  compare("fp32", head, vectors, wideLists);
  compare("bf16", head, vectors, narrowLists);
  return 0;
}
