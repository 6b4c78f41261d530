#include <QFile>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "ui/bridge/serve_client.h"

using namespace twofold::ui;

class TestServeClient : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> m_folder;
  std::unique_ptr<ServeClient> m_client;
  QList<ScoreAnswer> m_answers;
  QStringList m_errors;
  int m_loads = 0;

  void start(const char* mode) {
    useFakeWorker(mode);
    m_client = std::make_unique<ServeClient>();
    m_client->setProject(m_folder->path());
    connect(m_client.get(), &ServeClient::scored, this,
            [this](const ScoreAnswer& answer) { m_answers << answer; });
    connect(m_client.get(), &ServeClient::failed, this,
            [this](const QString& text) { m_errors << text; });
    connect(m_client.get(), &ServeClient::loaded, this, [this] { ++m_loads; });
  }
  /// What the worker was asked, in its order.
  [[nodiscard]] QStringList requests() const {
    QFile log(m_folder->filePath("log"));
    return log.open(QIODevice::ReadOnly)
               ? QString::fromUtf8(log.readAll()).split('\n', Qt::SkipEmptyParts)
               : QStringList();
  }

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("FAKE_WORKER_MARK", m_folder->filePath("mark").toUtf8());
    qputenv("FAKE_WORKER_LOG", m_folder->filePath("log").toUtf8());
    m_answers.clear();
    m_errors.clear();
    m_loads = 0;
  }
  void cleanup() { m_client.reset(); }

  void requestBeforeTheLoadIsAnsweredAfterIt() {
    start("good");
    m_client->load("r1");
    m_client->score("P1", "P2", {"sequence"});
    QTRY_COMPARE(m_answers.size(), 1);
    QCOMPARE(m_client->channels(), (QStringList{"sequence", "calpha"}));
    QCOMPARE(m_answers[0].a, QString("P1"));
    QCOMPARE(m_answers[0].probability, 0.75);
    QCOMPARE(m_answers[0].toggled.value("sequence"), 0.5);
    QCOMPARE(m_answers[0].toggled.value("calpha"), 0.875);
    QCOMPARE(m_answers[0].present.value("calpha"), false);
  }

  void sameRunAnswersAtOnce() {
    start("good");
    m_client->load("r1");
    QTRY_COMPARE(m_loads, 1);
    m_client->load("r1");
    QCOMPARE(m_loads, 2);
    QCOMPARE(requests(), QStringList{"load r1"});
  }

  void forgottenRunIsAskedForAgain() {
    start("good");
    m_client->load("r1");
    QTRY_COMPARE(m_loads, 1);
    m_client->forget();
    QVERIFY(!m_client->isLoaded());
    m_client->load("r1");
    QCOMPARE(m_loads, 1);
    QTRY_COMPARE(m_loads, 2);
    QCOMPARE(requests(), (QStringList{"load r1", "load r1"}));
  }

  void answerToWhatWasForgottenIsNobodys() {
    start("slow");
    m_client->load("r1");
    m_client->forget();
    m_client->load("r2");
    m_client->score("P1", "P2", {});
    QTRY_COMPARE(m_answers.size(), 1);
    QCOMPARE(m_loads, 1);
  }

  void channelsHaveTheNamesTheWorkerGives() {
    start("good");
    m_client->load("r1");
    QTRY_COMPARE(m_loads, 1);
    QCOMPARE(m_client->channelName("calpha"), QString("C-alpha shape"));
    QCOMPARE(m_client->channelName("sequence"), QString("sequence"));
  }

  void newestRequestWinsAndRequestsDoNotPileUp() {
    start("slow");
    m_client->load("r1");
    QTRY_COMPARE(m_loads, 1);
    for (int i = 0; i < 50; ++i) {
      m_client->score(QString::number(i), "P2", {});
    }
    QTRY_COMPARE(m_answers.size(), 1);
    QCOMPARE(m_answers[0].a, QString("49"));
    QCOMPARE(requests(), (QStringList{"load r1", "score 0", "score 49"}));
  }

  void aWarmModelAnswersEachRequestWithoutAnotherLoad() {
    start("good");
    m_client->load("r1");
    QTRY_COMPARE(m_loads, 1);
    constexpr int kTimes = 20;
    for (int i = 1; i <= kTimes; ++i) {
      m_client->score("P1", "P2", {"sequence"});
      QTRY_COMPARE(m_answers.size(), i);
    }
    QCOMPARE(requests(), QStringList("load r1") + QStringList(kTimes, "score P1"));
  }

  void workersErrorIsHandedOverAndItLivesOn() {
    start("good");
    m_client->load("none");
    QTRY_COMPARE(m_errors, QStringList{"run none has no checkpoint"});
    m_client->load("r1");
    QTRY_COMPARE(m_loads, 1);
  }

  void workerThatDiesOnceIsStartedAgainAndTheQuestionRepeated() {
    start("die-once");
    m_client->load("r1");
    m_client->score("P1", "P2", {"sequence"});
    QTRY_COMPARE(m_answers.size(), 1);
    QCOMPARE(m_loads, 2);
    QVERIFY(m_errors.isEmpty());
  }

  void workerThatKeepsDyingIsGivenUpWithItsWords() {
    start("die");
    m_client->load("r1");
    QTRY_COMPARE(m_errors.size(), 1);
    QVERIFY(m_errors[0].contains("status 9"));
    QVERIFY(m_errors[0].contains("killed by its own hand"));
    QTest::qWait(100);
    QCOMPARE(m_errors.size(), 1);
    useFakeWorker("good");
    m_client->load("r1");
    QTRY_COMPARE(m_loads, 1);
  }

  void garbageIsSaidAndTheAnswerStillArrives() {
    start("garbage");
    m_client->load("r1");
    m_client->score("P1", "P2", {});
    QTRY_COMPARE(m_answers.size(), 1);
    QVERIFY(m_errors.size() >= 1);
  }

  void missingProgramIsAnError() {
    start("good");
    qputenv("TWOFOLD_WORKER", "/nowhere/twofold-worker");
    m_client->load("r1");
    QCOMPARE(m_errors.size(), 1);
  }

  void projectMayChangeInsideASignal() {
    start("good");
    connect(m_client.get(), &ServeClient::scored, this, [this] { m_client->setProject({}); });
    m_client->load("r1");
    m_client->score("P1", "P2", {});
    QTRY_COMPARE(m_answers.size(), 1);
    QTest::qWait(50);
    QVERIFY(!m_client->isLoaded());
    QVERIFY(m_errors.isEmpty());
  }
};

QTEST_GUILESS_MAIN(TestServeClient)
#include "tst_serve_client.moc"
