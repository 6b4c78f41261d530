#include <QTest>

#include "core/base/nearest_name.h"

using namespace twofold;

class TestNearestName : public QObject {
  Q_OBJECT

 private:
  const std::vector<std::string> m_names{"composition", "esm2", "sequence"};

 private Q_SLOTS:
  void theClosestSpellingWins() {
    QCOMPARE(nearestName("esm", m_names), std::string("esm2"));
    QCOMPARE(nearestName("sequnce", m_names), std::string("sequence"));
    QCOMPARE(nearestName("compositon", m_names), std::string("composition"));
  }

  void nothingIsNearAnUnrelatedName() {
    QCOMPARE(nearestName("qqqqqqqqqqqq", m_names), std::string());
    QCOMPARE(nearestName("x", {}), std::string());
  }

  void messagesSuggestOrList() {
    QCOMPARE(didYouMean("esm-2", m_names), std::string("; did you mean \"esm2\"?"));
    QCOMPARE(didYouMean("qqqqqqqqqqqq", m_names),
             std::string("; there are composition, esm2, sequence"));
    QCOMPARE(didYouMean("x", {}), std::string("; there is none yet"));
  }

  void longListsAreCut() {
    std::vector<std::string> many;
    for (int i = 0; i < 100; ++i) {
      many.push_back("a-rather-long-name-" + std::to_string(i));
    }
    QVERIFY(didYouMean("q", many).ends_with(", …"));
  }
};

QTEST_GUILESS_MAIN(TestNearestName)
#include "tst_nearest_name.moc"
