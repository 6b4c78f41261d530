#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/pairs/pairs_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestPairsPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<PairsPanel> m_panel;

  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }
  void openProject() {
    QSignalSpy loaded(m_panel.get(), &PairsPanel::loaded);
    m_session->setProject(m_test->release());
    QTRY_COMPARE(loaded.size(), 1);
  }
  void rename(const char* from, const char* to) {
    auto& database = m_session->project()->database();
    store::Transaction transaction(database);
    database.execute(std::string("ALTER TABLE ") + from + " RENAME TO " + to);
    transaction.commit();
  }
  void clickFirstRow() {
    auto* table = child<QTableView>("pairTable");
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 0)).center());
  }
  /// The store cannot be read while `table` has another name.
  void failAndTryAgain(const char* table) {
    openProject();
    rename(table, "hidden");
    Q_EMIT m_session->dataChanged();
    QTRY_VERIFY(child<QLabel>("emptyText")->isVisible());
    QVERIFY(child<QLabel>("emptyText")->text().contains("cannot be read"));
    QCOMPARE(rows(), 0);
    rename("hidden", table);
    QTest::mouseClick(child<QPushButton>("emptyAction"), Qt::LeftButton);
    QTRY_VERIFY(child<QTableView>("pairTable")->isVisible());
    QTRY_COMPARE(rows(), 3);
  }
  QString probability(int row) {
    auto* model = child<QTableView>("pairTable")->model();
    return model->index(row, static_cast<int>(PairColumn::Probability)).data().toString();
  }
  int rows() { return child<QTableView>("pairTable")->model()->rowCount(); }

 private Q_SLOTS:
  void init() {
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_panel = std::make_unique<PairsPanel>(*m_session, m_theme);
    m_panel->resize(480, 600);
    m_panel->show();
  }
  void cleanup() {
    m_panel.reset();
    m_session.reset();
    m_test.reset();
  }

  void anEmptyProjectOffersToImportPairs() {
    QTemporaryDir folder;
    m_session->setProject(std::make_unique<store::Project>(
        store::Project::openOrCreate(folder.filePath("empty").toStdString())));
    QVERIFY(child<QLabel>("emptyText")->isVisible());
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    QTest::mouseClick(child<QPushButton>("emptyAction"), Qt::LeftButton);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("data"));
  }

  void listsThePairsAndTheirNumber() {
    openProject();
    QCOMPARE(rows(), 3);
    QCOMPARE(child<QComboBox>("pairSetPicker")->currentText(), QStringLiteral("demo"));
    QCOMPARE(child<QLabel>("pairCount")->text(), QStringLiteral("3 of 3 pairs"));
  }

  void aProjectOpensOnASetThatWasSplit() {
    QTemporaryDir folder;
    auto project = std::make_unique<store::Project>(
        store::Project::openOrCreate(folder.filePath("two").toStdString()));
    store::Transaction transaction(project->database());
    const auto key = store::ProteinRepository(project->database()).insert({0, "P1", "", "", "MKV"});
    store::PairRepository pairs(project->database());
    const data::Pairs pair = {{key, key, data::Label::Positive}};
    static_cast<void>(pairs.insertSet("unsplit", "x.tsv", pair));
    const auto set = pairs.insertSet("split", "y.tsv", pair);
    static_cast<void>(pairs.insertSplit("random", set, {"random", 1, {data::Part::Train}}));
    transaction.commit();
    QSignalSpy loaded(m_panel.get(), &PairsPanel::loaded);
    m_session->setProject(std::move(project));
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(child<QComboBox>("pairSetPicker")->itemText(0), QStringLiteral("unsplit"));
    QCOMPARE(child<QComboBox>("pairSetPicker")->currentText(), QStringLiteral("split"));
  }

  void typingFilters() {
    openProject();
    QTest::keyClicks(child<QLineEdit>("pairFilter"), "profilin");
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(child<QLabel>("pairCount")->text(), QStringLiteral("2 of 3 pairs"));
  }

  void aWrongExpressionIsMarked() {
    openProject();
    child<QCheckBox>("regexFilter")->setChecked(true);
    QTest::keyClicks(child<QLineEdit>("pairFilter"), "(P1");
    QTRY_COMPARE(child<QLineEdit>("pairFilter")->property("state").toString(),
                 QStringLiteral("bad"));
    QVERIFY(!child<QLineEdit>("pairFilter")->toolTip().isEmpty());
    QTest::keyClicks(child<QLineEdit>("pairFilter"), ")");
    QTRY_COMPARE(rows(), 2);
    QVERIFY(child<QLineEdit>("pairFilter")->property("state").isNull());
  }

  void labelsAndStructuresFilter() {
    openProject();
    child<QComboBox>("labelFilter")->setCurrentIndex(1);
    QCOMPARE(rows(), 1);
    child<QCheckBox>("structureFilter")->setChecked(true);
    QCOMPARE(rows(), 0);
  }

  void aClickPutsThePairInFocus() {
    openProject();
    clickFirstRow();
    QVERIFY(m_session->pair().has_value());
    QCOMPARE(m_session->pair()->idA, QStringLiteral("P1"));
    QCOMPARE(m_session->pair()->idB, QStringLiteral("P2"));
    QCOMPARE(m_session->pair()->pairSet, QStringLiteral("demo"));
    QCOMPARE(m_session->pair()->index, std::int64_t{0});
    QVERIFY(m_session->pair()->label == data::Label::Positive);
  }

  void stepsThroughThePairsAndStaysInside() {
    openProject();
    QVERIFY(m_panel->focusFirstPair());
    m_panel->step(1);
    QCOMPARE(m_session->pair()->index, std::int64_t{1});
    m_panel->step(-5);
    QCOMPARE(m_session->pair()->index, std::int64_t{0});
    m_panel->step(50);
    QCOMPARE(m_session->pair()->index, std::int64_t{2});
  }

  void followsAPairFocusedElsewhere() {
    openProject();
    FocusedPair pair;
    pair.pairSet = "demo";
    pair.index = 2;
    m_session->focusPair(pair);
    QCOMPARE(child<QTableView>("pairTable")->currentIndex().row(), 2);
  }

  void aClickOnThePairInFocusTakesTheFocusBackFromAStructure() {
    openProject();
    clickFirstRow();
    m_session->focusStructure(7);
    clickFirstRow();
    QCOMPARE(m_session->structure(), std::int64_t{0});
  }

  void setsThatCannotBeReadAreSaidAndTriedAgain() { failAndTryAgain("pair_set"); }

  void pairsThatCannotBeReadAreSaidAndTriedAgain() { failAndTryAgain("protein"); }

  void aRunThatIsGoneIsSaidAndHidesNoPairs() {
    openProject();
    QSignalSpy said(m_session.get(), &Session::message);
    QSignalSpy loaded(m_panel.get(), &PairsPanel::loaded);
    m_session->focusRun("nosuch");
    QTRY_COMPARE(loaded.size(), 1);
    QVERIFY(child<QTableView>("pairTable")->isVisible());
    QCOMPARE(rows(), 3);
    QVERIFY(said[0][0].toString().contains("nosuch"));
  }

  void anotherProjectDropsTheFormersPairsAtOnce() {
    openProject();
    TestProject other;
    m_session->setProject(other.release());
    QCOMPARE(rows(), 0);
    QTRY_COMPARE(rows(), 3);
    m_session->setProject(nullptr);
  }

  void anotherRunDropsTheFormersProbabilitiesAtOnce() {
    auto runs = m_test->runs();
    const auto run = runs.create("first", toJson(TestProject::spec()).dump(), "hash");
    runs.setPredictions(run.id, data::Part::Train, std::vector<std::uint32_t>{0},
                        std::vector<float>{0.25F});
    openProject();
    m_session->focusRun(QString::fromStdString(run.id));
    QTRY_COMPARE(probability(0), QStringLiteral("0.250"));
    m_session->focusRun({});
    QCOMPARE(probability(0), QStringLiteral("–"));
  }

  void theKeyboardReachesEverythingAndLeavesTheTable() {
    openProject();
    QCOMPARE(namelessWidgets(*m_panel).join(", "), QString());
    QVERIFY(!child<QTableView>("pairTable")->tabKeyNavigation());
  }

  void newDataIsRead() {
    openProject();
    store::PairRepository pairs(m_session->project()->database());
    store::Transaction transaction(m_session->project()->database());
    std::ignore =
        pairs.insertSet("second", "x.tsv", {{m_test->a(), m_test->b(), data::Label::Positive}});
    transaction.commit();
    Q_EMIT m_session->dataChanged();
    auto* sets = child<QComboBox>("pairSetPicker");
    QCOMPARE(sets->count(), 2);
    sets->setCurrentText(QStringLiteral("second"));
    QTRY_COMPARE(rows(), 1);
  }
};

QTEST_MAIN(TestPairsPanel)
#include "tst_pairs_panel.moc"
