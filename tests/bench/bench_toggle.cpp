// Milliseconds from a channel toggle to the new probability, through a warm `serve` process.
#include <fmt/format.h>

#include <QProcess>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "worker_harness.h"

namespace {

using twofold::test::Json;
using twofold::test::MadeUpProject;

constexpr int kToggles = 200;

/// Sends one request and waits for its answer; the time in between.
double milliseconds(QProcess& serve, const Json& request) {
  const auto start = std::chrono::steady_clock::now();
  serve.write(QByteArray::fromStdString(request.dump() + "\n"));
  while (!serve.canReadLine()) {
    if (!serve.waitForReadyRead(30000)) {
      throw std::runtime_error("serve does not answer");
    }
  }
  const auto answer = Json::parse(serve.readLine().toStdString());
  if (answer.at("type") == "error") {
    throw std::runtime_error(answer.dump());
  }
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

int measure() {
  const MadeUpProject made;
  const auto trained = made.prepareWithStructures()
                           ? made.run(made.trainCommand("sequence,calpha", 2)).last()
                           : Json();
  if (trained.value("type", "") != "result") {
    fmt::print(stderr, "bench_toggle: the run to toggle could not be made: {}\n", trained.dump());
    return 1;
  }
  QProcess serve;
  made.start(serve, {"serve"});
  const auto run = trained.at("run").get<std::string>();
  const double load = milliseconds(serve, {{"id", 0}, {"type", "load"}, {"run", run}});
  Json request = {{"id", 1}, {"type", "score"}, {"run", run}, {"a", "p10"}, {"b", "p11"}};
  const double firstScore = milliseconds(serve, request);
  std::vector<double> toggles;
  for (int i = 0; i < kToggles; ++i) {
    request["channels"] = i % 2 == 0 ? Json({"sequence"}) : Json({"sequence", "calpha"});
    toggles.push_back(milliseconds(serve, request));
  }
  std::sort(toggles.begin(), toggles.end());
  fmt::print("channel toggle  median {:.2f} ms, slowest of {} {:.2f} ms (goal: at most 50 ms)\n",
             toggles[toggles.size() / 2], toggles.size(), toggles.back());
  fmt::print("channel toggle  loading the run {:.0f} ms, first score of a pair {:.2f} ms\n", load,
             firstScore);
  serve.closeWriteChannel();
  serve.waitForFinished();
  return 0;
}

}  // namespace

int main() {
  try {
    return measure();
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_toggle: {}\n", error.what());
    return 1;
  }
}
