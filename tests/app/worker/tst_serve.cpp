// serve: warm answers under any channels, and an answer to anything that is no request.
#include <QProcess>
#include <QTest>
#include <csignal>

#include "worker_harness.h"

using namespace twofold::test;

class TestServe : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepareWithStructures());
    const auto trained = m_made.run(m_made.trainCommand("sequence,calpha", 5));
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    m_run = trained.last().at("run").get<std::string>();
    m_made.start(m_serve, {"serve"});
    QVERIFY(m_serve.waitForStarted());
  }

  void loadsARun() {
    const auto answer = ask({{"id", 1}, {"type", "load"}, {"run", m_run}});
    QCOMPARE(answer.at("type").get<std::string>(), std::string("loaded"));
    QCOMPARE(answer.at("id").get<int>(), 1);
    QCOMPARE(answer.at("channels").dump(), std::string(R"(["sequence","calpha"])"));
    QVERIFY(answer.at("threshold").is_number());
  }

  void scoresWithEveryToggle() {
    const auto answer = score("p00", "p02", {"sequence"});
    QCOMPARE(answer.at("type").get<std::string>(), std::string("score"));
    QCOMPARE(answer.at("channels").dump(), std::string(R"(["sequence"])"));
    const auto scored = answer.at("probability").get<double>();
    QVERIFY(scored > 0 && scored < 1);
    QCOMPARE(answer.at("present").dump(), std::string(R"({"calpha":false,"sequence":true})"));
    QCOMPARE(answer.at("toggled").size(), std::size_t{2});
    // Switching the other channel on is what scoring with both gives.
    QCOMPARE(answer.at("toggled").at("calpha").get<double>(),
             probability("p00", "p02", {"sequence", "calpha"}));
    QCOMPARE(answer.at("toggled").at("sequence").get<double>(), probability("p00", "p02", {}));
  }

  void channelsChangeTheProbability() {
    QVERIFY(probability("p00", "p02", {"sequence"}) != probability("p00", "p02", {}));
  }

  void aChannelWithEvidenceChangesTheProbability() {
    const auto both = score("p10", "p12", {"sequence", "calpha"});
    QCOMPARE(both.at("present").dump(), std::string(R"({"calpha":true,"sequence":true})"));
    QVERIFY(both.at("probability").get<double>() != probability("p10", "p12", {"sequence"}));
    // Without evidence the switch does nothing.
    QCOMPARE(probability("p00", "p02", {"sequence", "calpha"}),
             probability("p00", "p02", {"sequence"}));
  }

  void orderOfTheProteinsDoesNotMatter() {
    QCOMPARE(probability("p03", "p08", {"sequence"}), probability("p08", "p03", {"sequence"}));
  }

  void mistakesAreAnsweredAndServeLivesOn_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("kind");
    QTest::newRow("no JSON") << QByteArray("{\"id\":9,") << "bad-input";
    QTest::newRow("no object") << QByteArray("[1]") << "bad-input";
    QTest::newRow("no type") << QByteArray(R"({"id":9})") << "bad-input";
    QTest::newRow("unknown type") << QByteArray(R"({"id":9,"type":"dance"})") << "usage";
    QTest::newRow("unknown run") << QByteArray(R"({"id":9,"type":"load","run":"nosuch"})")
                                 << "not-found";
    QTest::newRow("unknown protein") << request("p00", "ghost", {"sequence"}) << "not-found";
    QTest::newRow("unknown channel") << request("p00", "p01", {"taste"}) << "usage";
    QTest::newRow("channels are no list")
        << QByteArray::fromStdString(
               Json(
                   {{"type", "score"}, {"run", m_run}, {"a", "p00"}, {"b", "p01"}, {"channels", 3}})
                   .dump())
        << "bad-input";
    QTest::newRow("too long") << QByteArray(2 << 20, 'x') << "bad-input";
    QTest::newRow("too deep") << QByteArray(10000, '[') << "bad-input";
  }

  void mistakesAreAnsweredAndServeLivesOn() {
    QFETCH(QByteArray, line);
    QFETCH(QString, kind);
    const auto answer = askLine(line);
    QCOMPARE(answer.at("type").get<std::string>(), std::string("error"));
    QCOMPARE(answer.at("kind").get<std::string>(), kind.toStdString());
    QVERIFY(!answer.at("message").get<std::string>().empty());
    QCOMPARE(score("p00", "p01", {"sequence"}).at("type").get<std::string>(), std::string("score"));
  }

  void agreesWithPredict() {
    const auto pairs = m_made.write("one.tsv", "p04\tp09\n");
    const auto out = m_made.file("one_out.tsv");
    QCOMPARE(m_made
                 .run({"predict", "--run", QString::fromStdString(m_run), "--pairs", pairs, "--out",
                       out})
                 .exitCode,
             0);
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    file.readLine();
    const auto predicted = file.readLine().split('\t').at(2).toDouble();
    const auto served = probability("p04", "p09", {"sequence", "calpha"});
    QVERIFY(std::abs(predicted - served) < 1e-5);
  }

  void endsWithItsInput() {
    m_serve.closeWriteChannel();
    QVERIFY(m_serve.waitForFinished(10000));
    QCOMPARE(m_serve.exitCode(), 0);
  }

  void stopsWhenAsked() {
    QProcess serve;
    m_made.start(serve, {"serve"});
    QVERIFY(serve.waitForStarted());
    serve.write("{\"id\":1,\"type\":\"load\",\"run\":\"" + QByteArray::fromStdString(m_run) +
                "\"}\n");
    QVERIFY(serve.waitForReadyRead(30000));
    serve.terminate();
    QVERIFY(serve.waitForFinished(5000));
    QCOMPARE(serve.exitCode(), 85);
  }

 private:
  Json askLine(const QByteArray& line) {
    m_serve.write(line + "\n");
    QByteArray answer;
    while (!answer.endsWith('\n')) {
      if (!m_serve.canReadLine() && !m_serve.waitForReadyRead(30000)) {
        return {{"type", "no answer"}, {"kind", ""}, {"message", answer.toStdString()}};
      }
      answer += m_serve.readLine();
    }
    return Json::parse(answer.toStdString());
  }
  Json ask(const Json& request) { return askLine(QByteArray::fromStdString(request.dump())); }

  [[nodiscard]] QByteArray request(const char* a, const char* b,
                                   const std::vector<std::string>& channels) const {
    return QByteArray::fromStdString(Json({{"id", 2},
                                           {"type", "score"},
                                           {"run", m_run},
                                           {"a", a},
                                           {"b", b},
                                           {"channels", channels}})
                                         .dump());
  }
  Json score(const char* a, const char* b, const std::vector<std::string>& channels) {
    return askLine(request(a, b, channels));
  }
  double probability(const char* a, const char* b, const std::vector<std::string>& channels) {
    return score(a, b, channels).at("probability").get<double>();
  }

  MadeUpProject m_made;
  QProcess m_serve;
  std::string m_run;
};

QTEST_GUILESS_MAIN(TestServe)
#include "tst_serve.moc"
