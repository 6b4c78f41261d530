// twofold-worker: everything that computes or writes, as one command line.
#include <csignal>
#include <exception>
#include <new>
#include <span>
#include <string_view>

#include "app/worker/command_line.h"
#include "app/worker/output.h"
#include "app/worker/stop_signals.h"
#include "core/base/error.h"

namespace {

using namespace twofold;

constexpr int kStopped = 85;

/// Known before the command line is parsed, so that its mistakes are told in the same way.
app::OutputStyle styleOf(std::span<char*> arguments) {
  app::OutputStyle style;
  for (const std::string_view argument : arguments) {
    style.json = style.json || argument == "--json";
    style.quiet = style.quiet || argument == "--quiet";
  }
  return style;
}

void work(int argc, char** argv, app::Output& output, const std::stop_token& stop) {
  app::CommandContext context;
  CLI::App line("Trains and measures models that predict whether two proteins interact");
  app::buildCommandLine(line, context);
  if (app::parseCommandLine(line, argc, argv)) {
    app::Job job{context.common, output, stop};
    context.work(job);
  }
}

int fail(app::Output& output, ErrorKind kind, const char* message) {
  output.error({std::string(name(kind)), message});
  return exitCode(kind);
}

int sayStopped(app::Output& output) {
  try {
    output.say("Stopped on request.");
  } catch (const std::exception&) {
    // Nobody listens any more, or the disk is full: the exit status says it too.
  }
  return kStopped;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit fails and is told
  app::StopSignals signals;
  app::Output output(styleOf({argv, static_cast<std::size_t>(argc)}));
  try {
    work(argc, argv, output, signals.token());
    return 0;
  } catch (const StopRequested&) {
    return sayStopped(output);
  } catch (const Error& error) {
    return fail(output, error.kind(), error.what());
  } catch (const std::bad_alloc&) {
    return fail(output, ErrorKind::Memory, "out of memory; a smaller batch or model needs less");
  } catch (const std::filesystem::filesystem_error& error) {
    return fail(output, ErrorKind::Io, error.what());
  } catch (const std::exception& error) {
    return fail(output, ErrorKind::Internal, error.what());
  }
}
