#include <sys/wait.h>
#include <unistd.h>

#include <QTest>

#include "core/base/process_identity.h"
#include "core/process/child_process.h"

using namespace twofold;

class TestProcessIdentity : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thisProcessIsAlive() {
    const auto identity = currentProcess();
    QCOMPARE(identity.pid, static_cast<std::int64_t>(::getpid()));
    QVERIFY(identity.startTicks > 0);
    QCOMPARE(identity.bootId.size(), std::size_t{36});
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
    process::ChildProcess child({"/bin/cat", {}});
    const auto identity = processWithPid(child.pid());
    QVERIFY(identity.has_value());
    QVERIFY(isAlive(*identity));
    child.closeInput();
    QTRY_VERIFY(!isAlive(*identity));
    QCOMPARE(child.waitFor(std::chrono::seconds(5)), std::optional<int>(0));
    QVERIFY(!isAlive(*identity));
  }

  void aZombieIsNoProcess() {
    const pid_t child = ::fork();
    if (child == 0) {
      ::_exit(0);
    }
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
    QVERIFY(!processWithPid(child).has_value());
    ::waitpid(child, nullptr, 0);
    QVERIFY(!processWithPid(child).has_value());
  }
};

QTEST_GUILESS_MAIN(TestProcessIdentity)
#include "tst_process_identity.moc"
