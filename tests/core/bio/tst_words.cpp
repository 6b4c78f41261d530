#include <QTest>
#include <array>

#include "core/bio/relative_finder.h"
#include "core/bio/words.h"

using namespace twofold::bio;

namespace {

constexpr std::array<std::size_t, 2> kTwo = {0, 1};
constexpr std::array<std::size_t, 3> kThree = {0, 1, 2};
constexpr std::array<std::size_t, 2> kSpaced = {0, 2};

}  // namespace

class TestWords : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wordsAreNumbersInOrderOfPlace() {
    const auto words = wordsIn("ACDY", kTwo);
    QCOMPARE(words.size(), std::size_t{3});
    QCOMPARE(words[0].value, 1U);  // A C
    QCOMPARE(words[1].value, 22U);
    QCOMPARE(words[2].value, 59U);
    QCOMPARE(words[2].place, 2U);
  }

  void wordsWithOtherLettersAreLeftOut() {
    const auto words = wordsIn("ACXDEF", kThree);
    QCOMPARE(words.size(), std::size_t{1});
    QCOMPARE(words[0].place, 3U);
    QVERIFY(wordsIn("AC", kThree).empty());
    QVERIFY(wordsIn("", kThree).empty());
  }

  void wordsMayHaveGaps() {
    const auto words = wordsIn("AXCD", kSpaced);
    QCOMPARE(words.size(), std::size_t{1});
    QCOMPARE(words[0].value, 1U);
    QCOMPARE(words[0].place, 0U);
  }

  void theFinderScoresWhatIsAlikeWithoutGaps() {
    const std::string sequence = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQ";
    const std::vector<std::string_view> known = {"GGGGGGGGGGGGGGGGGGGGGGGG", sequence};
    const RelativeFinder finder(known);
    const auto same = finder.candidates(sequence, 0.5);
    QCOMPARE(same.size(), std::size_t{1});
    QCOMPARE(same[0].sequence, 1U);
    QVERIFY(same[0].score > 200);
    QVERIFY(finder.candidates(std::string(40, 'G'), 0.5).empty());
    // Nine residues are a word or two, not half of the sequence.
    QVERIFY(finder.candidates(sequence.substr(0, 9) + std::string(47, 'W'), 0.5).empty());
  }
};

QTEST_APPLESS_MAIN(TestWords)
#include "tst_words.moc"
