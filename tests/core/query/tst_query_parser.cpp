#include <QTest>

#include <array>

#include "core/base/random.h"
#include "core/query/parser.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::query;

namespace {

constexpr std::array kComparisons = {Kind::Equal,     Kind::NotEqual, Kind::Less,
                                     Kind::LessEqual, Kind::Greater,  Kind::GreaterEqual};
constexpr std::array kArithmetic = {Kind::Add, Kind::Subtract, Kind::Multiply, Kind::Divide};

std::string randomText(Random& random) {
  const std::string letters = "ab%_'\"` .-=<>(\nü0";
  std::string text;
  for (auto length = random.below(6); length > 0; --length) {
    text += letters[random.below(letters.size())];
  }
  return text;
}

Expression randomTree(Random& random, int depth);

Expression randomLeaf(Random& random) {
  switch (random.below(3)) {
    case 0: {
      const std::array<double, 5> numbers = {0, 1, 0.1, 1e300, 123456.789};
      return {Kind::Number, numbers.at(random.below(numbers.size())), {}, false, {}, 0};
    }
    case 1:
      return {Kind::Text, 0, randomText(random), false, {}, 0};
    default: {
      const std::array<std::string, 6> names = {
          "status", "metrics.test.auprc", "and", "params.user:expr.table", "a-b", "7 days `old`"};
      return {Kind::Name, 0, names.at(random.below(names.size())), false, {}, 0};
    }
  }
}

Expression randomLiteral(Random& random) {
  Expression literal = randomLeaf(random);
  while (literal.kind == Kind::Name) {
    literal = randomLeaf(random);
  }
  literal.number = random.below(2) == 0 ? literal.number : -literal.number;
  return literal;
}

std::vector<Expression> operands(Random& random, int depth, std::size_t count) {
  std::vector<Expression> all;
  while (all.size() < count) {
    all.push_back(randomTree(random, depth - 1));
  }
  return all;
}

Expression randomTree(Random& random, int depth) {
  if (depth == 0) {
    return randomLeaf(random);
  }
  const bool negated = random.below(2) == 0;
  switch (random.below(10)) {
    case 0:
      return {Kind::Or, 0, {}, false, operands(random, depth, 2 + random.below(2)), 0};
    case 1:
      return {Kind::And, 0, {}, false, operands(random, depth, 2 + random.below(2)), 0};
    case 2:
      return {Kind::Not, 0, {}, false, operands(random, depth, 1), 0};
    case 3:
      return {Kind::Negate, 0, {}, false, operands(random, depth, 1), 0};
    case 4:
      return {kArithmetic.at(random.below(4)), 0, {}, false, operands(random, depth, 2), 0};
    case 5:
      return {kComparisons.at(random.below(6)), 0, {}, false, operands(random, depth, 2), 0};
    case 6: {
      Expression in{Kind::In, 0, {}, negated, operands(random, depth, 1), 0};
      for (auto count = 1 + random.below(3); count > 0; --count) {
        in.operands.push_back(randomLiteral(random));
      }
      return in;
    }
    case 7: {
      Expression like{negated ? Kind::Like : Kind::LikeAny, 0, {}, random.below(2) == 0,
                      operands(random, depth, 1),           0};
      like.operands.push_back({Kind::Text, 0, randomText(random), false, {}, 0});
      return like;
    }
    case 8:
      return {Kind::IsNull, 0, {}, negated, operands(random, depth, 1), 0};
    default:
      return {Kind::Call,
              0,
              negated ? "max" : "min",
              false,
              operands(random, depth, 2 + random.below(2)),
              0};
  }
}

}  // namespace

