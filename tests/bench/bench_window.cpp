// How long the window takes to appear on a project of 163,192 pairs, and how long the pairs table
// takes to filter and sort them; how long 5,000 runs take to be listed. Reads bernett/ of the
// shared data.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>
#include <algorithm>
#include <functional>
#include <vector>

#include "core/imports/importers.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"
#include "ui/itemmodels/pair_table_model.h"
#include "ui/panels/pairs/pair_table_source.h"
#include "ui/panels/runs/runs_panel.h"

using namespace twofold;

namespace {

constexpr int kRounds = 7;

QTextStream& out() {
  static QTextStream stream(stdout);
  return stream;
}

double milliseconds(const std::function<void()>& work) {
  QElapsedTimer timer;
  timer.start();
  work();
  return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// The middle of several rounds.
double median(const std::function<double()>& measure) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    times.push_back(measure());
  }
  std::nth_element(times.begin(), times.begin() + kRounds / 2, times.end());
  return times[kRounds / 2];
}

void print(const QString& what, double value) {
  out() << QStringLiteral("%1 %2 ms").arg(what, -44).arg(value, 8, 'f', 1) << Qt::endl;
}

bool importBernett(const QString& folder) {
  const QDir data(QStringLiteral(TWOFOLD_SHARED_DATA "/bernett"));
  if (!data.exists()) {
    out() << "skipped: " << data.path() << " is not there" << Qt::endl;
    return false;
  }
  auto project = store::Project::openOrCreate(folder.toStdString());
  const std::vector<std::filesystem::path> fasta{data.filePath("proteins.fasta").toStdString()};
  print("import of the proteins",
        milliseconds([&] { std::ignore = imports::importProteins(project, fasta, {}); }));
  print("import of the 163,192 pairs", milliseconds([&] {
          const imports::PairImport request{data.filePath("train.tsv").toStdString(), "train", {}};
          std::ignore = imports::importPairs(project, request, {});
        }));
  return true;
}

void measureTable(const QString& folder) {
  ui::PairTable table;
  print("reading the table from the store", milliseconds([&] {
          table = ui::loadPairTable({folder.toStdString(), "train", {}}, {});
        }));
  // Made-up scores in no order: sorting equal ones would flatter.
  for (std::size_t i = 0; i < table.size(); ++i) {
    table.probability[i] = static_cast<float>(i * 7919 % 10'007) / 10'007.0F;
  }
  ui::PairTableModel model;
  model.setTable(table);
  const auto measure = [&](const QString& what, const ui::PairFilter& filter) {
    print(what, median([&] {
            model.setFilter({});
            return milliseconds([&] { model.setFilter(filter); });
          }));
  };
  measure("filter by text, sorted by nothing", {"P04", false, {}, false});
  measure("filter by a regular expression", {"^P0[1-9].*[A-F]", true, {}, false});
  measure("filter by label", {"", false, data::Label::Positive, false});
  for (int column = 0; column < model.columnCount(); ++column) {
    print("sort by " + model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
          median([&] {
            model.sort(-1, Qt::AscendingOrder);
            return milliseconds([&] { model.sort(column, Qt::DescendingOrder); });
          }));
  }
  model.sort(0, Qt::AscendingOrder);
  measure("filter by text, sorted by protein A", {"a", false, {}, false});
}

void measureWindow(const QString& folder) {
  std::vector<double> visible;
  std::vector<double> listed;
  for (int i = 0; i < kRounds; ++i) {
    QElapsedTimer timer;
    QProcess process;
    timer.start();
    process.start(QStringLiteral(TWOFOLD_WORKBENCH), {"--project", folder, "--time-start"});
    while (process.waitForReadyRead(30'000)) {
      while (process.canReadLine()) {
        auto& times = process.readLine().startsWith("window") ? visible : listed;
        times.push_back(static_cast<double>(timer.elapsed()));
      }
    }
    process.waitForFinished();
    if (process.exitCode() != 0) {
      out() << "twofold failed: " << process.readAllStandardError() << Qt::endl;
      return;
    }
  }
  const auto middle = [](std::vector<double>& times) {
    std::sort(times.begin(), times.end());
    return times.empty() ? 0.0 : times[times.size() / 2];
  };
  print("process start to window visible", middle(visible));
  print("process start to 163,192 pairs listed", middle(listed));
}

/// Copies of one measured run, made by one statement: as many durable commits would take minutes.
void makeRuns(store::Database& database, int count) {
  store::RunRepository repository(database);
  metrics::PartMetrics part;
  for (const auto& metric : metrics::metricCatalog()) {
    part.values[metric.id] = 0.5;
    part.intervals[metric.id] = {0.49, 0.51};
  }
  runs::RunSpec spec;
  spec.backbone.id = "composition";
  spec.channels = {{"sequence", {}}};
  const auto id = repository.create("many", runs::toJson(spec).dump(), "").id;
  repository.setPartMetrics(id, "validation", part);
  repository.setPartMetrics(id, "test", part);
  repository.setStatus(id, store::RunStatus::Done);
  store::Transaction transaction(database);
  database.execute(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
      std::to_string(count - 1) +
      ") INSERT INTO run (id, experiment, spec, split_hash, status, created, program_version) "
      "SELECT 'x' || i, 'many', spec, split_hash, status, created, program_version FROM run, n");
  database.execute(
      "INSERT OR IGNORE INTO part_metrics (run_key, part, metrics) SELECT r.key, p.part, "
      "p.metrics FROM run r, part_metrics p");
  transaction.commit();
}

void measureRuns(const QString& folder) {
  constexpr int kRuns = 5000;
  ui::Session session;
  session.setProject(
      std::make_unique<store::Project>(store::Project::openOrCreate(folder.toStdString())));
  makeRuns(session.project()->database(), kRuns);
  const ui::Theme theme(ui::ThemeMode::Light);
  ui::RunQueue queue;
  std::unique_ptr<ui::RunsPanel> panel;
  print("runs panel, 5,000 runs: GUI thread", milliseconds([&] {
          panel = std::make_unique<ui::RunsPanel>(session, theme, queue);
          panel->resize(1200, 600);
          panel->show();
        }));
  print("runs panel, 5,000 runs: until listed", milliseconds([&] {
          while (panel->isLoading()) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
          }
          panel->grab();
        }));
}

}  // namespace

int main(int argc, char** argv) {
  const QApplication application(argc, argv);
  const QTemporaryDir folder;
  measureRuns(folder.filePath("runs"));
  const QString project = folder.filePath("bernett");
  if (!importBernett(project)) {
    return 0;
  }
  measureTable(project);
  measureWindow(project);
  return 0;
}
