#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/compare_panel/compared_project.h"
#include "ui/panels/compare/disagreement_page.h"

using namespace twofold;
using namespace twofold::ui;

class TestDisagreementPage : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<ComparedProject> m_project;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<DisagreementPage> m_page;

  template <class Widget>
  Widget* child(const char* name) {
    return m_page->findChild<Widget*>(name);
  }
  QAbstractItemModel* model() { return child<QTableView>("disagreementTable")->model(); }
  QString cell(int row, int column) { return model()->index(row, column).data().toString(); }
  QString state() { return child<QLabel>("disagreeState")->text(); }

  std::shared_ptr<const Comparison> show(const std::vector<std::string>& ids) {
    auto comparison = std::make_shared<Comparison>(
        compareOn({m_project->folder(), ids, data::Part::Test, false}, {}, {}));
    m_page->setComparison(comparison);
    return comparison;
  }

 private Q_SLOTS:
  void init() {
    m_project = std::make_unique<ComparedProject>();
    m_session = std::make_unique<Session>();
    m_session->setProject(std::make_unique<store::Project>(m_project->open()));
    m_page = std::make_unique<DisagreementPage>(*m_session);
    m_page->resize(900, 400);
    m_page->show();
  }
  void cleanup() {
    m_page.reset();
    m_session.reset();
  }

  void rowsAreThoseOfTheCoreWidestFirst() {
    const auto a = m_project->add(2);
    const auto b = m_project->add(0);
    const auto comparison = show({a, b});
    const auto expected = comparison::disagreements(comparison->shared, 0, 1);
    QVERIFY(expected.size() == 33);
    QTRY_COMPARE(model()->rowCount(), 33);
    const auto& widest = expected.front();
    const auto pair = m_project->pairs().at(comparison->shared.indices[widest.pair]);
    store::ProteinRepository proteins(m_project->project().database());
    QCOMPARE(cell(0, DisagreementTableModel::ProteinA),
             QString::fromStdString(proteins.byKey(pair.a).id));
    QCOMPARE(cell(0, DisagreementTableModel::ProteinB),
             QString::fromStdString(proteins.byKey(pair.b).id));
    QCOMPARE(cell(0, DisagreementTableModel::Gap), QString::number(widest.gap, 'f', 3));
    QCOMPARE(cell(0, DisagreementTableModel::Right), QString::fromStdString(b));
    QVERIFY2(state().startsWith("33 pairs: 0 right by"), qPrintable(state()));
  }

  void rowsAreSortedByAnyColumn() {
    show({m_project->add(2), m_project->add(0)});
    QTRY_COMPARE(model()->rowCount(), 33);
    const QAbstractItemModelTester tester(model());
    auto* table = child<QTableView>("disagreementTable");
    for (int column = 0; column < DisagreementTableModel::Right; ++column) {
      for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        table->sortByColumn(column, order);
        for (int row = 1; row < 33; ++row) {
          const QString above = cell(row - 1, column);
          const QString below = cell(row, column);
          const bool isText = column <= DisagreementTableModel::Label;
          const bool ordered = isText ? above <= below : above.toDouble() <= below.toDouble();
          const bool turned = isText ? above >= below : above.toDouble() >= below.toDouble();
          QVERIFY2(order == Qt::AscendingOrder ? ordered : turned, qPrintable(above + below));
        }
      }
    }
    table->setCurrentIndex(model()->index(5, 0));
    QCOMPARE(m_session->pair()->idA, cell(5, DisagreementTableModel::ProteinA));
  }

  void aRowPutsItsPairInFocusAndEnterShowsIt() {
    show({m_project->add(2), m_project->add(0)});
    QTRY_COMPARE(model()->rowCount(), 33);
    auto* table = child<QTableView>("disagreementTable");
    table->setFocus();
    table->setCurrentIndex(model()->index(3, 0));
    QVERIFY(m_session->pair().has_value());
    const auto& pair = *m_session->pair();
    QCOMPARE(pair.idA, cell(3, DisagreementTableModel::ProteinA));
    QCOMPARE(pair.idB, cell(3, DisagreementTableModel::ProteinB));
    QCOMPARE(pair.pairSet, QString("demo"));
    const auto stored = m_project->pairs().at(static_cast<std::size_t>(pair.index));
    QVERIFY(stored.a == pair.keyA && stored.b == pair.keyB && stored.label == pair.label);
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), QString("pair"));
  }

  void otherRunsAreChosen() {
    const auto a = m_project->add(2);
    const auto b = m_project->add(0);
    show({a, b, m_project->add(3)});
    QTRY_COMPARE(model()->rowCount(), 33);
    child<QComboBox>("disagreeFirst")->setCurrentText(QString::fromStdString(b));
    QVERIFY2(state().contains("two runs that differ"), qPrintable(state()));
    child<QComboBox>("disagreeSecond")->setCurrentIndex(2);
    QTRY_COMPARE(model()->rowCount(), 22);
    QVERIFY(state().contains("22 right by " + QString::fromStdString(b)));
  }

  void runsThatAgreeSaySo() {
    show({m_project->add(2), m_project->add(2)});
    QTRY_VERIFY2(state().contains("same pairs"), qPrintable(state()));
    QVERIFY(!child<QPushButton>("saveDisagreements")->isEnabled());
  }

  void ranksWithoutAThresholdSaySo() {
    show({m_project->add(2), m_project->addRanks(3)});
    QTRY_VERIFY2(state().contains("has no threshold"), qPrintable(state()));
    QCOMPARE(model()->rowCount(), 0);
  }

  void theTableIsSavedAsTheCommandWritesIt() {
    const auto a = m_project->add(2);
    const auto b = m_project->add(0);
    const auto comparison = show({a, b});
    QTRY_COMPARE(model()->rowCount(), 33);
    const QTemporaryDir folder;
    const auto expected = folder.filePath("expected.tsv");
    comparison::writeDisagreements(expected.toStdString(), m_project->project().database(),
                                   comparison->shared, 0, 1,
                                   comparison::disagreements(comparison->shared, 0, 1));
    QSignalSpy said(m_session.get(), &Session::message);
    m_page->saveTo(folder.filePath("saved.tsv"));
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(!said[0][1].toBool());
    QFile saved(folder.filePath("saved.tsv"));
    QFile wanted(expected);
    QVERIFY(saved.open(QIODevice::ReadOnly) && wanted.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), wanted.readAll());
    m_page->saveTo("/nowhere/at/all.tsv");
    QTRY_COMPARE(said.size(), 2);
    QVERIFY(said[1][1].toBool());
    m_page->saveTo("/nowhere/at/all.tsv");
    m_page->saveTo(folder.filePath("again.tsv"));
    QTRY_COMPARE(said.size(), 4);  // the failure is told though another followed at once
    QVERIFY(said[2][1].toBool());
    QVERIFY(!said[3][1].toBool());
    QTest::mouseClick(child<QPushButton>("copyDisagreeCommand"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QString::fromStdString("twofold-worker compare --runs " + a + "," + b +
                                    " --part test --disagree disagree.tsv --project " +
                                    m_project->folder()));
  }
};

QTEST_MAIN(TestDisagreementPage)
#include "tst_disagreement_page.moc"
