// Residues a second of pretraining, for pretrain_loop.py, which runs a PyTorch loop beside it.
// Arguments: FASTA LAYERS WIDTH HEADS SECONDS PARTNER_WEIGHT.
#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/formats/fasta.h"
#include "models/pretraining/pretrain.h"

namespace {

using namespace twofold;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double secondsBetween(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

models::PretrainRequest requestFrom(char** arguments) {
  models::PretrainRequest request;
  std::set<std::string> known;
  formats::readFasta(arguments[1], [&](formats::FastaRecord&& record) {
    if (known.insert(record.sequence).second) {
      request.sequences.push_back(std::move(record.sequence));
    }
  });
  request.settings.layers = std::atoll(arguments[2]);
  request.settings.width = std::atoll(arguments[3]);
  request.settings.heads = std::atoll(arguments[4]);
  request.settings.partnerWeight = std::atof(arguments[6]);
  request.settings.heldOutShare = 0;
  request.checkpointSeconds = 1e9;
  return request;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 7) {
    fmt::print("pretrain_contestant FASTA LAYERS WIDTH HEADS SECONDS PARTNER_WEIGHT\n");
    return 2;
  }
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);  // as the command does
  ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
  auto request = requestFrom(arguments);
  const double wanted = std::atof(arguments[5]);
  request.folder = fs::temp_directory_path() / fmt::format("twofold_pretrain_{}", ::getpid());

  constexpr int kWarmUp = 5;
  int steps = 0;
  std::int64_t firstDone = 0;
  std::int64_t done = 0;
  Clock::time_point first;
  Clock::time_point last;
  std::stop_source stop;
  models::PretrainObserver observer;
  observer.progress = [&](const Progress& progress) {
    if (progress.stage != "Pretraining") {
      return;
    }
    last = Clock::now();
    done = progress.done;
    if (++steps == kWarmUp) {
      first = last;
      firstDone = done;
    }
    if (steps > kWarmUp && secondsBetween(first, last) > wanted) {
      stop.request_stop();
    }
  };
  try {
    static_cast<void>(models::pretrain(request, observer, stop.get_token()));
  } catch (const StopRequested&) {
    // The measured time is over.
  }
  fs::remove_all(request.folder);
  fmt::print("{:.1f}\n", static_cast<double>(done - firstDone) / secondsBetween(first, last));
  return 0;
}
