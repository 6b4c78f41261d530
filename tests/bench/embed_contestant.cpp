// A contestant of embedding_contest.py and unirep_loop.py: embeds the proteins of a FASTA file once
// a line of input and prints residues and seconds as JSON. With --peak it first prints what the
// linear layers reach.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <map>

#include "core/base/error.h"
#include "core/formats/fasta.h"
#include "core/formats/safetensors.h"
#include "models/builtin_models.h"
#include "models/layers/linear.h"
#include "models/learning/assembly.h"
#include "models/learning/device.h"

using namespace twofold;

namespace {

struct Proteins {
  std::vector<std::string> ids;
  std::vector<std::string> sequences;
  std::int64_t residues = 0;
};

Proteins readProteins(const char* path) {
  Proteins proteins;
  formats::readFasta(path, [&](formats::FastaRecord&& record) {
    proteins.residues += static_cast<std::int64_t>(record.sequence.size());
    proteins.ids.push_back(std::move(record.id));
    proteins.sequences.push_back(std::move(record.sequence));
  });
  return proteins;
}

double wallSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// GFLOP/s of one frozen linear layer in the type, best of several.
double linearPeak(std::int64_t in, std::int64_t out, at::ScalarType type) {
  constexpr std::int64_t kRows = 4096;
  const c10::NoGradGuard noGradients;
  const auto options = at::TensorOptions().dtype(type);
  const models::FrozenLinear linear(at::randn({out, in}), at::randn({out}), {options});
  const at::Tensor rows = at::randn({kRows, in}).to(options);
  double best = 1e9;
  for (int i = 0; i < 30; ++i) {
    const double started = wallSeconds();
    static_cast<void>(linear(rows));
    best = std::min(best, wallSeconds() - started);
  }
  return 2e-9 * static_cast<double>(kRows * in * out) / best;
}

void write(const char* path, const Proteins& proteins,
           const std::vector<models::Embedding>& embeddings) {
  std::map<std::string, formats::TensorView> tensors;
  for (std::size_t i = 0; i < embeddings.size(); ++i) {
    const auto& values = embeddings[i].values;
    tensors[proteins.ids[i]] = {formats::TensorType::F32,
                                {static_cast<std::int64_t>(values.size())},
                                std::as_bytes(std::span(values))};
  }
  formats::writeSafetensors(path, tensors);
}

void serve(char** arguments) {
  const std::string precision = arguments[3];
  models::useThreads(std::atoi(arguments[4]));
  const Proteins proteins = readProteins(arguments[2]);
  const std::string folder = arguments[1];
  const bool isUnirep = std::filesystem::exists(folder + "/model_weights.npz");
  const auto backbone = models::makeBackbone(
      models::builtinParts(),
      {isUnirep ? "unirep" : "esm2", {{"weights", folder}, {"precision", precision}}}, "cpu");
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::vector<models::Embedding> embeddings(proteins.sequences.size());
    const double wall = wallSeconds();
    const double process = processSeconds();
    backbone->embed({proteins.sequences,
                     false,
                     [&](std::size_t i, models::Embedding&& e) { embeddings[i] = std::move(e); },
                     {},
                     {}});
    const double seconds = wallSeconds() - wall;
    const double ofProcess = processSeconds() - process;
    if (!line.empty()) {
      write(line.c_str(), proteins, embeddings);
    }
    fmt::print("{{\"seconds\": {}, \"process_seconds\": {}, \"residues\": {}}}\n", seconds,
               ofProcess, proteins.residues);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count == 4 && std::string_view(arguments[1]) == "--peak") {
      models::useThreads(0);
      for (const auto type : {at::kFloat, at::kBFloat16}) {
        fmt::print("{}\n", linearPeak(std::atoi(arguments[2]), std::atoi(arguments[3]), type));
      }
      return 0;
    }
    if (count != 5) {
      fmt::print(stderr,
                 "usage: embed_contestant FOLDER FASTA PRECISION THREADS | --peak IN OUT\n");
      return 2;
    }
    serve(arguments);
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
