#include <QTest>

#include "core/data/split.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::data;

class TestSplit : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aPartHasOneNameBothWays() {
    for (const Part part : {Part::Train, Part::Validation, Part::Test, Part::None}) {
      QCOMPARE(partFromName(name(part)), part);
    }
  }

  void anUnknownPartNamesTheNearest() {
    EXPECT_ERROR(partFromName("validatoin"), ErrorKind::Usage, "validation");
  }

  void indicesAreAscending() {
    const Split split{"random", 1, {Part::Test, Part::Train, Part::None, Part::Train}};
    QCOMPARE(split.indices(Part::Train), (std::vector<std::uint32_t>{1, 3}));
    QCOMPARE(split.indices(Part::Test), (std::vector<std::uint32_t>{0}));
    QVERIFY(split.indices(Part::Validation).empty());
  }

  void theHashSeesRuleSeedAndParts() {
    const Split split{"random", 1, {Part::Train, Part::Test}};
    QCOMPARE(split.hash().size(), std::size_t{64});
    QCOMPARE(split.hash(), (Split{"random", 1, {Part::Train, Part::Test}}.hash()));
    QVERIFY(split.hash() != (Split{"files", 1, {Part::Train, Part::Test}}.hash()));
    QVERIFY(split.hash() != (Split{"random", 2, {Part::Train, Part::Test}}.hash()));
    QVERIFY(split.hash() != (Split{"random", 1, {Part::Test, Part::Train}}.hash()));
  }

  void theHashSeesOptionsAndStaysWhereThereAreNone() {
    const Split split{"random", 1, {Part::Train, Part::Test}};
    const auto with = [&](const SplitOptions& options) {
      return Split{"random", 1, {Part::Train, Part::Test}, options}.hash();
    };
    QCOMPARE(with({}), split.hash());
    QVERIFY(with({{"ratio", "8,1,1"}}) != split.hash());
    QVERIFY(with({{"ratio", "8,1,1"}}) != with({{"ratio", "6,2,2"}}));
    QVERIFY(with({{"a", "1"}, {"b", "2"}}) != with({{"a", "1\nb 1 2"}}));
  }
};

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
