#include <QTest>

#include "core/process/message_stream.h"

using twofold::process::MessageStream;

class TestMessageStream : public QObject {
  Q_OBJECT

 private:
  using Lines = std::vector<std::string>;

 private Q_SLOTS:
  void linesAreJoinedAcrossPieces() {
    MessageStream stream;
    QVERIFY(stream.feed("{\"a\"").empty());
    QVERIFY(stream.feed(":1}\n{\"b\":2}\r\n\nre") == (Lines{"{\"a\":1}", "{\"b\":2}", ""}));
    QVERIFY(stream.feed("st\n") == (Lines{"rest"}));
    QCOMPARE(stream.dropped(), std::int64_t{0});
  }

  void anyCutGivesTheSameLines() {
    const std::string text = "one\ntwo two\n\nthree\n";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      MessageStream stream;
      Lines lines = stream.feed(text.substr(0, cut));
      for (auto& line : stream.feed(text.substr(cut))) {
        lines.push_back(std::move(line));
      }
      QVERIFY(lines == (Lines{"one", "two two", "", "three"}));
    }
  }

  void anOverLongLineIsDroppedAndCounted() {
    MessageStream stream(8);
    QVERIFY(stream.feed("12345678\n").size() == 1);
    QVERIFY(stream.feed("123456789").empty());
    for (int i = 0; i < 100; ++i) {
      QVERIFY(stream.feed(std::string(1000, 'x')).empty());
    }
    QVERIFY(stream.feed("tail\nnext\n") == (Lines{"next"}));
    QCOMPARE(stream.dropped(), std::int64_t{1});
    QVERIFY(stream.feed("123456789\n1\n") == (Lines{"1"}));
    QCOMPARE(stream.dropped(), std::int64_t{2});
  }
};

QTEST_GUILESS_MAIN(TestMessageStream)
#include "tst_message_stream.moc"
