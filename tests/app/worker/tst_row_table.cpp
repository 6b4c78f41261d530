#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <iterator>

#include "app/worker/row_table.h"
#include "core/base/error.h"

using twofold::app::RowTable;

class TestRowTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_out = m_folder->filePath("out.tsv").toStdString();
  }

  void theWholeTableComesAtItsEnd() {
    RowTable table(m_out, "one", "head\n");
    table.add("1\n", 1);
    QVERIFY(!std::filesystem::exists(m_out));
    table.finish();
    QCOMPARE(text(m_out), std::string("head\n1\n"));
    QVERIFY(!std::filesystem::exists(m_out.string() + ".part"));
    QVERIFY(!std::filesystem::exists(m_out.string() + ".part.json"));
  }

  void itGoesOnAfterTheLastMark() {
    {
      RowTable table(m_out, "one", "head\n");
      table.add("1\n", 1);
      table.add("2a\n2b\n", 2);
      table.mark();
      table.add("3, never marked\n", 1);
    }
    RowTable again(m_out, "one", "head\n");
    QCOMPARE(again.rows(), std::int64_t{2});
    QCOMPARE(again.lines(), std::int64_t{3});
    again.add("3\n", 1);
    again.finish();
    QCOMPARE(text(m_out), std::string("head\n1\n2a\n2b\n3\n"));
  }

  void whatAnotherLeftIsBegunAnew_data() {
    QTest::addColumn<QString>("harm");
    QTest::newRow("another identity") << "identity";
    QTest::newRow("a shorter part") << "cut";
    QTest::newRow("a broken place") << "place";
    QTest::newRow("no part") << "gone";
  }
  void whatAnotherLeftIsBegunAnew() {
    QFETCH(QString, harm);
    {
      RowTable table(m_out, harm == "identity" ? "other" : "one", "head\n");
      table.add("1\n", 1);
      table.mark();
    }
    const std::filesystem::path part = m_out.string() + ".part";
    if (harm == "cut") {
      std::filesystem::resize_file(part, 3);
    } else if (harm == "place") {
      std::ofstream(m_out.string() + ".part.json") << "{\"rows\": 7";
    } else if (harm == "gone") {
      std::filesystem::remove(part);
    }
    RowTable table(m_out, "one", "head\n");
    QCOMPARE(table.rows(), std::int64_t{0});
    table.finish();
    QCOMPARE(text(m_out), std::string("head\n"));
  }

  void aFolderThatIsNotThereIsNamed() {
    try {
      RowTable table(m_folder->filePath("no/out.tsv").toStdString(), "one", "head\n");
      QFAIL("no error");
    } catch (const twofold::Error& error) {
      QCOMPARE(error.kind(), twofold::ErrorKind::Io);
      QVERIFY(QString(error.what()).contains("out.tsv.part"));
    }
  }

 private:
  static std::string text(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::unique_ptr<QTemporaryDir> m_folder;
  std::filesystem::path m_out;
};

QTEST_GUILESS_MAIN(TestRowTable)
#include "tst_row_table.moc"
