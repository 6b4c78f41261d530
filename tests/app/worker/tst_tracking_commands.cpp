// runs list, show, tag, note, baseline, diff, views, archive; export: what is kept of a run.
#include <QFile>
#include <QTest>

#include "worker_harness.h"

using namespace twofold::test;

class TestTrackingCommands : public QObject {
  Q_OBJECT

 private:
  MadeUpProject m_made;
  QString m_first;
  QString m_second;

  QString trained(const QString& seed) {
    auto command = m_made.trainCommand("sequence", 2);
    const auto result = m_made.run(command << "--seed" << seed);
    return QString::fromStdString(result.last().value("run", std::string()));
  }
  Json list(const QStringList& arguments) const {
    return m_made.run(QStringList{"runs", "list"} + arguments).last();
  }
  QStringList idsOf(const Json& listed) const {
    QStringList ids;
    for (const auto& row : listed.at("rows")) {
      ids << QString::fromStdString(row.at("run").get<std::string>());
    }
    return ids;
  }
  Json show(const QString& id) const { return m_made.run({"runs", "show", id}).last().at("run"); }
  static QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    m_first = trained("1");
    m_second = trained("2");
    QVERIFY(!m_first.isEmpty() && !m_second.isEmpty());
  }

  void aRunRecordsWhereItCameFrom() {
    const auto run = show(m_first);
    QCOMPARE(run.at("params").at("seed").get<int>(), 1);
    QVERIFY(run.at("params").contains("training.learning_rate"));  // a default
    QVERIFY(run.at("system").at("cores").get<int>() > 0);
    for (const auto* name : {"data", "split", "program"}) {
      QCOMPARE(run.at("hashes").at(name).get<std::string>().size(), std::size_t{64});
    }
    QCOMPARE(run.at("hashes").at("weights").get<std::string>(), std::string("composition-1"));
    std::string statuses;
    for (const auto& change : run.at("history")) {
      statuses += change.at("status").get<std::string>() + " ";
    }
    QCOMPARE(statuses, std::string("queued running done "));
    QVERIFY(run.at("artifacts").size() >= 2);
    QVERIFY(run.at("artifacts")[0].at("name").get<std::string>().starts_with("checkpoints/"));
  }

  void predictionsAreArtifactsToo() {
    const auto pairs = m_made.write("few.tsv", "p00\tp01\n");
    QCOMPARE(m_made
                 .run({"predict", "--run", m_second, "--pairs", pairs, "--out",
                       m_made.file("scores.tsv")})
                 .exitCode,
             0);
    QVERIFY(show(m_second).dump().find("predictions/scores.tsv") != std::string::npos);
  }

  void runsAreFilteredAndSorted() {
    QCOMPARE(idsOf(list({})), (QStringList{m_second, m_first}));
    QCOMPARE(idsOf(list({"--filter", "params.seed = 1 and params.backbone = 'composition'"})),
             QStringList{m_first});
    QCOMPARE(idsOf(list({"--sort", "params.seed", "asc"})), (QStringList{m_first, m_second}));
    const auto listed = list({"--columns", "params.seed * 10, status", "--limit", "1"});
    QCOMPARE(listed.at("matching").get<int>(), 2);
    QCOMPARE(listed.at("rows").size(), std::size_t{1});
    QCOMPARE(listed.at("rows")[0].at("values")[0].get<double>(), 20.0);
    const auto text = runWorker({"runs", "list", "--project", m_made.project(), "--limit", "1"});
    QVERIFY(text.out.find("1 of 2 runs that match") != std::string::npos);
  }

  void aTypoGetsTheNearestName() {
    const auto result = m_made.run({"runs", "list", "--filter", "metrics.auprk > 0.6"});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.message().find("did you mean \"metrics.auprc\"") != std::string::npos,
             result.message().c_str());
  }

  void marksAreFoundAgain() {
    QCOMPARE(m_made.run({"runs", "tag", m_first, "fold=3", "=cmd=<b>"}).exitCode, 2);
    QCOMPARE(m_made.run({"runs", "tag", m_first, "fold=3", "kind=<b>"}).exitCode, 0);
    QCOMPARE(m_made.run({"runs", "note", m_first, "=HYPERLINK(\"x\")\nnext"}).exitCode, 0);
    QCOMPARE(m_made.run({"runs", "favourite", m_first}).exitCode, 0);
    QCOMPARE(idsOf(list({"--filter", "tags.fold = '3' and favourite = true"})),
             QStringList{m_first});
    const auto text =
        runWorker({"runs", "list", "--project", m_made.project(), "--columns", "note, tags.kind"});
    QVERIFY(text.out.find("=HYPERLINK(\"x\") next") != std::string::npos);
    QCOMPARE(m_made.run({"runs", "untag", m_first, "fold"}).exitCode, 0);
    const auto gone = m_made.run({"runs", "untag", m_first, "knd"});
    QVERIFY(gone.message().find("did you mean \"kind\"") != std::string::npos);
  }

  void archivedRunsComeBack() {
    QCOMPARE(m_made.run({"runs", "archive", m_first}).exitCode, 0);
    QCOMPARE(idsOf(list({})), QStringList{m_second});
    QCOMPARE(idsOf(list({"--archived"})).size(), 2);
    QCOMPARE(m_made.run({"runs", "restore", m_first}).exitCode, 0);
    QCOMPARE(idsOf(list({})).size(), 2);
  }

  void differencesFromTheBaselineAreShown() {
    QCOMPARE(m_made.run({"runs", "baseline", m_first}).exitCode, 0);
    const auto listed = list({"--columns", "metrics.auprc", "--sort", "params.seed"});
    QVERIFY(listed.at("rows")[0].at("baseline").get<bool>());
    const double first = listed.at("rows")[0].at("values")[0];
    const double second = listed.at("rows")[1].at("values")[0];
    QCOMPARE(listed.at("rows")[1].at("deltas")[0].get<double>(), second - first);
    QCOMPARE(m_made.run({"runs", "baseline", m_first, "--off"}).exitCode, 0);
    QVERIFY(list({"--columns", "metrics.auprc"}).at("rows")[0].at("deltas")[0].is_null());
  }

  void onlyWhatDiffersIsShown() {
    const auto result = m_made.run({"runs", "diff", m_first, m_second}).last();
    QCOMPARE(result.at("rows").size(), std::size_t{1});
    QCOMPARE(result.at("rows")[0].at("name").get<std::string>(), std::string("params.seed"));
    QCOMPARE(result.at("reasons")[0].get<std::string>(), std::string("Their seeds differ (1, 2)."));
  }

  void viewsAreSavedAndUsed() {
    const auto wrong = m_made.run({"runs", "views", "save", "best", "--filter", "statsu = 'done'"});
    QVERIFY(wrong.message().find("did you mean \"status\"") != std::string::npos);
    QCOMPARE(m_made
                 .run({"runs", "views", "save", "best", "--filter", "params.seed > 1", "--columns",
                       "status"})
                 .exitCode,
             0);
    QCOMPARE(m_made.run({"runs", "views", "list"}).last().at("views").size(), std::size_t{1});
    QCOMPARE(idsOf(list({"--view", "best"})), QStringList{m_second});
    QCOMPARE(m_made.run({"runs", "views", "remove", "best"}).exitCode, 0);
    QVERIFY(list({"--view", "best"}).at("message").get<std::string>().find("no saved view") !=
            std::string::npos);
  }

  void theTableIsExportedInert() {
    QCOMPARE(m_made.run({"runs", "note", m_first, "=HYPERLINK(\"x\")"}).exitCode, 0);
    const auto out = m_made.file("runs.csv");
    QCOMPARE(m_made.run({"export", "runs", "--out", out, "--filter", "params.seed = 1"}).exitCode,
             0);
    const auto csv = contents(out);
    QVERIFY(csv.startsWith("run,"));
    QVERIFY(csv.contains("metrics.auprc") && csv.contains("params.seed"));
    QVERIFY(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""));
    QCOMPARE(csv.count('\n'), 2);
  }

  void aRunIsExportedWithAllThatBelongsToIt() {
    const auto out = m_made.file("exported");
    QCOMPARE(m_made.run({"export", "folder", m_first, "--out", out}).exitCode, 0);
    for (const auto* name :
         {"/README.md", "/run.json", "/spec.json", "/metrics.json", "/series.csv",
          "/predictions_validation.csv", "/predictions_test.csv", "/events.jsonl"}) {
      QVERIFY2(!contents(out + name).isEmpty(), name);
    }
    QVERIFY(QFile::exists(out + "/checkpoints"));
    QVERIFY(contents(out + "/predictions_test.csv").startsWith("a,b,label,probability\np"));
    QVERIFY(
        m_made.run({"export", "folder", m_first, "--out", out}).message().find("something here") !=
        std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestTrackingCommands)
#include "tst_tracking_commands.moc"
