// `inspect`: what a file is, counts, and its first problem if it has one; no project needed.
#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/file_inspection.h"

namespace twofold::app {

void addInspect(CLI::App& app, CommandContext& context) {
  auto file = std::make_shared<std::filesystem::path>();
  auto* command = app.add_subcommand("inspect", "What a file is and holds, or where it is broken");
  command->add_option("FILE", *file, "FASTA, UniProt, pairs, structure, safetensors or run spec")
      ->required();
  command->callback([file, &context] {
    context.work = [file](Job& job) {
      const auto found = inspectFile(*file);
      job.output.result({{{"command", "inspect"},
                          {"file", file->string()},
                          {"kind", found.kind},
                          {"counts", found.counts}}},
                        found.summary);
    };
  });
}

}  // namespace twofold::app
