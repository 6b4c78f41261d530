#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "ui/panels/queue/queue_panel.h"

using namespace twofold;
using namespace twofold::ui;
using store::RunStatus;

class TestQueuePanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<RunQueue> m_queue;
  std::unique_ptr<QueuePanel> m_panel;

  RunCard* card(const QString& id) { return m_panel->findChild<RunCard*>("runCard-" + id); }
  QPushButton* button(const QString& id) { return card(id)->findChild<QPushButton*>("runAction"); }
  QString detail(const QString& id) { return card(id)->findChild<QLabel*>("runDetail")->text(); }

 private Q_SLOTS:
  void init() {
    useFakeWorker("slow");
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_queue = std::make_unique<RunQueue>();
    m_session->setProject(m_test->release());
    m_queue->setProject(m_session->project());
    m_panel = std::make_unique<QueuePanel>(*m_session, m_theme, *m_queue);
    m_panel->resize(420, 600);
    m_panel->show();
  }
  void cleanup() {
    m_test->killWorkers();
    m_panel.reset();
    m_queue.reset();
    m_session.reset();
    m_test.reset();
  }

  void emptyQueueOffersToSetUpARun() {
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    QTest::mouseClick(m_panel->findChild<QPushButton*>("emptyAction"), Qt::LeftButton);
    QCOMPARE(wanted[0][0].toString(), QString("run-setup"));
  }

  void runningRunShowsStageCountRateAndEstimate() {
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_VERIFY(card(id) != nullptr && detail(id).contains("Training"));
    QCOMPARE(detail(id), QString("Training · 34 of 120 steps · 41 / s · 2.0 s left"));
    QCOMPARE(button(id)->text(), QString("Stop"));
  }

  void stopReachesTheWorkerAndResumeIsOffered() {
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Running);
    QTest::mouseClick(button(id), Qt::LeftButton);
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Stopped);
    QTRY_COMPARE(button(id)->text(), QString("Resume"));
    QVERIFY(detail(id).contains("stopped"));
    useFakeWorker("good");
    QTest::mouseClick(button(id), Qt::LeftButton);
    QTRY_COMPARE(m_test->statusOf(id), RunStatus::Done);
    QTRY_VERIFY(!button(id)->isVisible());
  }

  void waitingRunIsBelowTheRunningOne() {
    const QString first = m_queue->submit(TestProject::spec());
    const QString second = m_queue->submit(TestProject::spec());
    QTRY_VERIFY(card(first) != nullptr && card(second) != nullptr);
    QTRY_VERIFY(card(second)->y() > card(first)->y());
    QVERIFY(detail(second).contains("queued"));
  }

  void reasonOfAFailureIsShown() {
    useFakeWorker("early");
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_VERIFY(card(id) != nullptr && detail(id).contains("there is no such device"));
  }

  void wordsOfTheRunAreLogged() {
    const QString id = m_queue->submit(TestProject::spec());
    m_session->focusRun(id);
    auto* log = m_panel->findChild<QPlainTextEdit*>("runLog");
    QTRY_VERIFY(log->toPlainText().contains("epoch 1: validation AUPRC 0.5"));
  }

  void wordsOfAnEndedRunAreReadWhenItIsFocused() {
    useFakeWorker("good");
    const QString first = m_queue->submit(TestProject::spec());
    QTRY_COMPARE(m_test->statusOf(first), RunStatus::Done);
    QTRY_VERIFY(m_queue->running().isEmpty());
    auto* log = m_panel->findChild<QPlainTextEdit*>("runLog");
    m_session->focusRun("none");
    QVERIFY(log->toPlainText().isEmpty());
    m_session->focusRun(first);
    QCOMPARE(log->toPlainText(), QString("epoch 1: validation AUPRC 0.5"));
  }

  void clickOnARunFocusesIt() {
    const QString id = m_queue->submit(TestProject::spec());
    QTRY_VERIFY(card(id) != nullptr);
    QTest::mouseClick(card(id), Qt::LeftButton, {}, QPoint(60, 10));
    QCOMPARE(m_session->run(), id);
  }

  void progressTextLeavesOutWhatIsNotKnown() {
    QCOMPARE(progressText({}), QString("Starting"));
    QCOMPARE(progressText({"Reading", 1200, 0, "pairs", 0, -1}),
             QString("Reading · 1\u2009200 pairs"));
  }
};

QTEST_MAIN(TestQueuePanel)
#include "tst_queue_panel.moc"
