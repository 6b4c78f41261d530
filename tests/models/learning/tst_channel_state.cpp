#include <QTest>

#include "models/learning/channel_state.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::models;

class TestChannelState : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void arraysComeBack() {
    ChannelState state;
    const std::vector<float> numbers = {1.5F, -2, 3};
    const std::vector<std::int64_t> counts = {7, -1};
    const std::vector<std::string> names = {"GO:1 two words", "", "last"};
    state.put("numbers", numbers);
    state.put("counts", counts);
    state.put("names", names);
    state.put("table", numbers, {3, 1});
    QCOMPARE(state.floats("numbers"), numbers);
    QCOMPARE(state.integers("counts"), counts);
    QCOMPARE(state.texts("names"), names);
    QCOMPARE(state.arrays().at("table").shape, (std::vector<std::int64_t>{3, 1}));
    ChannelState copy;
    for (const auto& [name, array] : state.arrays()) {
      copy.put(name, array.view());
    }
    QCOMPARE(copy.texts("names"), names);
  }

  void noTextsAreNoTexts() {
    ChannelState state;
    state.put("names", std::vector<std::string>{});
    QCOMPARE(state.texts("names").size(), std::size_t{0});
  }

  void aLineBreakIsRefused() {
    ChannelState state;
    EXPECT_ERROR(state.put("names", std::vector<std::string>{"two\nlines"}), ErrorKind::Internal,
                 "line break");
  }

  void whatIsMissingOrOfAnotherTypeIsNamed() {
    ChannelState state;
    state.put("counts", std::vector<std::int64_t>{1});
    EXPECT_ERROR(state.floats("counts"), ErrorKind::BadInput, "counts");
    EXPECT_ERROR(state.texts("names"), ErrorKind::BadInput, "names");
  }
};

QTEST_GUILESS_MAIN(TestChannelState)
#include "tst_channel_state.moc"
