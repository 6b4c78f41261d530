#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <cmath>

#include "tests/ui/bridge/test_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/pair/pair_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestPairPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<TestProject> m_other;
  std::unique_ptr<QTemporaryDir> m_log;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<ServeClient> m_serve;
  std::unique_ptr<PairPanel> m_panel;

  void start(const char* mode) {
    useFakeWorker(mode);
    m_log = std::make_unique<QTemporaryDir>();
    qputenv("FAKE_WORKER_LOG", m_log->filePath("log").toUtf8());
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
  [[nodiscard]] FocusedPair selfPair() const {
    return {"demo", 1, m_test->a(), m_test->a(), "P1", "P1", data::Label::Negative};
  }
  QString text(const char* name) { return m_panel->findChild<QLabel*>(name)->text(); }
  /// What the worker was asked, in its order.
  [[nodiscard]] QStringList requests() const {
    QFile log(m_log->filePath("log"));
    return log.open(QIODevice::ReadOnly)
               ? QString::fromUtf8(log.readAll()).split('\n', Qt::SkipEmptyParts)
               : QStringList();
  }
  QString makeRun() {
    return QString::fromStdString(
        m_test->runs().create("x", runs::toJson(TestProject::spec()).dump(), "").id);
  }
  /// As the queue tells it after the worker has written it.
  void setStatus(const QString& run, store::RunStatus status, int epochs) {
    m_test->runs().setEpochs(run.toStdString(), epochs);
    m_test->runs().setStatus(run.toStdString(), status);
    Q_EMIT m_session->runsChanged();
  }
  QCheckBox* toggle(const char* channel) {
    return m_panel->findChild<QCheckBox*>(QString("toggle-") + channel);
  }

 private Q_SLOTS:
  void cleanup() {
    m_panel.reset();
    m_serve.reset();
    m_session.reset();
    m_test.reset();
    m_other.reset();
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
    const QString run = makeRun();
    setStatus(run, store::RunStatus::Done, 1);
    m_session->focusPair(pair());
    m_session->focusRun(run);
    QTRY_COMPARE(text("probability"), QString("0.875"));
    QCOMPARE(text("pairLabel"),
             QString("Labelled as interacting in demo · in the train part of random"));
    QCOMPARE(text("absence-calpha"), QString("No structure for P1 and P2, so it is left out"));
  }

  void toggleCostsOneRequestToTheWarmModel() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    toggle("sequence")->click();
    QTRY_COMPARE(text("probability"), QString("0.625"));
    QCOMPARE(text("delta-sequence"), QString("0.875 (+0.250)"));
    QCOMPARE(requests(), (QStringList{"load r1", "score P1", "score P1"}));
  }

  void eachChannelSaysWhatItAddsToTheLogit() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    auto* sequence = m_panel->findChild<QLabel*>("share-sequence");
    QCOMPARE(sequence->text(), QString::fromUtf8("adds +0.750 ± 0.020 to the logit"));
    QVERIFY(sequence->isVisible());
    QVERIFY(!m_panel->findChild<QLabel*>("share-calpha")->isVisible());  // there is no evidence
    QVERIFY(text("baseLogit").contains(QString::fromUtf8("−0.500")));
    toggle("sequence")->click();
    QTRY_COMPARE(text("probability"), QString("0.625"));
    QVERIFY(!sequence->isVisible());
  }

  void residuesAreExplainedForThisPairOnly() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    m_panel->findChild<QPushButton*>("explainResidues")->click();
    QTRY_VERIFY(m_session->residueValues().has_value());
    QCOMPARE(m_session->residueValues()->a, (std::vector<float>{0.5F, -0.25F}));
    QCOMPARE(m_session->residueValues()->b, (std::vector<float>{0.125F}));
    QVERIFY(text("explainState")
                .contains("8 residues at a time: most for interaction at residue 1 of P1"));
    toggle("sequence")->click();  // other channels, other reasons
    QTRY_VERIFY(!m_session->residueValues().has_value());
    QVERIFY(text("explainState").isEmpty());
  }

  void anExplanationCanBeStoppedAndMayFail() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    auto* button = m_panel->findChild<QPushButton*>("explainResidues");
    useFakeWorker("slow");
    button->click();
    QCOMPARE(button->text(), QString("Stop"));
    QTRY_VERIFY(text("explainState").contains("Reading"));
    button->click();
    QTRY_COMPARE(text("explainState"), QString("Stopped"));
    useFakeWorker("early");
    button->click();
    QTRY_VERIFY(text("explainState").contains("two columns are needed"));
    QVERIFY(!m_session->residueValues().has_value());
  }

  void channelsAreShownByName() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_VERIFY(toggle("calpha") != nullptr);
    QCOMPARE(toggle("calpha")->text(), QString("C-alpha shape"));
  }

  void runThatEndsShowsItsProbability() {
    start("good");
    const QString run = makeRun();
    m_session->focusPair(pair());
    m_session->focusRun(run);
    QVERIFY(text("pairState").contains("waits in the queue"));
    setStatus(run, store::RunStatus::Running, 0);
    QVERIFY(text("pairState").contains("still training"));
    QCOMPARE(m_panel->findChild<QLabel*>("pairState")->property("role").toString(),
             QString("muted"));
    QVERIFY(!m_panel->isBusy());
    QVERIFY(requests().isEmpty());
    setStatus(run, store::RunStatus::Done, 3);
    QTRY_COMPARE(text("probability"), QString("0.875"));
    QVERIFY(!m_panel->isBusy());
  }

  void runThatWentOnIsLoadedAgain() {
    start("good");
    const QString run = makeRun();
    setStatus(run, store::RunStatus::Stopped, 1);
    m_session->focusPair(pair());
    m_session->focusRun(run);
    QTRY_COMPARE(text("probability"), QString("0.875"));
    Q_EMIT m_session->runsChanged();  // some other run
    QCOMPARE(text("probability"), QString("0.875"));
    setStatus(run, store::RunStatus::Running, 1);
    QCOMPARE(text("probability"), QString("–"));
    setStatus(run, store::RunStatus::Done, 2);
    QTRY_COMPARE(text("probability"), QString("0.875"));
    QCOMPARE(requests(), (QStringList{"load " + run, "score P1", "load " + run, "score P1"}));
  }

  void afterAFailedLoadAnotherPairKeepsNobodyWaiting() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    m_session->focusRun("none");
    QTRY_COMPARE(text("pairState"), QString("run none has no checkpoint"));
    m_session->focusPair(selfPair());
    QVERIFY(!m_panel->isBusy());
  }

  void anotherProjectLeavesNothingOfTheFormer() {
    start("slow");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    toggle("sequence")->click();
    QVERIFY(m_panel->isBusy());
    m_other = std::make_unique<TestProject>();
    m_serve->setProject(m_other->folder());
    m_session->setProject(m_other->release());
    QVERIFY(!m_panel->isBusy());
    QVERIFY(text("pairState").contains("No run is in focus"));
    QCOMPARE(text("probability"), QString("–"));
    QTRY_VERIFY(toggle("sequence") == nullptr);
  }

  void aDamagedStoreIsSaidAndDoesNotEndTheProgram() {
    start("good");
    QSignalSpy said(m_session.get(), &Session::message);
    m_session->focusPair(pair());
    auto& database = m_session->project()->database();
    store::Transaction transaction(database);
    database.execute("ALTER TABLE structure_chain RENAME TO hidden");
    transaction.commit();
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    QVERIFY(said.size() >= 1);
    QVERIFY(said[0][1].toBool());
  }

  void barWithoutAValueHasNoTick() {
    ProbabilityBar bar(m_theme);
    bar.resize(200, 20);
    bar.setValue(std::nan(""), 0.2);
    const QImage low = bar.grab().toImage();
    bar.setValue(std::nan(""), 0.8);
    QCOMPARE(bar.grab().toImage(), low);
    bar.setValue(0.5, 0.8);
    QVERIFY(bar.grab().toImage() != low);
  }

  void markupInTheDataIsShownNotObeyed() {
    start("good");
    auto marked = pair();
    marked.idA = "<b>P1</b>";
    m_session->focusPair(marked);
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    for (const auto* label : m_panel->findChildren<QLabel*>()) {
      QVERIFY2(!label->isVisible() || label->textFormat() == Qt::PlainText,
               qPrintable(label->text()));
    }
    QToolTip::showText({0, 0}, marked.idA, m_panel.get());
    for (const auto* widget : QApplication::topLevelWidgets()) {
      if (widget->objectName() == "qtooltip_label") {
        QCOMPARE(qobject_cast<const QLabel*>(widget)->textFormat(), Qt::PlainText);
      }
    }
    QToolTip::hideText();
  }

  void whatTakesTheFocusHasAName() {
    start("good");
    m_session->focusPair(pair());
    m_session->focusRun("r1");
    QTRY_COMPARE(text("probability"), QString("0.875"));
    QCOMPARE(namelessWidgets(*m_panel).join(", "), QString());
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
    m_session->focusPair(selfPair());
    QCOMPARE(text("probability"), QString("–"));
    QTRY_COMPARE(text("probability"), QString("0.625"));
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
