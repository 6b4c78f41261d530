#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "core/store/annotation_repository.h"
#include "tests/core/data/small_ontology.h"
#include "tests/ui/bridge/test_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/evidence/evidence_panel.h"

using namespace twofold;
using namespace twofold::ui;
using data::AnnotationKind;

class TestEvidencePanel : public QObject {
  Q_OBJECT

 private:
  enum Tab { Neighbours, Annotation, Study };

  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<TestProject> m_other;
  std::unique_ptr<QTemporaryDir> m_log;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<EvidencePanel> m_panel;
  QString m_run;

  void start(const char* mode = "good") {
    useFakeWorker(mode);
    m_log = std::make_unique<QTemporaryDir>();
    qputenv("FAKE_WORKER_LOG", m_log->filePath("log").toUtf8());
    m_test = std::make_unique<TestProject>();
    auto spec = TestProject::spec();
    spec.channels = {{"annotation", {}}};
    m_run = QString::fromStdString(m_test->runs().create("x", runs::toJson(spec).dump(), "").id);
  }
  /// Both proteins share a domain; P1 binds by IPI.
  void annotate() {
    auto& database = m_test->project().database();
    store::Transaction transaction(database);
    store::AnnotationRepository repository(database);
    repository.replaceGraph(tests::smallOntology());
    const auto source = repository.source("UniProt");
    const data::Annotation domain{AnnotationKind::Pfam, "PF00240", ""};
    const data::Annotation keyword{AnnotationKind::Keyword, "Membrane", ""};
    const data::Annotation binding{AnnotationKind::Function, "GO:0005515", "IPI"};
    (void)repository.add(m_test->a(), {{domain, keyword, binding}, {}, {}, 90}, source);
    (void)repository.add(m_test->b(), {{domain}, {}, {}, 5}, source);
    transaction.commit();
  }
  void open() {
    m_session = std::make_unique<Session>();
    m_session->setProject(m_test->release());
    m_panel = std::make_unique<EvidencePanel>(*m_session, m_theme);
    m_panel->resize(900, 700);
    m_panel->show();
  }
  [[nodiscard]] FocusedPair pair() const {
    return {"demo", 0, m_test->a(), m_test->b(), "P1", "P2", data::Label::Positive};
  }
  void focus() {
    m_session->focusPair(pair());
    m_session->focusRun(m_run);
  }
  void show(Tab tab) { m_panel->findChild<QTabWidget*>()->setCurrentIndex(tab); }
  template <class T>
  T* child(const char* name) {
    return m_panel->findChild<T*>(name);
  }
  QWidget* page(Tab tab) { return m_panel->findChild<QTabWidget*>()->widget(tab); }
  /// Of the note that is in sight on a page; empty while it shows its content.
  QString note(QWidget* where) {
    for (const auto* text : where->findChildren<QLabel*>("emptyText")) {
      if (text->isVisibleTo(where)) {
        return text->text();
      }
    }
    return {};
  }
  /// Presses the button of that note.
  void act(QWidget* where) {
    for (auto* button : where->findChildren<QPushButton*>("emptyAction")) {
      if (button->isVisibleTo(where)) {
        button->click();
        return;
      }
    }
    QFAIL("there is no button");
  }
  int rows(const char* table) { return child<QTableView>(table)->model()->rowCount(); }
  QString state() { return child<QLabel>("neighboursState")->text(); }
  [[nodiscard]] QStringList requests() const {
    QFile log(m_log->filePath("log"));
    return log.open(QIODevice::ReadOnly)
               ? QString::fromUtf8(log.readAll()).split('\n', Qt::SkipEmptyParts)
               : QStringList();
  }

 private Q_SLOTS:
  void cleanup() {
    m_panel.reset();
    m_session.reset();
    m_test.reset();
    m_other.reset();
  }

  void withoutAPairItSaysWhatWouldBeHere() {
    start();
    open();
    QVERIFY(note(m_panel.get()).contains("Click a pair"));
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    act(m_panel.get());
    QCOMPARE(wanted.value(0).value(0).toString(), QString("pairs"));
  }

  void withoutARunNeighboursNameTheCure() {
    start();
    open();
    m_session->focusPair(pair());
    QVERIFY(note(page(Neighbours)).contains("No run is in focus"));
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    act(page(Neighbours));
    QCOMPARE(wanted.value(0).value(0).toString(), QString("runs"));
    QVERIFY(requests().isEmpty());
  }

  void neighboursAreFoundWhenAskedForAndKept() {
    start();
    open();
    focus();
    QTest::qWait(50);
    QVERIFY(requests().isEmpty());
    act(page(Neighbours));
    QTRY_VERIFY(note(page(Neighbours)).isEmpty());
    QCOMPARE(requests(), (QStringList{"neighbours P1", "neighbours P2"}));
    QCOMPARE(rows("neighboursA"), 2);
    QVERIFY(child<QLabel>("interologSummary")
                ->text()
                .startsWith("Interologs: 1 of the 2 nearest to P1 and 1 of the 2 nearest to P2"));
    auto self = pair();
    self.keyB = self.keyA;
    self.idB = self.idA;
    m_session->focusPair(self);
    QVERIFY(note(page(Neighbours)).isEmpty());  // known already
    QVERIFY(!child<QTableView>("neighboursB")->isVisible());
    m_session->focusPair(pair());
    QVERIFY(child<QTableView>("neighboursB")->isVisible());
    QCOMPARE(requests().size(), 2);
    m_session->focusRun({});
    QVERIFY(note(page(Neighbours)).contains("No run is in focus"));
  }