class TestQueryParser : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void whatIsPrintedIsReadAsTheSameTree() {
    Random random(7);
    for (int i = 0; i < 20'000; ++i) {
      const Expression tree = randomTree(random, static_cast<int>(random.below(5)));
      const std::string text = toText(tree);
      try {
        QVERIFY2(parse(text) == tree, text.c_str());
      } catch (const Error& error) {
        QFAIL((text + ": " + error.what()).c_str());
      }
    }
  }

  void randomBytesAreReadOrRefused() {
    Random random(11);
    const std::string pieces[] = {
        "metrics.auprc", ">", "0.6", "and",  "(", ")", "'", "\"", "`", "in", ",",
        "not",           "-", "1e",  "null", "is"};
    int refused = 0;
    for (int i = 0; i < 50'000; ++i) {
      std::string text;
      for (auto length = random.below(12); length > 0; --length) {
        text += random.below(2) == 0 ? std::string(1, static_cast<char>(random.below(256)))
                                     : pieces[random.below(std::size(pieces))] + " ";
      }
      try {
        QVERIFY(parse(toText(parse(text))) == parse(text));
      } catch (const Error& error) {
        QVERIFY(error.kind() == ErrorKind::Usage);
        ++refused;
      }
    }
    QVERIFY(refused > 1000);
  }

  void bracketsAndOrderMeanWhatTheySay() {
    QCOMPARE(toText(parse("a = 1 or b = 2 and not c = 3")),
             std::string("a = 1 or b = 2 and not c = 3"));
    QCOMPARE(toText(parse("(a = 1 or b = 2) and c = 3")),
             std::string("(a = 1 or b = 2) and c = 3"));
    QCOMPARE(toText(parse("1 - (2 - 3) - 4 * -5")), std::string("1 - (2 - 3) - 4 * -5"));
    QCOMPARE(toText(parse("status NOT IN ('done', \"it''s\")")),
             std::string("status not in ('done', 'it''''s')"));
    QCOMPARE(toText(parse("favourite == true and 1 <> 2")),
             std::string("favourite = 'true' and 1 != 2"));
  }

  void sortsAndListsAreReadToo() {
    QVERIFY(parseSort("metrics.auprc desc").descending);
    QVERIFY(!parseSort("metrics.auprc").descending);
    QVERIFY(!parseSort("metrics.auprc ASC").descending);
    QCOMPARE(parseColumns("id, max(metrics.auprc, 0.5), a - b").size(), std::size_t{3});
    QVERIFY(parseColumns("  ").empty());
  }

  void errorsSayWhereAndWhatWasExpected_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("ends") << "metrics.auprc >"
                          << "character 16: expected a name";
    QTest::newRow("empty") << ""
                           << "character 1: expected a name";
    QTest::newRow("bracket") << "(a = 1"
                             << "character 7: expected a closing bracket";
    QTest::newRow("two values") << "a = 1 2"
                                << "character 7: expected an operator";
    QTest::newRow("quote") << "a = 'x"
                           << "character 5: the quote ' is not closed";
    QTest::newRow("pattern") << "a like b"
                             << "character 8: expected a pattern in quotes";
    QTest::newRow("list") << "a in b"
                          << "character 6: expected a list in brackets";
    QTest::newRow("function") << "mx(1, 2) > 1"
                              << "did you mean \"max\"";
    QTest::newRow("arguments") << "abs(1, 2) > 1"
                               << "takes one number";
    QTest::newRow("symbol") << "a ; b"
                            << "character 3: \";\" has no meaning";
    QTest::newRow("huge") << "a = 1e999"
                          << "character 5: 1e999 is too large";
    QTest::newRow("not what") << "a not b"
                              << "in, like or ilike";
  }
  void errorsSayWhereAndWhatWasExpected() {
    QFETCH(QString, text);
    QFETCH(QString, error);
    EXPECT_ERROR(parse(text.toStdString()), ErrorKind::Usage, error.toStdString());
  }

  void whatIsTooDeepOrTooLongIsRefused() {
    const std::string deep(5000, '(');
    EXPECT_ERROR(parse(deep), ErrorKind::Usage, "inside each other");
    const std::string signs(5000, '-');
    EXPECT_ERROR(parse(signs), ErrorKind::Usage, "inside each other");
    EXPECT_ERROR(parse(std::string(10'001, 'a')), ErrorKind::Usage, "longer than");
    std::string chain = "1";
    for (int i = 0; i < 1500; ++i) {
      chain += "+1";
    }
    EXPECT_ERROR(parse(chain), ErrorKind::Usage, "more than 1000 operators");
  }
};

QTEST_GUILESS_MAIN(TestQueryParser)
#include "tst_query_parser.moc"
