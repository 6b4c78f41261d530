#include <QTest>
#include <set>

#include "core/base/error.h"

using namespace twofold;

class TestError : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void badInputNamesFileLineAndReason() {
    QCOMPARE(std::string(badInput("a.tsv", 7, "no id").what()), std::string("a.tsv:7: no id"));
    QCOMPARE(std::string(badInput("a.tsv", 0, "empty").what()), std::string("a.tsv: empty"));
  }

  void eachKindHasItsOwnStatusAndName() {
    std::set<int> codes;
    std::set<std::string_view> names;
    for (const auto kind :
         {ErrorKind::Usage, ErrorKind::BadInput, ErrorKind::NotFound, ErrorKind::Device,
          ErrorKind::Internal, ErrorKind::Memory, ErrorKind::Io}) {
      QVERIFY(exitCode(kind) != 0);
      codes.insert(exitCode(kind));
      names.insert(name(kind));
    }
    QCOMPARE(codes.size(), std::size_t{7});
    QCOMPARE(names.size(), std::size_t{7});
  }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
