#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/session/session.h"

using namespace twofold;
using namespace twofold::ui;

class TestSession : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;

  std::unique_ptr<store::Project> project(const char* name) {
    return std::make_unique<store::Project>(
        store::Project::openOrCreate(m_folder.filePath(name).toStdString()));
  }
  static FocusedPair pair() {
    FocusedPair pair;
    pair.idA = "P1";
    pair.idB = "P2";
    pair.keyA = 1;
    pair.keyB = 2;
    return pair;
  }

 private Q_SLOTS:
  void beginsWithNothing() {
    const Session session;
    QVERIFY(session.project() == nullptr);
    QVERIFY(!session.pair());
    QVERIFY(session.run().isEmpty());
    QCOMPARE(session.structure(), std::int64_t{0});
  }

  void anotherProjectDropsAllFocus() {
    Session session;
    session.setProject(project("first"));
    session.focusPair(pair());
    session.focusRun("r1");
    session.focusStructure(7);
    QSignalSpy changed(&session, &Session::projectChanged);
    session.setProject(project("second"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(session.project()->name(), std::string("second"));
    QVERIFY(!session.pair());
    QVERIFY(session.run().isEmpty());
    QCOMPARE(session.structure(), std::int64_t{0});
  }

  void comparedRunsAreOfOneProject() {
    Session session;
    session.setProject(project("first"));
    QSignalSpy changed(&session, &Session::comparedRunsChanged);
    session.compareRuns({"r1", "r2"});
    session.compareRuns({"r1", "r2"});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(session.comparedRuns(), (QStringList{"r1", "r2"}));
    session.setProject(project("second"));
    QVERIFY(session.comparedRuns().isEmpty());
  }

  void theSameFocusAgainIsNoNews() {
    Session session;
    QSignalSpy pairs(&session, &Session::pairFocused);
    QSignalSpy runs(&session, &Session::runFocused);
    for (int i = 0; i < 2; ++i) {
      session.focusPair(pair());
      session.focusRun("r1");
    }
    QCOMPARE(pairs.size(), 1);
    QCOMPARE(runs.size(), 1);
  }

  void thePairInFocusTakesTheFocusBackFromAStructure() {
    Session session;
    session.focusPair(pair());
    session.focusStructure(7);
    QSignalSpy pairs(&session, &Session::pairFocused);
    session.focusPair(pair());
    QCOMPARE(pairs.size(), 1);
    QCOMPARE(session.structure(), std::int64_t{0});
  }

  void aPairTakesTheFocusFromAStructure() {
    Session session;
    session.focusStructure(7);
    session.focusPair(pair());
    QCOMPARE(session.structure(), std::int64_t{0});
  }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_ui_session.moc"
