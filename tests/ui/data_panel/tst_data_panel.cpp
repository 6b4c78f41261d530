#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include "core/store/structure_repository.h"
#include "tests/ui/bridge/test_channels.h"
#include "tests/ui/bridge/test_project.h"
#include "ui/panels/data/channel_dialog.h"
#include "ui/panels/data/data_panel.h"
#include "ui/panels/data/split_preview.h"

using namespace twofold;
using namespace twofold::ui;

class TestDataPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<DataPanel> m_panel;

  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }
  QAbstractItemModel* rows(const char* table) { return child<QTableView>(table)->model(); }
  QString commandAfter(const std::function<void()>& act) {
    QSignalSpy finished(child<ImportBox>("importBox"), &ImportBox::finished);
    act();
    QTest::mouseClick(child<QPushButton>("importCopy"), Qt::LeftButton);
    [&] { QTRY_COMPARE(finished.size(), 1); }();
    return QGuiApplication::clipboard()->text();
  }
  void drop(const QStringList& files) {
    QMimeData data;
    QList<QUrl> urls;
    for (const auto& file : files) {
      urls << QUrl::fromLocalFile(file);
    }
    data.setUrls(urls);
    // Qt hands a drop only to the widget that was entered before.
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_panel.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_panel.get(), &event);
  }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_panel = std::make_unique<DataPanel>(*m_session, m_theme);
    m_panel->resize(900, 600);
    m_panel->show();
    m_session->setProject(m_test->release());
    QTRY_COMPARE(rows("proteinTable")->rowCount(), 2);
  }
  void cleanup() {
    m_panel.reset();
    m_session.reset();
    m_test.reset();
  }

  void listsSetsSplitsAndProteins() {
    QCOMPARE(rows("pairSetTable")->index(0, 0).data().toString(), QStringLiteral("demo"));
    QCOMPARE(rows("pairSetTable")->index(0, 1).data().toString(), QStringLiteral("3"));
    QCOMPARE(rows("splitTable")->index(0, 1).data().toString(), QStringLiteral("random"));
    QCOMPARE(rows("structureTable")->rowCount(), 0);
  }

  void proteinsAreFilteredByAnyColumn() {
    QTest::keyClicks(child<QLineEdit>("proteinTableFilter"), "profil");
    QCOMPARE(rows("proteinTable")->rowCount(), 1);
  }

  void anImportedPairSetTakesTheGivenNameOrTheFiles() {
    const QString named = commandAfter([this] {
      child<QLineEdit>("pairSetName")->setText("mine");
      m_panel->import("pairs", {"/data/some.tsv"});
    });
    QVERIFY(named.contains("import pairs /data/some.tsv --name mine"));
    const QString unnamed = commandAfter([this] {
      child<QLineEdit>("pairSetName")->clear();
      m_panel->import("pairs", {"/data/some.tsv.gz"});
    });
    QVERIFY(unnamed.contains("--name some"));
  }

  void theEndingOfADroppedFileTellsItsKind() {
    QVERIFY(commandAfter([this] { drop({"/data/2hhb.ent.gz"}); }).contains("import structures"));
    QVERIFY(commandAfter([this] { drop({"/data/a.fasta"}); }).contains("import proteins"));
    QVERIFY(commandAfter([this] { drop({"/data/a.csv"}); }).contains("import pairs"));
  }

  void aFolderIsTakenForStructuresAndANameMakesPairs() {
    QTemporaryDir folder;
    child<QLineEdit>("pairSetName")->setText("contacts");
    const QString line = commandAfter([&] { drop({folder.path()}); });
    QVERIFY(line.contains("import structures"));
    QVERIFY(line.contains("--pairs contacts"));
  }

  void pairTablesOfAllPartsComeInWithTheirSplit() {
    const QString command = commandAfter([&] {
      drop({"/b/val.tsv", "/b/train.tsv", "/b/Test_part.csv.gz"});
    });
    QVERIFY2(command.contains("split --parts "
                              "test=/b/Test_part.csv.gz,train=/b/train.tsv,validation=/b/val.tsv "
                              "--name b"),
             qPrintable(command));
    QSignalSpy said(m_session.get(), &Session::message);
    drop({"/b/one.tsv", "/b/two.tsv"});
    QCOMPARE(said.size(), 1);
    QVERIFY(said[0][0].toString().contains("train, val"));
  }

  void filesOfSeveralKindsAreTurnedDown() {
    QSignalSpy message(m_session.get(), &Session::message);
    drop({"/data/a.fasta", "/data/a.pdb"});
    QCOMPARE(message.size(), 1);
    QVERIFY(!child<ImportBox>("importBox")->isBusy());
  }

  void anEmptyListOffersWhatFillsIt() {
    QVERIFY(!child<QTableView>("structureTable")->isVisibleTo(m_panel.get()));
    QVERIFY(child<QTableView>("pairSetTable")->isVisibleTo(m_panel.get()));
  }

  void aSplitsCommandCanBeCopiedWithoutRunning() {
    child<QPushButton>("copySplit")->click();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith("twofold-worker split --pairs demo"));
    QVERIFY(!child<ImportBox>("importBox")->isBusy());
  }

  void whenAnImportEndsTheListsAreReadAgain() {
    QSignalSpy changed(m_session.get(), &Session::dataChanged);
    m_panel->import("proteins", {"/data/a.fasta"});
    QTRY_COMPARE(changed.size(), 1);
  }

  void aSecondImportWaitsForTheFirst() {
    useFakeWorker("slow");
    QSignalSpy message(m_session.get(), &Session::message);
    m_panel->import("proteins", {"/data/a.fasta"});
    m_panel->import("proteins", {"/data/b.fasta"});
    QCOMPARE(message.size(), 1);
    QVERIFY(message[0][1].toBool());
  }

  void aSplitIsMadeFromTheForm() {
    const QString line = commandAfter([this] {
      child<QLineEdit>("splitRatio")->setText("6,2,2");
      child<QLineEdit>("splitName")->setText("half");
      child<QPushButton>("makeSplit")->click();
    });
    QVERIFY2(line.contains("split --pairs demo --rule random --ratio 6,2,2 --seed 1 --name half"),
             qPrintable(line));
  }

  void aPreviewIsShownWhenTheWorkerHasIt() {
    const QString line = commandAfter([this] { child<QPushButton>("previewSplit")->click(); });
    QVERIFY2(line.contains("--name random --preview"), qPrintable(line));
    auto* preview = child<SplitPreview>("splitPreview");
    QVERIFY(preview != nullptr && preview->isVisible());
    QCOMPARE(preview->findChild<QTableView*>("previewParts")->model()->rowCount(), 3);
  }

  void aTableOfTheUsersIsAskedAboutAndImported() {
    const QString line = commandAfter([this] {
      m_panel->import("channel", {"/data/expression.tsv"});
      auto* dialog = child<ChannelDialog>("channelDialog");
      QVERIFY(dialog != nullptr);
      dialog->findChild<QPushButton*>("channelImport")->click();
    });
    QVERIFY2(line.contains("import channel /data/expression.tsv --name expression"),
             qPrintable(line));
  }

  void channelsAreListedWithTheirCoverageAndRemoved() {
    QCOMPARE(rows("channelTable")->rowCount(), 0);
    addUserChannel(*m_session->project(), m_test->a());
    Q_EMIT m_session->dataChanged();
    QCOMPARE(rows("channelTable")->rowCount(), 1);
    QCOMPARE(rows("channelTable")->index(0, 0).data().toString(), QStringLiteral("expression"));
    QCOMPARE(rows("channelTable")->index(0, 1).data().toString(), QStringLiteral("3"));
    QCOMPARE(rows("channelTable")->index(0, 4).data().toString(), QStringLiteral("50.0 %"));
    auto* remove = child<QPushButton>("channelTableRemove");
    QVERIFY(!remove->isEnabled());
    child<QTableView>("channelTable")->selectRow(0);
    QVERIFY(remove->isEnabled());
    const QString line = commandAfter([&] {
      remove->click();
      QVERIFY(remove->text().contains("for good"));
      QVERIFY(!child<ImportBox>("importBox")->isBusy());
      remove->click();
    });
    QVERIFY2(line.contains("channels remove expression"), qPrintable(line));
  }

  void aClickOnAStructureShowsIt() {
    auto& database = m_session->project()->database();
    {
      store::Transaction transaction(database);
      store::StructureInfo structure;
      structure.id = "1ABC";
      structure.file = "1abc.pdb";
      structure.chains = {{"A", m_test->a(), 9, "sequence"}};
      std::ignore = store::StructureRepository(database).insert(structure);
      transaction.commit();
    }
    Q_EMIT m_session->dataChanged();
    auto* table = child<QTableView>("structureTable");
    QCOMPARE(table->model()->rowCount(), 1);
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    Q_EMIT table->clicked(table->model()->index(0, 0));
    QVERIFY(m_session->structure() > 0);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("structure"));
  }
};

QTEST_MAIN(TestDataPanel)
#include "tst_data_panel.moc"
