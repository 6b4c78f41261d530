// Backbones on the leakage-reduced human pairs, three seeds, beside the honest floor, composition
// and length (of which a logistic regression makes .549 and .581): trained on `train`, chosen and
// reported on `val`, differences by a paired bootstrap over proteins.
//   bench_backbones [ID[,OPTION=VALUE]…]…   as in esm2,weights=/folder,precision=bf16
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/formats/fasta.h"
#include "core/formats/pair_table.h"
#include "core/metrics/paired_difference.h"
#include "core/runs/component_catalog.h"
#include "models/builtin_models.h"
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

/// One contestant's result for each seed.
using Results = std::vector<models::TrainResult>;

Results trained(models::TrainRequest& request) {
  Results results;
  for (const std::uint64_t seed : {1, 2, 3}) {
    request.spec.seed = seed;
    const auto start = Clock::now();
    results.push_back(models::train(request, {}, {}));
    const auto& validation = results.back().parts.at("validation").metrics;
    const auto figure = [&](const char* metric) { return validation.values.at(metric); };
    const auto auprc = validation.intervals.at("auprc");
    fmt::print(
        "  seed {}: accuracy {:.4f}  AUPRC {:.4f} [{:.3f}, {:.3f}]  AUROC {:.4f}  MCC {:.3f}  "
        "best epoch {} of {}  {:.1f} s with embedding and measuring\n",
        seed, figure("accuracy"), figure("auprc"), auprc.low, auprc.high, figure("auroc"),
        figure("mcc"), results.back().bestEpoch, results.back().epochs, secondsSince(start));
  }
  return results;
}

/// `second` minus `first`, seed by seed.
void printDifferences(const std::vector<models::IndexedPair>& pairs, const Results& first,
                      const Results& second) {
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
  for (const auto& pair : pairs) {
    labels.push_back(pair.label == data::Label::Positive ? 1 : 0);
    a.push_back(pair.a);
    b.push_back(pair.b);
  }
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto& before = first[i].parts.at("validation").probabilities;
    const auto& after = second[i].parts.at("validation").probabilities;
    const auto differences = metrics::pairedDifferences({before, labels, a, b}, first[i].threshold,
                                                        {after, second[i].threshold}, {1000, 1});
    fmt::print("  beside composition, seed {}:", i + 1);
    for (const char* metric : {"accuracy", "auprc", "auroc"}) {
      const auto& difference = differences.at(metric);
      fmt::print("  {} {:+.4f} [{:+.4f}, {:+.4f}]", metric, difference.value,
                 difference.interval->low, difference.interval->high);
    }
    fmt::print("\n");
  }
}

/// "ID,OPTION=VALUE,…"
void setBackbone(runs::RunSpec& spec, std::string_view text) {
  const auto end = text.find(',');
  spec.backbone = {std::string(text.substr(0, end)), {}};
  for (auto rest = end; rest != std::string_view::npos;) {
    const auto next = text.find(',', rest + 1);
    runs::setOption(spec, fmt::format("backbone.{}", text.substr(rest + 1, next - rest - 1)));
    rest = next;
  }
  runs::checkAgainst(models::builtinCatalog(), spec);
}

}  // namespace

int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // each line at once, also into a file
  const fs::path data = fs::path(TWOFOLD_SHARED_DATA) / "bernett";
  if (!fs::exists(data / "train.tsv")) {
    fmt::print("bench_backbones: {} is absent, nothing measured\n", data.string());
    return 0;
  }
  const fs::path folder = fs::temp_directory_path() / fmt::format("twofold_bench_{}", ::getpid());
  const auto start = Clock::now();
  models::TrainRequest request = readBernett(data);
  fmt::print("read {} proteins, {} and {} pairs in {:.1f} s\n", request.proteins.ids.size(),
             request.parts[0].size(), request.parts[1].size(), secondsSince(start));
  request.spec.channels = {{"sequence", {}}};
  request.spec.device = "cpu";
  request.checkpointFolder = folder / "checkpoints";
  request.cacheFolder = folder / "cache";
  try {
    fmt::print("composition\n");
    const Results floor = trained(request);
    for (int i = 1; i < count; ++i) {
      fmt::print("{}\n", arguments[i]);
      setBackbone(request.spec, arguments[i]);
      printDifferences(request.parts[1], floor, trained(request));
    }
  } catch (const Error& error) {
    fmt::print("{}\n", error.what());
    fs::remove_all(folder);
    return 1;
  }
  fs::remove_all(folder);
  return 0;
}
