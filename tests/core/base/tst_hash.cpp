#include <QTest>

#include "core/base/hash.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;

class TestHash : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Vectors of NIST's examples for FIPS 180-4.
  void knownVectors_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("empty")
        << QByteArray("")
        << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray(
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("two blocks")
        << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        << QByteArray("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  }
  void knownVectors() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    QCOMPARE(sha256(text.toStdString()), hex.toStdString());
  }

  void piecesHashAsTheWhole() {
    Sha256 hash;
    for (int i = 0; i < 1000; ++i) {
      hash.add(std::string(1000, 'a'));
    }
    QCOMPARE(hash.hex(),
             std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
  }

  void filesHashAsTheirBytes() {
    const tests::TestFolder folder;
    const std::string text(3'000'000, 'x');
    QCOMPARE(sha256OfFile(folder.write("x", text)), sha256(text));
    EXPECT_ERROR(sha256OfFile(folder.path("none")), ErrorKind::Io, "none");
  }
};

QTEST_GUILESS_MAIN(TestHash)
#include "tst_hash.moc"
