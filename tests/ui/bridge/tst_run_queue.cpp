#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include "core/base/error.h"
#include "core/base/process_identity.h"
#include "tests/ui/bridge/test_project.h"
#include "ui/bridge/run_queue.h"

using namespace twofold;
using namespace twofold::ui;
using store::RunStatus;

class TestRunQueue : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<RunQueue> m_queue;

  bool isClaimed(const QString& id) { return m_test->statusOf(id) == RunStatus::Running; }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_queue = std::make_unique<RunQueue>();
    m_queue->setProject(&m_test->project());
  }
  void cleanup() {
    m_test->killWorkers();
    m_queue.reset();
    m_test.reset();
  }

  void submittedRunIsWorkedOnToItsEnd() {
    QSignalSpy progressed(m_queue.get(), &RunQueue::progressed);
    QSignalSpy logged(m_queue.get(), &RunQueue::eventLogged);
    const QString id = m_queue->submit(TestProject::spec());
    QCOMPARE(m_queue->running(), QStringList{id});
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Done);
    QTRY_VERIFY(m_queue->running().isEmpty());
    QVERIFY(progressed.count() >= 1);
    QCOMPARE(logged[0][1].toString(), QString("epoch 1: validation AUPRC 0.5"));
    QVERIFY(!m_test->runs().run(id.toStdString()).splitHash.empty());
    QVERIFY(QFile::exists(m_test->folder() + "/runs/" + id + "/log.txt"));
  }

  void oneAtATimeAndTheNextStartsWhenOneEnds() {
    useFakeWorker("slow");
    const QString first = m_queue->submit(TestProject::spec());
    const QString second = m_queue->submit(TestProject::spec());
    const QString third = m_queue->submit(TestProject::spec());
    QTRY_VERIFY(isClaimed(first));
    QCOMPARE(m_queue->waiting(), (QStringList{second, third}));
    QTRY_COMPARE(m_queue->progress(first).done, 34);
    QTest::qWait(300);
    QCOMPARE(m_test->statusOf(second), RunStatus::Queued);
    m_queue->stop(first);
    QTRY_COMPARE(m_test->statusOf(first), RunStatus::Stopped);
    QTRY_VERIFY(isClaimed(second));
    QCOMPARE(m_queue->waiting(), QStringList{third});
  }

  void waitingRunIsTakenOut() {
    useFakeWorker("slow");
    m_queue->submit(TestProject::spec());
    const QString second = m_queue->submit(TestProject::spec());
    m_queue->stop(second);
    QCOMPARE(m_test->statusOf(second), RunStatus::Stopped);
    QVERIFY(m_queue->waiting().isEmpty());
  }

  void stoppedRunResumes() {
    useFakeWorker("slow");
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_VERIFY(isClaimed(id));
    m_queue->stop(id);
    QVERIFY(m_queue->isStopping(id));
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Stopped);
    QTRY_VERIFY(m_queue->running().isEmpty());
    QVERIFY(!m_queue->isStopping(id));
    useFakeWorker("good");
    m_queue->resume(id);
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Done);
    m_queue->resume(id);
    QCOMPARE(m_test->statusOf(id), RunStatus::Done);
  }

  void workerThatDiesLeavesAnInterruptedRun() {
    useFakeWorker("die");
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Interrupted);
    QTRY_VERIFY(m_queue->running().isEmpty());
  }

  void workerThatEndsBeforeItBeginsFailsTheRunWithItsWords() {
    useFakeWorker("early");
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Failed);
    QCOMPARE(m_test->runs().run(id.toStdString()).message,
             std::string("there is no such device; choose cpu"));
    QTRY_VERIFY(m_queue->running().isEmpty());
  }

  void missingProgramFailsTheRun() {
    qputenv("TWOFOLD_WORKER", "/nowhere/twofold-worker");
    QSignalSpy failed(m_queue.get(), &RunQueue::failed);
    const QString id = m_queue->submit(TestProject::spec());
    QCOMPARE(m_test->statusOf(id), RunStatus::Failed);
    QCOMPARE(failed.count(), 1);
  }

  void workerThatWillNotStopIsKilledAndTheRunCanResume() {
    useFakeWorker("hang");
    m_queue->setPatience(std::chrono::milliseconds(300));
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_COMPARE(m_queue->progress(id).done, 34);
    m_queue->stop(id);
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Interrupted);
  }

  void runningRunIsFollowedByAnotherWindow() {
    useFakeWorker("slow");
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_VERIFY(isClaimed(id));
    m_queue.reset();
    QVERIFY(isClaimed(id));
    RunQueue other;
    other.setProject(&m_test->project());
    QCOMPARE(other.running(), QStringList{id});
    QTRY_COMPARE(other.progress(id).done, 34);
    other.stop(id);
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Stopped);
    QTRY_VERIFY(other.running().isEmpty());
  }

  void deadRunningRunIsMarkedInterruptedWhenTheProjectOpens() {
    auto runs = m_test->runs();
    const auto record = runs.create("first", runs::toJson(TestProject::spec()).dump(), "");
    auto self = currentProcess();
    runs.claim(record.id, {self.pid, self.startTicks + 1, self.bootId});
    RunQueue other;
    other.setProject(&m_test->project());
    QCOMPARE(runs.run(record.id).status, RunStatus::Interrupted);
  }

  void recycledPidIsNotStopped() {
    auto runs = m_test->runs();
    const auto record = runs.create("first", runs::toJson(TestProject::spec()).dump(), "");
    auto self = currentProcess();
    runs.claim(record.id, {self.pid, self.startTicks + 1, self.bootId});
    m_queue->stop(QString::fromStdString(record.id));
    QVERIFY(true);  // SIGTERM would have ended this test
  }

  void removedRunTakesItsFolderAlong() {
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_VERIFY(m_queue->running().isEmpty());
    QVERIFY(QFile::exists(m_test->folder() + "/runs/" + id));
    m_queue->remove(id);
    QVERIFY(!QFile::exists(m_test->folder() + "/runs/" + id));
    QVERIFY(m_test->runs().runs().empty());
  }

  void runningRunIsNotRemoved() {
    useFakeWorker("slow");
    const QString id = m_queue->submit(TestProject::spec());
    QVERIFY_EXCEPTION_THROWN(m_queue->remove(id), Error);
    QTRY_VERIFY(isClaimed(id));
    QVERIFY_EXCEPTION_THROWN(m_queue->remove(id), Error);
  }

  void runThatAnotherProgramPutInIsStartedOnlyWhenItDoesNot() {
    auto project = m_test->open();
    store::RunRepository runs(project.database());
    const auto record = runs.create("first", runs::toJson(TestProject::spec()).dump(), "");
    const auto id = QString::fromStdString(record.id);
    QTRY_COMPARE(m_queue->waiting(), QStringList{id});
    QTest::qWait(500);
    QCOMPARE(m_test->statusOf(id), RunStatus::Queued);
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Done);
  }

  void unknownSplitIsRefusedWithWords() {
    auto spec = TestProject::spec();
    spec.split = "randon";
    QVERIFY_EXCEPTION_THROWN(m_queue->submit(spec), Error);
    QVERIFY(m_test->runs().runs().empty());
  }
};

QTEST_GUILESS_MAIN(TestRunQueue)
#include "tst_run_queue.moc"
