#include <QTest>
#include <QXmlStreamReader>

#include "core/report/html.h"
#include "core/report/svg.h"

using namespace twofold::report;

namespace {

/// All text of the file, by element; an error of the parser as "!…".
QStringList textsOf(const std::string& html) {
  QXmlStreamReader reader(QByteArray::fromStdString(html));
  QStringList texts;
  while (!reader.atEnd()) {
    if (reader.readNext() == QXmlStreamReader::Characters && !reader.isWhitespace()) {
      texts << reader.text().toString();
    }
  }
  return reader.hasError() ? QStringList{"!" + reader.errorString()} : texts;
}

QStringList elementsOf(const std::string& html) {
  QXmlStreamReader reader(QByteArray::fromStdString(html));
  QStringList names;
  while (!reader.atEnd()) {
    if (reader.readNext() == QXmlStreamReader::StartElement) {
      names << reader.name().toString();
    }
  }
  return names;
}

const char* kHostile = "<script>alert(\"x\")</script> & 'y' <img src=x onerror=1>";

Report hostileReport() {
  Figure figure{kHostile, {kHostile, 0, 1}, {kHostile, 0, 1}, {{kHostile, {{0, 0}, {1, 1}}}}};
  Figure forest{kHostile, {"x", 0, 1}, {}, {{"", {{0.2, 0}, {0.4, 0}}}}, {kHostile}};
  return {kHostile,
          kHostile,
          {Heading{kHostile}, Paragraph{kHostile, Tone::Bad, {kHostile}},
           Table{kHostile, {kHostile, "n"}, {{kHostile, "1"}}, 1, kHostile},
           Figures{{figure, forest}}}};
}

}  // namespace

class TestHtml : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void hostileTextStaysText() {
    const auto html = htmlOf(hostileReport());
    const auto texts = textsOf(html);
    QVERIFY2(!texts.first().startsWith('!'), qPrintable(texts.first()));
    QVERIFY(texts.contains(QString::fromUtf8(kHostile)));
    const auto names = elementsOf(html);
    QVERIFY(!names.contains("script") && !names.contains("img"));
    QVERIFY(html.find("<script") == std::string::npos);
  }

  void theFileNeedsNothingElse() {
    const auto html = htmlOf(hostileReport());
    for (const auto* word : {"href", "src=\"", "url(", "@import", "http://www.w3.org/1999/xlink"}) {
      QVERIFY2(html.find(word) == std::string::npos, word);
    }
    QVERIFY(html.find("@media print") != std::string::npos);
    QVERIFY(html.find("prefers-color-scheme: dark") != std::string::npos);
  }

  void brokenTextIsMadeWhole() {
    QCOMPARE(escaped("a\xff\x01z"), std::string("a\uFFFD\uFFFDz"));
    QCOMPARE(escaped("\u202Eevil"), std::string("\uFFFDevil"));
    QCOMPARE(escaped("Ångström ≤ 6"), std::string("Ångström ≤ 6"));
    const auto texts = textsOf(htmlOf({std::string("\xc3\x28\0", 3), "s", {}}));
    QVERIFY2(!texts.first().startsWith('!'), qPrintable(texts.first()));
  }

  void pointsStandWhereTheirNumbersSay() {
    const Figure figure{"f", {"x", 0, 10}, {"y", 0, 1}, {{"a", {{0, 0}, {10, 1}}}}};
    const auto svg = svgOf(figure);
    // The plot's lower left and upper right corner.
    QVERIFY2(svg.text.find("points=\"46.0,232.0 336.0,12.0\"") != std::string::npos,
             svg.text.c_str());
    QVERIFY(svg.text.find(">10</text>") != std::string::npos);
    QVERIFY(svg.width > 300 && svg.height > 250);
  }

  void anAxisWithoutSpanDrawsNoNonsense() {
    const Figure figure{"f", {"x", 1, 1}, {"y", 2, 2}, {{"a", {{1, 2}}, 0, false, true}}};
    const auto svg = svgOf(figure).text;
    QVERIFY(svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos);
    QVERIFY(svg.find("<circle") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestHtml)
#include "tst_html.moc"
