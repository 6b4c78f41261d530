// bench: a benchmark from the user's files, trained and shown beside what was published.
#include <QDir>
#include <QFile>
#include <QTest>

#include "worker_harness.h"

using namespace twofold::test;

class TestBenchCommand : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    // Two of Guo's three splits, made up: proteins and pairs of the harness.
    QFile pairs(m_made.file("pairs.tsv"));
    QVERIFY(pairs.open(QIODevice::ReadOnly));
    QStringList lines = QString::fromUtf8(pairs.readAll()).split('\n', Qt::SkipEmptyParts);
    if (lines.first().startsWith("a")) {
      lines.removeFirst();
    }
    for (const char* split : {"random", "rewired"}) {
      QVERIFY(QDir().mkpath(m_made.file(split)));
      m_made.write(QString("%1/guo_train.tsv").arg(split), text(lines.mid(0, 150)));
      m_made.write(QString("%1/guo_test.tsv").arg(split), text(lines.mid(150)));
    }
  }

  void listSaysWhichFilesAreNeeded() {
    const auto list = m_made.run({"bench", "list"});
    QCOMPARE(list.exitCode, 0);
    const Json all = list.last().at("benchmarks");
    QCOMPARE(all.size(), std::size_t{3});
    QCOMPARE(all[0].at("id").get<std::string>(), std::string("bernett"));
    QCOMPARE(all[0].at("sets")[0].at("layouts")[0].at("files").size(), std::size_t{7});
    QVERIFY(all[0].at("link").get<std::string>().starts_with("https://"));
    QVERIFY(!all[0].at("licence").get<std::string>().empty());
  }

  void oneCommandTrainsAndShowsTheTable() {
    const auto bench = m_made.run(command());
    QVERIFY2(bench.exitCode == 0, bench.message().c_str());
    const Json rows = bench.last().at("rows");
    const auto of = [&](const std::string& set, bool published) {
      std::vector<Json> found;
      for (const auto& row : rows) {
        if (row.at("set") == set && row.at("published") == published) {
          found.push_back(row);
        }
      }
      return found;
    };
    for (const char* set : {"guo-random", "guo-rewired"}) {
      QCOMPARE(of(set, true).size(), std::size_t{1});
      QVERIFY(!of(set, true)[0].at("source").get<std::string>().empty());
      const auto own = of(set, false);
      QCOMPARE(own.size(), std::size_t{3});
      QVERIFY(own[1].at("model").get<std::string>().find("degree") != std::string::npos);
      for (const auto& row : own) {
        QCOMPARE(row.at("runs").size(), std::size_t{2});
        QCOMPARE(row.at("part").get<std::string>(), std::string("test"));
        QVERIFY(row.at("values").at("accuracy").is_number());
        const Json interval = row.at("ci").at("auprc");
        QVERIFY(interval[0].get<double>() <= interval[1].get<double>());
      }
    }
    const Json accuracy = of("guo-random", true)[0].at("ranges").at("accuracy");
    QVERIFY(accuracy[0].get<double>() < accuracy[1].get<double>());
    QCOMPARE(of("guo-partition", false).size(), std::size_t{0});  // its files are not there
    const auto table = m_made.run({"bench", "table", "guo"});
    QCOMPARE(table.last().at("rows").dump(), rows.dump());
    const auto again = m_made.run(command());  // nothing is trained twice
    QCOMPARE(again.last().at("rows").dump(), rows.dump());
  }

  void whatIsNotThereIsTold() {
    const auto unknown = m_made.run({"bench", "table", "gou"});
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY2(unknown.message().find("\"guo\"") != std::string::npos, unknown.message().c_str());
    const auto lacking =
        m_made.run({"bench", "import", "bernett", "--data", m_made.file("nowhere")});
    QCOMPARE(lacking.exitCode, 66);
    QVERIFY2(lacking.message().find("Intra1_pos_rr.txt") != std::string::npos,
             lacking.message().c_str());
    const auto untrained = m_made.run({"bench", "run", "dscript"});
    QCOMPARE(untrained.exitCode, 66);
    QVERIFY2(untrained.message().find("--data FOLDER") != std::string::npos,
             untrained.message().c_str());
  }

 private:
  [[nodiscard]] static std::string text(const QStringList& lines) {
    return (lines.join('\n') + '\n').toStdString();
  }
  [[nodiscard]] QStringList command() const {
    return {"bench",      "run",         "guo",     "--data", m_made.file(""),
            "--backbone", "composition", "--seeds", "2",      "--channels",
            "sequence",   "--threads",   "1",       "--set",  "training.epochs=2"};
  }

  MadeUpProject m_made;
};

QTEST_GUILESS_MAIN(TestBenchCommand)
#include "tst_bench_command.moc"
