// How long filters over many runs take: 100,000 runs x 50 metrics, and opening 5,000 x 200 columns.
//   bench_tracking FOLDER [RUNS]     makes the projects in FOLDER where they are missing
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/base/random.h"
#include "core/runs/run_table.h"
#include "core/store/project.h"

using namespace twofold;

namespace {

constexpr int kRounds = 30;

double millisecondsOf(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

/// Median and worst of several rounds, and the processor time of one, which a busy machine leaves
/// nearly as it is.
void report(const char* what, const std::function<void()>& work) {
  std::vector<double> times;
  const auto begun = std::clock();
  for (int round = 0; round < kRounds; ++round) {
    times.push_back(millisecondsOf(work));
  }
  const double processor = 1000.0 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  std::sort(times.begin(), times.end());
  fmt::print("{:<62} median {:8.2f} ms, worst {:8.2f} ms, of the processor {:8.2f} ms\n", what,
             times[kRounds / 2], times.back(), processor / kRounds);
}

constexpr const char* kBackbones[] = {"composition", "esm2", "unirep", "protbert"};

std::string specOf(int run) {
  return fmt::format(
      R"({{"version":1,"experiment":"e{}","pairSet":"bernett","split":"gold","backbone":{{"id":)"
      R"("{}","options":{{"layers":6}}}},"channels":[{{"id":"sequence","options":{{}}}}],"fusion":)"
      R"({{"id":"attention","options":{{}}}},"head":{{"id":"mlp","options":{{}}}},"training":)"
      R"({{"epochs":{},"learning_rate":0.001,"batch":256}},"seed":{},"device":"auto","threads":0}})",
      run % 20, kBackbones[run % 4], 5 + run % 30, run);
}

void insertRuns(store::Database& database, int runs) {
  auto insert = database.prepare(
      "INSERT INTO run (id, experiment, spec, split_hash, status, created, started, finished, "
      "program_version) VALUES (?, ?, ?, 'h', 'done', ?, ?, ?, '0.1.0')");
  for (int run = 0; run < runs; ++run) {
    const std::int64_t at = 1'700'000'000 + run * 60;
    insert.bind(1, fmt::format("r{}", run))
        .bind(2, fmt::format("e{}", run % 20))
        .bind(3, specOf(run))
        .bind(4, at)
        .bind(5, at + 5)
        .bind(6, at + 50)
        .run();
  }
}

/// One column after the other, as the table lies.
void insertValues(store::Database& database, const std::string& name, int runs,
                  const std::function<void(store::Statement&, int)>& bindValue) {
  database.prepare("INSERT INTO run_column (name) VALUES (?)").bind(1, name).run();
  const auto column = database.lastInsertKey();
  auto insert = database.prepare("INSERT INTO run_value VALUES (?, ?, ?)");
  for (int run = 0; run < runs; ++run) {
    insert.bind(1, column).bind(2, std::int64_t{run} + 1);
    bindValue(insert, run);
    insert.run();
  }
}

void fill(store::Database& database, int runs, int metrics) {
  Random random(1);
  store::Transaction transaction(database);
  insertRuns(database, runs);
  insertValues(database, "params.backbone", runs, [](store::Statement& statement, int run) {
    statement.bind(3, std::string_view(kBackbones[run % 4]));
  });
  insertValues(database, "params.training.epochs", runs, [](store::Statement& statement, int run) {
    statement.bind(3, std::int64_t{5 + run % 30});
  });
  for (int metric = 0; metric < metrics; ++metric) {
    const auto name = metric == 0 ? std::string("metrics.validation.auprc")
                                  : fmt::format("metrics.validation.m{:02}", metric);
    insertValues(database, name, runs,
                 [&](store::Statement& statement, int) { statement.bind(3, random.uniform()); });
  }
  transaction.commit();
}

store::Project filled(const std::filesystem::path& folder, int runs, int metrics) {
  auto project = store::Project::openOrCreate(folder);
  auto count = project.database().prepare("SELECT count(*) FROM run");
  if (count.step() && count.integer(0) == 0) {
    count.reset();
    const double took = millisecondsOf([&] { fill(project.database(), runs, metrics); });
    project.database().checkpoint();
    fmt::print("{}: {} runs x {} metrics written in {:.1f} s\n", folder.string(), runs, metrics,
               took / 1000);
  }
  return project;
}

void measureQueries(store::Project& project) {
  auto& database = project.database();
  std::string every = "id, status, params.backbone, params.training.epochs";
  for (const auto& name : store::RunColumns(database).names()) {
    every += name.starts_with("metrics.") && !name.starts_with("metrics.test.") ? ", " + name : "";
  }
  const runs::RunQuery query{"metrics.auprc > 0.6 and params.backbone = 'esm2'", every,
                             "metrics.m07 desc", false, 50};
  report("filter, sort, first page of 50 with every metric, project just opened", [&] {
    auto opened = store::Project::open(project.folder());
    store::RunColumns columns(opened.database());
    static_cast<void>(runs::listRuns(opened.database(), columns, query));
  });
  report("the same, columns of filter and sort not read yet", [&] {
    store::RunColumns columns(database);
    static_cast<void>(runs::listRuns(database, columns, query));
  });
  store::RunColumns columns(database);
  report("filter and sort alone, columns read before",
         [&] { static_cast<void>(runs::findRuns(columns, query)); });
  report("the same, columns read before",
         [&] { static_cast<void>(runs::listRuns(database, columns, query)); });
  const runs::RunQuery harder{
      "(metrics.auprc > 0.2 or params.backbone like 'uni%') and not metrics.m03 < metrics.m04",
      every, "metrics.auprc - metrics.m07 desc", false, 50};
  report("or, not, like, two metrics compared, sorted by a formula",
         [&] { static_cast<void>(runs::listRuns(database, columns, harder)); });
}

void measureOpening(const std::filesystem::path& folder) {
  static_cast<void>(filled(folder, 5'000, 200));
  report("5,000 runs x 200 columns opened", [&] {
    auto project = store::Project::open(folder);
    store::RunColumns columns(project.database());
    std::vector<std::string> names;
    for (const auto& name : columns.names()) {
      if (names.size() < 200 && !name.starts_with("metrics.test.")) {
        names.push_back(name);
      }
    }
    const auto table = runs::tableOf(project.database(), columns, {}, names);
    if (table.ids.size() != 5'000 || table.columns.size() != 200) {
      throw Error(ErrorKind::Internal, "another table than was asked for");
    }
  });
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : "";
  const auto runs = argc > 2 ? parseNumber<int>(argv[2]).value_or(0) : 100'000;
  if (folder.empty() || runs < 1) {
    fmt::print("bench_tracking FOLDER [RUNS]\n");
    return 2;
  }
  auto project = filled(folder / fmt::format("runs-{}", runs), runs, 50);
  measureQueries(project);
  measureOpening(folder / "wide");
  return 0;
}
