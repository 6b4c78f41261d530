#include <QTest>
#include <set>

#include "ui/theme/tokens.h"

using namespace twofold::ui;

namespace {
constexpr double kText = 4.5;
constexpr double kShape = 3.0;
}  // namespace

class TestTokens : public QObject {
  Q_OBJECT

 private:
  static void addModes() {
    QTest::addColumn<ThemeMode>("mode");
    QTest::newRow("light") << ThemeMode::Light;
    QTest::newRow("dark") << ThemeMode::Dark;
  }
  static std::array<QColor, 3> grounds(const Tokens& colors) {
    return {colors.surface, colors.raised, colors.sunken};
  }

 private Q_SLOTS:
  void contrastOfBlackOnWhiteIs21() {
    QVERIFY(std::abs(contrastRatio(Qt::black, Qt::white) - 21) < 1e-9);
    QCOMPARE(contrastRatio(Qt::white, Qt::black), contrastRatio(Qt::black, Qt::white));
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
  }

  void textReadsOnEveryGround_data() { addModes(); }
  void textReadsOnEveryGround() {
    QFETCH(ThemeMode, mode);
    const auto& colors = tokens(mode);
    for (const auto& ground : grounds(colors)) {
      QVERIFY(contrastRatio(colors.text, ground) >= kText);
      QVERIFY(contrastRatio(colors.muted, ground) >= kText);
      QVERIFY(contrastRatio(colors.bad, ground) >= kText);
      QVERIFY(contrastRatio(colors.accent, ground) >= kText);
    }
  }

  void shapesOfStatesStandOutOnEveryGround_data() { addModes(); }
  void shapesOfStatesStandOutOnEveryGround() {
    QFETCH(ThemeMode, mode);
    const auto& colors = tokens(mode);
    for (const auto& ground : grounds(colors)) {
      QVERIFY(contrastRatio(colors.good, ground) >= kShape);
      QVERIFY(contrastRatio(colors.warn, ground) >= kShape);
      QVERIFY(contrastRatio(colors.bad, ground) >= kShape);
    }
  }

  void noSeriesHasTheAccentOrAnothersColour_data() { addModes(); }
  void noSeriesHasTheAccentOrAnothersColour() {
    QFETCH(ThemeMode, mode);
    std::set<QString> names{tokens(mode).accent.name()};
    for (const auto& color : categoryColors(mode)) {
      QVERIFY(names.insert(color.name()).second);
    }
  }

  void proteinsAreBlueAndOrange() {
    QCOMPARE(proteinAColor(), QColor("#0072B2"));
    QCOMPARE(proteinBColor(), QColor("#E69F00"));
  }

  void eachChannelHasItsOwnColour() {
    std::set<QString> names;
    for (const char* id : {"sequence", "neighbours", "annotation", "calpha", "of a user"}) {
      QVERIFY(names.insert(channelColor(QString::fromLatin1(id)).name()).second);
    }
  }

  void plddtFollowsTheAlphaFoldBands() {
    QCOMPARE(plddtColor(95), QColor("#0053D6"));
    QCOMPARE(plddtColor(90), QColor("#65CBF3"));
    QCOMPARE(plddtColor(60), QColor("#FFDB13"));
    QCOMPARE(plddtColor(10), QColor("#FF7D45"));
  }
};

QTEST_MAIN(TestTokens)
#include "tst_tokens.moc"
