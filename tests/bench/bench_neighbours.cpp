// Neighbour search at the size of Swiss-Prot: the exact search of one query and of many beside
// FAISS's flat index as it comes, in one process with as many threads, and what FAISS's HNSW would
// give. Vectors are drawn in clusters around a common mean, as embeddings lie.
// On a shared machine OMP_WAIT_POLICY=passive is fair to FAISS, whose threads else spin.
// bench_neighbours [VECTORS [WIDTH [HNSW_VECTORS]]]
#include <faiss/IndexFlat.h>
#include <faiss/IndexHNSW.h>
#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/retrieval/vector_index.h"

extern "C" void openblas_set_num_threads(int threads);

using namespace twofold;

namespace {

constexpr std::size_t kNeighbours = 100;
constexpr std::size_t kSingles = 15;
constexpr std::size_t kTogether = 512;

double processMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

double milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

/// Wall-clock time, and CPU time over the threads: what the wall would say of an idle machine.
struct Cost {
  std::vector<double> wall;
  std::vector<double> processor;

  void add(const std::function<void()>& work) {
    const double before = processMilliseconds();
    wall.push_back(milliseconds(work));
    processor.push_back((processMilliseconds() - before) / omp_get_max_threads());
  }
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// `count` vectors in `clusters` clusters; the same centres for the same seed.
std::vector<float> drawn(std::size_t count, std::size_t width, std::uint64_t seed) {
  constexpr std::size_t kClusters = 2000;
  Random centre(1);
  std::vector<float> centres(kClusters * width);
  for (float& value : centres) {
    value = static_cast<float>(0.5 + centre.normals().first);
  }
  Random random(seed);
  std::vector<float> values(count * width);
  for (std::size_t i = 0; i < count; ++i) {
    const float* from = centres.data() + random.below(kClusters) * width;
    const double spread = 0.2 + 0.6 * random.uniform();
    for (std::size_t d = 0; d < width; d += 2) {
      const auto [first, second] = random.normals();
      values[i * width + d] = from[d] + static_cast<float>(spread * first);
      if (d + 1 < width) {
        values[i * width + d + 1] = from[d + 1] + static_cast<float>(spread * second);
      }
    }
  }
  return values;
}

struct Answers {
  std::vector<float> distances;
  std::vector<faiss::Index::idx_t> labels;
};

Answers ask(const faiss::Index& index, const float* queries, std::size_t count) {
  Answers answers{std::vector<float>(count * kNeighbours),
                  std::vector<faiss::Index::idx_t>(count * kNeighbours)};
  index.search(static_cast<faiss::Index::idx_t>(count), queries, kNeighbours,
               answers.distances.data(), answers.labels.data());
  return answers;
}

/// The part of the exact neighbours that is among the labels.
double recall(const std::vector<retrieval::Neighbour>& exact, const Answers& answers) {
  std::size_t found = 0;
  for (std::size_t first = 0; first < exact.size(); first += kNeighbours) {
    const auto begin = answers.labels.begin() + static_cast<std::ptrdiff_t>(first);
    const std::set<faiss::Index::idx_t> labels(begin,
                                               begin + static_cast<std::ptrdiff_t>(kNeighbours));
    for (std::size_t i = first; i < first + kNeighbours; ++i) {
      found += labels.count(exact[i].index);
    }
  }
  return static_cast<double>(found) / static_cast<double>(exact.size());
}

struct Contest {
  const retrieval::VectorIndex& ours;
  const faiss::IndexFlatL2& plain;
  const std::vector<float>& queries;
  std::size_t width;
};

void print(const char* what, const Cost& cost, double queries) {
  fmt::print("  {:12} {:8.2f} ms a query (best {:.2f}), {:8.2f} ms of CPU time a thread\n", what,
             median(cost.wall) / queries, *std::ranges::min_element(cost.wall) / queries,
             median(cost.processor) / queries);
}

void printRatios(const Cost& ours, const Cost& plain, double agreement) {
  fmt::print(
      "  FAISS flat / exact: {:.2f} of the wall, {:.2f} of CPU time; recall of FAISS {:.4f}\n",
      median(plain.wall) / median(ours.wall), median(plain.processor) / median(ours.processor),
      agreement);
}

/// `count` queries at once, `turns` times.
void compare(const Contest& contest, std::size_t count, std::size_t turns) {
  Cost ours;
  Cost plain;
  double agreement = 0;
  for (std::size_t turn = 0; turn < turns; ++turn) {
    const auto queries =
        std::span(contest.queries)
            .subspan(turn * count % kTogether * contest.width, count * contest.width);
    std::vector<retrieval::Neighbour> found;
    Answers answers;
    openblas_set_num_threads(1);  // the search shares queries among threads, not products
    ours.add([&] { found = contest.ours.search({{queries, contest.width}, kNeighbours, {}, 0}); });
    openblas_set_num_threads(omp_get_max_threads());
    plain.add([&] { answers = ask(contest.plain, queries.data(), count); });
    agreement += recall(found, answers) / static_cast<double>(turns);
  }
  fmt::print("{} at once, median of {}\n", count, turns);
  print("exact", ours, static_cast<double>(count));
  print("FAISS flat", plain, static_cast<double>(count));
  printRatios(ours, plain, agreement);
}

/// What an approximate index would cost and miss, on the first `count` vectors.
void measureHnsw(const Contest& contest, std::size_t count) {
  const retrieval::VectorsView some{contest.ours.vectors().values.first(count * contest.width),
                                    contest.width};
  const retrieval::VectorIndex exact(some, retrieval::Distance::SquaredL2);
  faiss::IndexHNSWFlat graph(static_cast<int>(contest.width), 32);
  graph.hnsw.efConstruction = 200;
  const double built =
      milliseconds([&] { graph.add(static_cast<faiss::Index::idx_t>(count), some.values.data()); });
  fmt::print("\nHNSW (32 links, efConstruction 200) of {} vectors: built in {:.1f} s\n", count,
             1e-3 * built);
  constexpr std::size_t kAsked = 100;
  const auto found =
      exact.search({{std::span(contest.queries).first(kAsked * contest.width), contest.width},
                    kNeighbours,
                    {},
                    0});
  const auto one = milliseconds([&] {
    (void)exact.search(
        {{std::span(contest.queries).first(contest.width), contest.width}, kNeighbours, {}, 0});
  });
  for (const int breadth : {128, 256, 512, 1024}) {
    graph.hnsw.efSearch = breadth;
    Answers answers{std::vector<float>(kAsked * kNeighbours), {}};
    answers.labels.resize(answers.distances.size());
    const double asked = milliseconds([&] {
      for (std::size_t i = 0; i < kAsked; ++i) {
        graph.search(1, contest.queries.data() + i * contest.width, kNeighbours,
                     answers.distances.data() + i * kNeighbours,
                     answers.labels.data() + i * kNeighbours);
      }
    });
    fmt::print("  efSearch {:5}: {:6.2f} ms a query (exact {:.2f}), recall@{} {:.4f}\n", breadth,
               asked / kAsked, one, kNeighbours, recall(found, answers));
  }
}

std::size_t argument(std::span<char*> arguments, std::size_t index, std::size_t otherwise) {
  return arguments.size() > index
             ? static_cast<std::size_t>(std::strtoull(arguments[index], nullptr, 10))
             : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  const std::size_t count = argument(arguments, 1, 573'000);
  const std::size_t width = argument(arguments, 2, 320);
  const std::size_t graphed = std::min(argument(arguments, 3, 50'000), count);
  for (const char* name : {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OMP_WAIT_POLICY"}) {
    fmt::print("{}: {}\n", name, std::getenv(name) == nullptr ? "unset" : std::getenv(name));
  }
  const auto values = drawn(count, width, 2);
  const auto queries = drawn(kTogether, width, 3);
  fmt::print("{} vectors of {} float32, {} nearest, {} threads\n", count, width, kNeighbours,
             omp_get_max_threads());
  std::optional<retrieval::VectorIndex> ours;
  const double built = milliseconds([&] {
    ours.emplace(retrieval::VectorsView{values, width}, retrieval::Distance::SquaredL2);
  });
  fmt::print("index built and hashed in {:.0f} ms\n\n", built);
  faiss::IndexFlatL2 plain(static_cast<faiss::Index::idx_t>(width));
  plain.add(static_cast<faiss::Index::idx_t>(count), values.data());
  const Contest contest{*ours, plain, queries, width};
  compare(contest, 1, kSingles);
  compare(contest, kTogether, 3);
  if (graphed > 0) {
    measureHnsw(contest, graphed);
  }
  return 0;
}
