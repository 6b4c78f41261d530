// The honest floor: composition and length on the leakage-reduced human pairs, three seeds.
// Trained on `train`, chosen and reported on `val`; a logistic regression gives .549 and .581.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>

#include "core/formats/fasta.h"
#include "core/formats/pair_table.h"
#include "models/learning/session.h"

namespace {

using namespace twofold;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

models::TrainRequest readBernett(const fs::path& folder) {
  models::TrainRequest request;
  std::map<std::string, std::uint32_t, std::less<>> indices;
  formats::readFasta(folder / "proteins.fasta", [&](formats::FastaRecord&& record) {
    indices.emplace(record.id, static_cast<std::uint32_t>(request.proteins.ids.size()));
    request.proteins.ids.push_back(std::move(record.id));
    request.proteins.sequences.push_back(std::move(record.sequence));
    request.proteins.chains.emplace_back();
  });
  const std::array<const char*, 2> files = {"train.tsv", "val.tsv"};
  for (std::size_t part = 0; part < files.size(); ++part) {
    formats::readPairTable(folder / files[part], {}, [&](const formats::PairRow& row) {
      request.parts[part].push_back(
          {indices.find(row.a)->second, indices.find(row.b)->second,
           row.label.value_or(false) ? data::Label::Positive : data::Label::Negative});
    });
  }
  return request;
}

void printRun(models::TrainRequest& request, std::uint64_t seed) {
  request.spec.seed = seed;
  const auto start = Clock::now();
  const auto result = models::train(request, {}, {});
  const auto& validation = result.parts.at("validation").metrics;
  const auto figure = [&](const char* metric) { return validation.values.at(metric); };
  const auto auprc = validation.intervals.at("auprc");
  fmt::print(
      "seed {}: accuracy {:.4f}  AUPRC {:.4f} [{:.3f}, {:.3f}]  AUROC {:.4f}  MCC {:.3f}  "
      "best epoch {} of {}  {:.1f} s with measuring\n",
      seed, figure("accuracy"), figure("auprc"), auprc.low, auprc.high, figure("auroc"),
      figure("mcc"), result.bestEpoch, result.epochs, secondsSince(start));
}

void printToggle(const models::TrainRequest& request) {
  models::Scorer scorer(request.checkpointFolder, request.cacheFolder, "cpu", 0);
  static_cast<void>(scorer.addProteins(request.proteins));
  const std::vector<models::IndexedPair> pair = {request.parts[1].front()};
  static_cast<void>(scorer.score(pair, scorer.channels()));
  constexpr int kCalls = 200;
  const auto start = Clock::now();
  for (int i = 0; i < kCalls; ++i) {
    static_cast<void>(scorer.score(pair, scorer.channels()));
  }
  fmt::print("one pair, warm: {:.3f} ms\n", secondsSince(start) / kCalls * 1000);
}

}  // namespace

/// Arguments are options of the run to try, as in training.epochs=20.
int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // each line at once, also into a file
  const fs::path data = fs::path(TWOFOLD_SHARED_DATA) / "bernett";
  if (!fs::exists(data / "train.tsv")) {
    fmt::print("bench_composition: {} is absent, nothing measured\n", data.string());
    return 0;
  }
  const fs::path folder = fs::temp_directory_path() / fmt::format("twofold_bench_{}", ::getpid());
  auto start = Clock::now();
  models::TrainRequest request = readBernett(data);
  fmt::print("read {} proteins, {} and {} pairs in {:.1f} s\n", request.proteins.ids.size(),
             request.parts[0].size(), request.parts[1].size(), secondsSince(start));
  request.spec.channels = {{"sequence", {}}};
  request.spec.device = "cpu";
  for (int i = 1; i < count; ++i) {
    runs::setOption(request.spec, arguments[i]);
  }
  request.checkpointFolder = folder / "checkpoints";
  request.cacheFolder = folder / "cache";
  for (const std::uint64_t seed : {1, 2, 3}) {
    printRun(request, seed);
  }
  printToggle(request);
  fs::remove_all(folder);
  return 0;
}
