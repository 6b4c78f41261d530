#include <QCheckBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "ui/panels/pair/pair_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestPairPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<ServeClient> m_serve;
  std::unique_ptr<PairPanel> m_panel;

  void start(const char* mode) {
    useFakeWorker(mode);
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_serve = std::make_unique<ServeClient>();
    m_session->setProject(m_test->release());
    m_serve->setProject(m_test->folder());
    m_panel = std::make_unique<PairPanel>(*m_session, m_theme, *m_serve);
    m_panel->resize(420, 500);
    m_panel->show();
  }
  [[nodiscard]] FocusedPair pair() const {
    return {"demo", 0, m_test->a(), m_test->b(), "P1", "P2", data::Label::Positive};
  }
  QString text(const char* name) { return m_panel->findChild<QLabel*>(name)->text(); }
  QCheckBox* toggle(const char* channel) {
    return m_panel->findChild<QCheckBox*>(QString("toggle-") + channel);
  }

 private Q_SLOTS:
  void cleanup() {
    m_panel.reset();
    m_serve.reset();
    m_session.reset();
    m_test.reset();
  }

  void withoutAPairItSaysWhatWouldBeHere() {
    start("good");
    QVERIFY(m_panel->findChild<QLabel*>("emptyText")->isVisible());
  }

  void withoutARunItSaysSo() {
    start("good");
    m_session->focusPair(pair());
    QVERIFY(text("pairState").contains("No run is in focus"));
    QCOMPARE(text("probability"), QString("–"));
    QVERIFY(text("pairLabel").contains("interacting"));
  }

  void pairAndRunGiveAProbabilityWithWhatIfs() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QVERIFY(m_panel->isBusy());
    QTRY_COMPARE(text("probability"), QString("0.875"));
    QVERIFY(!m_panel->isBusy());
    QVERIFY(text("call").startsWith("called interacting"));
    QCOMPARE(text("delta-sequence"), QString("0.625 (−0.250)"));
    QCOMPARE(text("delta-calpha"), QString("0.750 (−0.125)"));
  }

  void partOfTheSplitAndMissingEvidenceAreNamed() {
    start("good");
    const auto id = m_test->runs().create("x", runs::toJson(TestProject::spec()).dump(), "").id;
    m_session->focusPair(pair());
    m_session->focusRun(QString::fromStdString(id));
    QTRY_COMPARE(text("probability"), QString("0.875"));
    QCOMPARE(text("pairLabel"),
             QString("Labelled as interacting in demo · in the train part of random"));
    QCOMPARE(text("absence-calpha"), QString("No structure for P1 and P2, so it is left out"));
  }

  void toggleScoresAgainWithinFiftyMilliseconds() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    QElapsedTimer time;
    time.start();
    toggle("sequence")->click();
    while (text("probability") != "0.625" && time.elapsed() < 2000) {
      QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    qInfo("toggle to number: %lld ms", time.elapsed());
    QVERIFY(time.elapsed() < 200);  // 50 on an idle machine; this one may be busy
    QCOMPARE(text("delta-sequence"), QString("0.875 (+0.250)"));
  }

  void swappedProteinsScoreTheSame() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    auto swapped = pair();
    std::swap(swapped.keyA, swapped.keyB);
    std::swap(swapped.idA, swapped.idB);
    m_session->focusPair(swapped);
    QTRY_COMPARE(text("probability"), QString("0.875"));
  }

  void otherPairNeverShowsTheFormersNumber() {
    start("slow");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    auto self = pair();
    self.keyB = self.keyA;
    self.idB = self.idA;
    m_session->focusPair(self);
    QCOMPARE(text("probability"), QString("–"));
    QTRY_COMPARE(text("probability"), QString("0.875"));
  }

  void modelWithoutACheckpointIsSaidInWords() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("none");
    QTRY_COMPARE(text("pairState"), QString("run none has no checkpoint"));
    QVERIFY(!m_panel->isBusy());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
  }

  void workerThatDiesIsSaidInWords() {
    start("die");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_VERIFY(text("pairState").contains("status 9"));
    QCOMPARE(text("probability"), QString("–"));
  }

  void garbageDoesNotHideTheAnswer() {
    start("garbage");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
  }
};

QTEST_MAIN(TestPairPanel)
#include "tst_pair_panel.moc"
