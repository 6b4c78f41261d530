// How long the window takes to appear on a project of 163,192 pairs, and how long the pairs table
// takes to filter and sort them. Reads bernett/ of the shared data.
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>
#include <algorithm>
#include <functional>
#include <vector>

#include "core/imports/importers.h"
#include "ui/itemmodels/pair_table_model.h"
#include "ui/panels/pairs/pair_table_source.h"

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

}  // namespace

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  const QTemporaryDir folder;
  const QString project = folder.filePath("bernett");
  if (!importBernett(project)) {
    return 0;
  }
  measureTable(project);
  measureWindow(project);
  return 0;
}