  void aSearchShowsItsStageAndCanBeStopped() {
    start("slow");
    open();
    focus();
    act(page(Neighbours));
    QVERIFY(child<QPushButton>("neighboursStop")->isVisible());
    QTRY_COMPARE(state(), QString("Neighbours of P1 and P2: Reading"));
    QTest::mouseClick(child<QPushButton>("neighboursStop"), Qt::LeftButton);
    QTRY_COMPARE(state(), QString("The search was stopped."));
    QVERIFY(!child<QPushButton>("neighboursStop")->isVisible());
    QVERIFY(page(Neighbours)->findChild<QPushButton*>("emptyAction")->isVisible());
  }

  void whatGoesWrongIsShownWordForWord() {
    start("early");
    open();
    focus();
    act(page(Neighbours));
    QTRY_COMPARE(state(), QString("pairs.tsv:3: two columns are needed"));
    QCOMPARE(child<QLabel>("neighboursState")->property("state").toString(), QString("bad"));
    auto self = pair();
    self.keyB = self.keyA;
    self.idB = self.idA;
    m_session->focusPair(self);
    QVERIFY(!child<QLabel>("neighboursState")->isVisible());  // it was about another pair
  }

  void anotherProjectEndsTheSearch() {
    start("slow");
    open();
    focus();
    act(page(Neighbours));
    QTRY_VERIFY(state().contains("Reading"));
    m_other = std::make_unique<TestProject>();
    m_session->setProject(m_other->release());
    QVERIFY(!child<QPushButton>("neighboursStop")->isVisible());
    QVERIFY(note(m_panel.get()).contains("Click a pair"));
  }

  void withoutAnnotationsBothPagesNameTheCure() {
    start();
    open();
    focus();
    QTRY_VERIFY(!m_panel->isLoading());
    show(Annotation);
    QVERIFY(note(page(Annotation)).contains("no annotations yet"));
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    act(page(Annotation));
    QCOMPARE(wanted.value(0).value(0).toString(), QString("data"));
    show(Study);
    QVERIFY(note(page(Study)).contains("no publication counts yet"));
  }

  void switchesFilterTheAnnotations() {
    start();
    annotate();
    open();
    focus();
    QTRY_VERIFY(!m_panel->isLoading());
    show(Annotation);
    QCOMPARE(rows("termTable"), 2);  // binding by IPI is kept from the model
    QCOMPARE(child<QLabel>("ruleWords")->text(),
             QString("Run %1 reads annotations under the rule default.").arg(m_run));
    child<QPushButton>("viewEverything")->click();
    QCOMPARE(rows("termTable"), 3);
    QVERIFY(child<QLabel>("termCounts")->text().startsWith("Shared: 1, the rarest first."));
    child<QCheckBox>("viewElectronic")->click();
    QCOMPARE(rows("termTable"), 1);
    m_session->focusRun({});
    QTRY_VERIFY(child<QLabel>("ruleWords")->text().startsWith("No run is in focus"));
  }

  void whatIsImportedLaterIsReadAgain() {
    start();
    open();
    focus();
    QTRY_VERIFY(!m_panel->isLoading());
    annotate();
    Q_EMIT m_session->dataChanged();
    show(Annotation);
    QTRY_COMPARE(rows("termTable"), 2);
  }

  void nothingIsReadOutOfSight() {
    start();
    open();
    m_panel->hide();
    focus();
    QVERIFY(!m_panel->isLoading());
    m_panel->show();
    QVERIFY(m_panel->isLoading());
    QTRY_VERIFY(!m_panel->isLoading());
  }

  void ranksAreShownWithWords() {
    start();
    annotate();
    open();
    focus();
    show(Study);
    QTRY_VERIFY(!m_panel->isLoading());
    QCOMPARE(child<QLabel>("studyRankA")->text(),
             QString("better studied than 100 % of the project's other proteins (2 have a "
                     "publication count)"));
    QVERIFY(child<QLabel>("studyBiasWords")->text().startsWith("P1 is in the best-studied tenth"));
  }

  void aDamagedStoreIsSaidAndDoesNotEndTheProgram() {
    start();
    open();
    {
      auto& database = m_session->project()->database();
      store::Transaction transaction(database);
      database.execute("ALTER TABLE annotation RENAME TO hidden");
      transaction.commit();
    }
    focus();
    show(Annotation);
    QTRY_VERIFY(note(page(Annotation)).startsWith("The annotations could not be read."));
    QVERIFY(!m_panel->isLoading());
  }

  void whatTakesTheFocusHasAName() {
    start();
    annotate();
    open();
    focus();
    act(page(Neighbours));
    QTRY_VERIFY(note(page(Neighbours)).isEmpty());
    QTRY_VERIFY(!m_panel->isLoading());
    for (const auto tab : {Neighbours, Annotation, Study}) {
      show(tab);
      QCOMPARE(namelessWidgets(*m_panel).join(", "), QString());
    }
  }
};

QTEST_MAIN(TestEvidencePanel)
#include "tst_evidence_panel.moc"
