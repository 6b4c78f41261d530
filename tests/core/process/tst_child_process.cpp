#include <QTest>
#include <csignal>

#include "core/base/files.h"
#include "core/process/child_process.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using process::ChildOptions;
using process::ChildProcess;

class TestChildProcess : public QObject {
  Q_OBJECT

 private:
  static constexpr std::chrono::seconds kLong{10};

  static ChildOptions shell(const std::string& script) { return {"/bin/sh", {"-c", script}}; }

  /// Everything until the descriptor ends.
  static std::string readAll(int descriptor) {
    std::string text;
    bool ended = false;
    while (!ended) {
      text += ChildProcess::readAvailable(descriptor, ended);
      QTest::qSleep(1);
    }
    return text;
  }

 private Q_SLOTS:
  void theChildAnswersThroughItsPipes() {
    ChildProcess child(shell("cat; echo problem >&2; exit 3"));
    QVERIFY(child.write("hello\n"));
    child.closeInput();
    QCOMPARE(readAll(child.outputDescriptor()), std::string("hello\n"));
    QCOMPARE(readAll(child.errorDescriptor()), std::string("problem\n"));
    QCOMPARE(child.waitFor(kLong), std::optional<int>(3));
    QCOMPARE(child.poll(), std::optional<int>(3));
    QVERIFY(!child.write("more"));
  }

  void nothingToReadIsNotTheEnd() {
    ChildProcess child({"/bin/cat", {}});
    bool ended = true;
    QCOMPARE(ChildProcess::readAvailable(child.outputDescriptor(), ended), std::string());
    QVERIFY(!ended);
    QVERIFY(!child.poll());
    child.closeInput();
    QVERIFY(child.waitFor(kLong));
  }

  void variablesAreAddedAndNoneIsReplaced() {
    ::setenv("TWOFOLD_TEST_KEPT", "parent", 1);
    ChildOptions options = shell("echo $TWOFOLD_TEST_KEPT $TWOFOLD_TEST_ADDED");
    options.environment = {"TWOFOLD_TEST_KEPT=child", "TWOFOLD_TEST_ADDED=child"};
    ChildProcess child(options);
    QCOMPARE(readAll(child.outputDescriptor()), std::string("parent child\n"));
    QCOMPARE(child.waitFor(kLong), std::optional<int>(0));
  }

  void writingToAClosedPipeIsFalseAndNoSignal() {
    ChildProcess child(shell("exec <&-; sleep 10"));
    QTRY_VERIFY(!child.write("x\n"));
    child.stop(true);
    QCOMPARE(child.waitFor(kLong), std::optional<int>(128 + SIGKILL));
  }

  void writingToAChildThatNeverReadsEnds() {
    ChildProcess child(shell("sleep 20"));
    QVERIFY(!child.write(std::string(std::size_t{1} << 20, 'x')));
    child.stop(true);
    QVERIFY(child.waitFor(kLong));
  }

  void stopReachesTheWholeGroup() {
    ChildProcess child(shell("sleep 30 & echo $!; wait"));
    std::string line;
    bool ended = false;
    while (line.find('\n') == std::string::npos && !ended) {
      line += ChildProcess::readAvailable(child.outputDescriptor(), ended);
    }
    const int grandchild = std::stoi(line);
    child.stop();
    QCOMPARE(child.waitFor(kLong), std::optional<int>(128 + SIGTERM));
    // The pipe ends only when no process of the group holds it.
    QCOMPARE(readAll(child.outputDescriptor()), std::string());
    QVERIFY(grandchild > 0);
    child.stop();
  }

  void aChildMayCatchTheStop() {
    ChildProcess child(shell("trap 'echo saved; exit 85' TERM; echo ready; sleep 10 & wait"));
    std::string text;
    bool ended = false;
    while (text.find("ready") == std::string::npos && !ended) {
      text += ChildProcess::readAvailable(child.outputDescriptor(), ended);
    }
    child.stop();
    QCOMPARE(child.waitFor(kLong), std::optional<int>(85));
  }

  void aDetachedChildOutlivesItsOwnerAndAppends() {
    const tests::TestFolder folder;
    const auto file = folder.write("log.txt", "before\n");
    ChildOptions options = shell("read line; sleep 0.2; echo after; echo wrong >&2");
    options.pipes = false;
    options.outputFile = file;
    {
      const ChildProcess child(options);
      QCOMPARE(child.outputDescriptor(), -1);
    }
    QTRY_COMPARE(readFile(file, 1000), std::string("before\nafter\nwrong\n"));
  }

  void aMissingProgramIsTold() {
    EXPECT_ERROR(ChildProcess({"/nowhere/twofold-worker", {}}), ErrorKind::NotFound,
                 "no such program");
    const tests::TestFolder folder;
    EXPECT_ERROR(ChildProcess({folder.write("text", "no program"), {}}), ErrorKind::Io,
                 "cannot be started");
    ChildOptions options = shell("true");
    options.pipes = false;
    options.outputFile = folder.path("none/log.txt");
    EXPECT_ERROR(ChildProcess(options), ErrorKind::Io, "log.txt");
  }

  void descriptorsOfOneChildAreNotInheritedByTheNext() {
    ChildProcess first({"/bin/cat", {}});
    ChildProcess second({"/bin/cat", {}});
    first.closeInput();
    QCOMPARE(first.waitFor(kLong), std::optional<int>(0));
    second.closeInput();
    QCOMPARE(second.waitFor(kLong), std::optional<int>(0));
  }
};

QTEST_GUILESS_MAIN(TestChildProcess)
#include "tst_child_process.moc"
