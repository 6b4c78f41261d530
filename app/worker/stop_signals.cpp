#include "app/worker/stop_signals.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>

namespace twofold::app {

namespace {

sigset_t stopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

StopSignals::StopSignals() {
  const auto signals = stopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  m_thread = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
  m_ending = true;
  pthread_kill(m_thread.native_handle(), SIGTERM);
  m_thread.join();
}

void StopSignals::watch() {
  const auto signals = stopSignals();
  while (true) {
    int received = 0;
    if (sigwait(&signals, &received) != 0) {
      continue;
    }
    if (m_ending) {
      return;
    }
    if (!m_source.request_stop() && received == SIGINT) {
      ::_exit(128 + received);
    }
  }
}

}  // namespace twofold::app
