// Times the imports, reads and metrics that issue 1 sets figures for, on Bernett's data.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "core/base/random.h"
#include "core/data/evidence_rule.h"
#include "core/data/information_content.h"
#include "core/data/negatives.h"
#include "core/data/splitters.h"
#include "core/imports/importers.h"
#include "core/metrics/part_metrics.h"
#include "core/store/annotation_repository.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"

using namespace twofold;

namespace {

namespace fs = std::filesystem;

/// Runs `work` and prints its wall and processor time, which differ on a machine that is shared.
template <class Work>
auto timed(const char* name, const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t processorStart = std::clock();
  auto result = work();
  const double processor =
      static_cast<double>(std::clock() - processorStart) / static_cast<double>(CLOCKS_PER_SEC);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  fmt::print("figure {} seconds {:.3f} cpu {:.3f}\n", name, took.count(), processor);
  return result;
}

void measureMetrics(const data::Pairs& pairs) {
  Random random(1);
  std::vector<float> probabilities;
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
  constexpr std::size_t kValidationPairs = 59'260;
  for (std::size_t i = 0; i < std::min(kValidationPairs, pairs.size()); ++i) {
    const bool positive = pairs[i].label == data::Label::Positive;
    probabilities.push_back(static_cast<float>(random.uniform() * 0.9 + (positive ? 0.1 : 0.0)));
    labels.push_back(positive ? 1 : 0);
    a.push_back(pairs[i].a);
    b.push_back(pairs[i].b);
  }
  const auto made = timed("metrics-59260-pairs-200-resamples", [&] {
    return metrics::measure({probabilities, labels, a, b}, 0.5, {200, 1});
  });
  fmt::print("figure auroc-interval-width value {:.4f}\n",
             made.intervals.at("auroc").high - made.intervals.at("auroc").low);
}

/// The databases of r-bioc-org.hs.eg.db and r-bioc-go.db below `library`, where they are.
void measureAnnotations(store::Project& project, const fs::path& library) {
  const imports::AnnotationImport request{
      {library / "org.Hs.eg.db/extdata/org.Hs.eg.sqlite", library / "GO.db/extdata/GO.sqlite"},
      "default"};
  if (!fs::exists(request.files[0]) || !fs::exists(request.files[1])) {
    fmt::print("note no annotation databases in {}\n", library.string());
    return;
  }
  const auto report =
      timed("import-annotations", [&] { return imports::importAnnotations(project, request, {}); });
  fmt::print("figure kept-annotations-terms-edges count {}\n", report.kept);
  store::AnnotationRepository repository(project.database());
  const auto graph = timed("read-term-graph", [&] { return repository.graph(); });
  std::vector<data::ProteinKey> keys;
  for (const auto& [key, id] : store::ProteinRepository(project.database()).ids()) {
    keys.push_back(key);
  }
  const auto all = timed("read-annotations", [&] { return repository.load(keys); });
  timed("evidence-rule-default", [&] {
    const data::EvidenceFilter filter(data::EvidenceRule::Default, graph);
    std::vector<data::ProteinAnnotations> kept;
    for (const auto& protein : all) {
      kept.push_back(filter.apply(protein));
    }
    return kept;
  });
  timed("information-content", [&] { return data::informationContent(graph, all); });
}

int benchmark(const fs::path& data, const fs::path& folder, const fs::path& library) {
  auto project = store::Project::openOrCreate(folder);
  const std::vector<fs::path> fasta = {data / "proteins.fasta"};
  const auto proteins =
      timed("import-proteins-7997", [&] { return imports::importProteins(project, fasta, {}); });
  const auto report = timed("import-pairs-163192", [&] {
    return imports::importPairs(project, {data / "train.tsv", "train", {}}, {});
  });
  fmt::print("figure kept-proteins count {}\nfigure kept-pairs count {}\n", proteins.kept,
             report.kept);
  store::PairRepository repository(project.database());
  const auto set = repository.set("train");
  const auto pairs = timed("read-pairs", [&] { return repository.pairs(set.key); });
  timed("protein-summaries",
        [&] { return store::ProteinRepository(project.database()).summaries(); });
  data::SplitRequest request;
  request.pairs = pairs;
  const auto split =
      timed("split-random", [&] { return data::cutPairs("random", request).at(0).split; });
  timed("insert-split", [&] {
    store::Transaction transaction(project.database());
    const auto key = repository.insertSplit("random", set.key, split);
    transaction.commit();
    return key;
  });
  timed("degree-matched-negatives", [&] {
    data::Pairs positives;
    for (const auto& pair : pairs) {
      if (pair.label == data::Label::Positive) {
        positives.push_back(pair);
      }
    }
    Random random(1);
    return data::degreeMatchedNegatives(positives, random);
  });
  timed("checkpoint", [&] { return project.database().checkpoint(); });
  measureMetrics(pairs);
  measureAnnotations(project, library);
  return 0;
}

}  // namespace

/// bench_import [R's folder of packages]
int main(int count, char** arguments) {
  const fs::path library = count > 1 ? arguments[1] : "/usr/lib/R/site-library";
  const fs::path data = fs::path(TWOFOLD_SHARED_DATA) / "bernett";
  if (!fs::exists(data / "train.tsv")) {
    fmt::print("skipped: {} is not here\n", data.string());
    return 0;
  }
  const fs::path folder = fs::temp_directory_path() / fmt::format("twofold-bench-{}", ::getpid());
  int status = 1;
  try {
    status = benchmark(data, folder, library);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
  }
  fs::remove_all(folder);
  return status;
}
