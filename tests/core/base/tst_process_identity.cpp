#include <unistd.h>

#include <QTest>

#include "core/process/child_process.h"
#include "core/process/process_identity.h"

using namespace twofold::process;

class TestProcessIdentity : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thisProcessIsAlive() {
    const auto identity = currentProcess();
    QCOMPARE(identity.pid, static_cast<std::int64_t>(::getpid()));
    QVERIFY(identity.startTicks > 0);
    QVERIFY(!identity.bootId.empty());
    QVERIFY(isAlive(identity));
  }

  void anotherStartOrBootIsAnotherProcess() {
    const auto identity = currentProcess();
    QVERIFY(!isAlive(identity.pid, identity.startTicks + 1, identity.bootId));
    QVERIFY(!isAlive(identity.pid, identity.startTicks, "another boot"));
    QVERIFY(!processWithPid(0));
    QVERIFY(!processWithPid(-1));
  }

  void anEndedChildIsNotAliveEvenBeforeItIsReaped() {
    ChildProcess child({"/bin/cat", {}});
    const auto identity = processWithPid(child.pid());
    QVERIFY(identity.has_value());
    QVERIFY(isAlive(*identity));
    child.closeInput();
    QTRY_VERIFY(!isAlive(*identity));
    QCOMPARE(child.waitFor(std::chrono::seconds(5)), std::optional<int>(0));
    QVERIFY(!isAlive(*identity));
  }
};

QTEST_GUILESS_MAIN(TestProcessIdentity)
#include "tst_process_identity.moc"
