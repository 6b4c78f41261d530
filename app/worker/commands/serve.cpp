// `serve`: one JSON request a line on stdin, one answer a line on stdout, until the input ends.
#include "app/worker/commands/commands.h"
#include "app/worker/pair_server.h"
#include "app/worker/request_lines.h"

namespace twofold::app {

namespace {

void runServe(Job& job) {
  auto project = job.openProject();
  PairServer server(job, project);
  RequestLines lines(job.stop);
  std::int64_t answers = 0;
  while (const auto line = lines.next()) {
    for (auto dropped = lines.takeDropped(); dropped > 0; --dropped) {
      job.output.answer({{"id", nullptr},
                         {"type", "error"},
                         {"kind", "bad-input"},
                         {"message", "a request of more than 1 MiB was left out"}});
    }
    if (line->empty()) {
      continue;
    }
    ++answers;
    if (!job.output.answer(server.answer(*line))) {
      return;  // nobody reads any more
    }
  }
  if (job.output.style().json) {
    job.output.result({{{"command", "serve"}, {"answers", answers}}}, "");
  }
}

}  // namespace

void addServe(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand(
      "serve", "Answers requests for single pairs from warm models, as JSON lines");
  command->callback([&context] { context.work = runServe; });
}

}  // namespace twofold::app
