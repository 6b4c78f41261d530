#include <QTest>

#include "core/formats/xml_reader.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::formats;
using namespace twofold::tests;

namespace {

/// All pieces as one text: "<a k=v>", "text", "</a>".
std::string piecesOf(std::string_view xml, const char* attribute = "k") {
  const TestFolder folder;
  XmlReader reader(folder.write("x.xml", xml));
  std::string pieces;
  for (;;) {
    switch (reader.next()) {
      case XmlReader::Event::Start:
        pieces += "<" + reader.name() + " " + std::string(reader.attribute(attribute)) + ">";
        break;
      case XmlReader::Event::Text:
        pieces += reader.text();
        break;
      case XmlReader::Event::End:
        pieces += "</" + reader.name() + ">";
        break;
      case XmlReader::Event::Finished:
        return pieces;
    }
  }
}

}  // namespace

class TestXmlReader : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void piecesComeInOrder() {
    QCOMPARE(piecesOf("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>\r\n<!-- x -- > -->\n"
                      "<a k = \"1\" j='2>'>t<b k='&lt;&#65;&#x3b1;'/> u<c ></c >"
                      "<![CDATA[<&]]>]</a>\n<!-- end -->\n"),
             std::string("<a 1>t<b <Aα></b> u<c ></c><&]</a>"));
  }

  void hostileFilesAreRefused_data() {
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& xml, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(xml) << QString(reason);
    };
    const std::string laughs =
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]>\n<a>&lol2;</a>";
    std::string deep;
    for (int i = 0; i < 100000; ++i) {
      deep += "<a>";
    }
    std::string attributes = "<a";
    for (int i = 0; i < 65; ++i) {
      attributes += " k" + std::to_string(i) + "='1'";
    }
    row("billion laughs", laughs, "x.xml:1: a DOCTYPE");
    row("outside entity", "<a>&xxe;</a>", "the entity &xxe; is not read");
    row("entity without end", "<a>&abcdefghijk</a>", "'&' begins no entity");
    row("surrogate", "<a>&#xD800;</a>", "is not read");
    row("too large a code", "<a>&#x110000;</a>", "is not read");
    row("deep", deep, "deeper than 64");
    row("long name", "<" + std::string(300, 'a') + ">", "a name is longer");
    row("many attributes", attributes + "/>", "more than 64 attributes");
    row("attribute twice", "<a k='1' k='2'/>", "comes twice");
    row("attribute without quotes", "<a k=1/>", "no quotation mark");
    row("attribute without end", "<a k='1", "has no end");
    row("tag in a value", "<a k='<b>'/>", "has no end");
    row("crossed", "<a>\n<b>\n</a></b>", "x.xml:3: </a> stands where <b> of line 2 is open");
    row("closes nothing", "</a>", "closes nothing");
    row("two roots", "<a/><b/>", "behind the end of the document");
    row("text outside", "<a/>text", "text outside");
    row("no XML", "Hello", "text outside");
    row("no element", "<?xml version='1.0'?>", "there is no element");
    row("cut off", "<a>\n<b>", "x.xml:2: the file ends inside <b> of line 2");
    row("comment without end", "<a><!-- ", "ends inside a comment");
    row("CDATA without end", "<a><![CDATA[ ", "ends inside a CDATA");
    row("NUL", std::string("<a>\0</a>", 8), "NUL");
    row("UTF-16", std::string("\xFF\xFE<\0a\0", 6), "x.xml:1:");
    row("encoding", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "save the file as UTF-8");
    row("endless text", "<a>" + std::string(std::size_t{17} << 20, 'x') + "</a>", "longer than 16");
    row("bare ampersand", "<a>this & that</a>", "'&' begins no entity");
  }

  void hostileFilesAreRefused() {
    QFETCH(QByteArray, xml);
    QFETCH(QString, reason);
    EXPECT_ERROR(piecesOf(xml.toStdString()), ErrorKind::BadInput, reason.toStdString());
  }
};

QTEST_GUILESS_MAIN(TestXmlReader)
#include "tst_xml_reader.moc"
