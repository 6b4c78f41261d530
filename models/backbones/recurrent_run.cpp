#include "models/backbones/recurrent_run.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

#include "models/backbones/embed_checks.h"
#include "models/backbones/recurrent_lane.h"

namespace twofold::models {

namespace {

/// Proteins at once: enough rows for the matrix products; a GPU needs more to hide its launches.
constexpr std::int64_t kCpuPlaces = 512;
constexpr std::int64_t kLanePlaces = 128;
constexpr std::int64_t kGpuPlaces = 2048;
/// Of residue vectors of proteins that are being read, all lanes together.
constexpr std::int64_t kWaitingBytes = std::int64_t{256} << 20;
constexpr std::int64_t kStepsBetweenReports = 16;

/// Brings what the lanes make to the thread that asked for it, between the steps of its own lane;
/// when that has ended, the rest waits for the other lanes' end, which is not far.
class Delivery {
 public:
  explicit Delivery(const EmbedWork& work)
      : m_work(work), m_total(checkedResidues(work.sequences)) {}

  void put(std::size_t sequence, Embedding&& embedding) {
    const std::lock_guard lock(m_mutex);
    m_made.emplace_back(sequence, std::move(embedding));
  }
  void read(std::int64_t residues) { m_read += residues; }
  /// The other lanes need not go on.
  void giveUp() { m_isGivenUp = true; }
  [[nodiscard]] bool isGivenUp() const { return m_isGivenUp; }
  [[nodiscard]] bool isCaller() const { return std::this_thread::get_id() == m_caller; }

  /// The caller's thread alone.
  void handOn() {
    std::vector<std::pair<std::size_t, Embedding>> made;
    {
      const std::lock_guard lock(m_mutex);
      made.swap(m_made);
    }
    for (auto& [sequence, embedding] : made) {
      m_work.take(sequence, std::move(embedding));
    }
    reportResidues(m_work.progress, m_read, m_total);
  }

 private:
  const EmbedWork& m_work;
  std::int64_t m_total;
  std::thread::id m_caller = std::this_thread::get_id();
  std::mutex m_mutex;
  std::vector<std::pair<std::size_t, Embedding>> m_made;
  std::atomic<std::int64_t> m_read = 0;
  std::atomic<bool> m_isGivenUp = false;
};

/// The longest first, each to the lane that has the fewest residues so far: so lanes end together,
/// and the same protein always comes to the same lane.
std::vector<std::vector<std::size_t>> shares(std::span<const std::string> sequences,
                                             std::size_t lanes) {
  std::vector<std::size_t> order(sequences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return sequences[left].size() > sequences[right].size();
  });
  std::vector<std::vector<std::size_t>> own(lanes);
  std::vector<std::size_t> residues(lanes, 0);
  for (const std::size_t sequence : order) {
    const auto lane = static_cast<std::size_t>(std::min_element(residues.begin(), residues.end()) -
                                               residues.begin());
    own[lane].push_back(sequence);
    residues[lane] += sequences[sequence].size();
  }
  return own;
}

/// A thread has a lane of its own where a step is short, since threads that share a lane's products
/// wait for each other at every step. Those of wide layers are long, and better with more rows.
std::int64_t lanesFor(const RecurrentNetwork& network) {
  constexpr std::int64_t kWide = 1024;
  const bool isShared =
      !network.options().device().is_cpu() || network.layers().back().units() >= kWide;
  return isShared ? 1 : at::get_num_threads();
}

void runLane(const RecurrentNetwork& network, LayerStates states, LaneWork&& work,
             Delivery& delivery, const std::stop_token& stop) {
  const c10::NoGradGuard noGradients;  // of this thread
  try {
    RecurrentLane lane(network, states, std::move(work));
    for (std::int64_t steps = 0; !delivery.isGivenUp(); ++steps) {
      throwIfStopped(stop);
      const auto read = lane.step();
      if (!read) {
        return;
      }
      delivery.read(*read);
      if (delivery.isCaller() && steps % kStepsBetweenReports == 0) {
        delivery.handOn();
      }
    }
  } catch (...) {
    delivery.giveUp();
    throw;
  }
}

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
  const bool isCpu = network.options().device().is_cpu();
  const std::int64_t lanes = lanesFor(network);
  Delivery delivery(work);
  auto own = shares(work.sequences, static_cast<std::size_t>(lanes));
  const auto readLanes = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t lane = begin; lane < end; ++lane) {
      LaneWork share = {work.sequences,
                        std::move(own[static_cast<std::size_t>(lane)]),
                        work.perResidue,
                        isCpu ? std::max(kLanePlaces, kCpuPlaces / lanes) : kGpuPlaces,
                        kWaitingBytes / lanes,
                        [&](std::size_t sequence, Embedding&& embedding) {
                          delivery.put(sequence, std::move(embedding));
                        }};
      runLane(network, states, std::move(share), delivery, work.stop);
    }
  };
  try {
    at::parallel_for(0, lanes, 1, readLanes);
  } catch (const StopRequested&) {
    delivery.handOn();  // what is made is kept
    throw;
  }
  delivery.handOn();
}

}  // namespace twofold::models
