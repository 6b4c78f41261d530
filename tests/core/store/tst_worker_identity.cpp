#include <sys/wait.h>
#include <unistd.h>
#include <QTest>

#include "core/store/worker_identity.h"

using namespace twofold::store;

class TestWorkerIdentity : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void thisProcessIsAlive() {
    const auto self = identityOf(::getpid());
    QVERIFY(self.has_value());
    QVERIFY(self->startTicks > 0);
    QCOMPARE(self->bootId.size(), std::size_t{36});
    QVERIFY(isAlive(*self));
  }

  void anotherStartTimeOrBootIsAnotherProcess() {
    auto self = identityOf(::getpid());
    QVERIFY(self.has_value());
    auto recycled = *self;
    recycled.startTicks += 1;
    QVERIFY(!isAlive(recycled));
    auto rebooted = *self;
    rebooted.bootId = "00000000-0000-0000-0000-000000000000";
    QVERIFY(!isAlive(rebooted));
  }

  void aDeadOrZombieProcessIsNotAlive() {
    const pid_t child = ::fork();
    if (child == 0) {
      ::_exit(0);
    }
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
    QVERIFY(!identityOf(child).has_value());
    ::waitpid(child, nullptr, 0);
    QVERIFY(!identityOf(child).has_value());
    QVERIFY(!identityOf(0).has_value());
    QVERIFY(!identityOf(-1).has_value());
  }
};

QTEST_GUILESS_MAIN(TestWorkerIdentity)
#include "tst_worker_identity.moc"
