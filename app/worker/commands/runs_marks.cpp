// `runs tag|untag|note|favourite|archive|restore|baseline`: what people put down about runs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::app {

namespace {

struct Marks {
  std::string run;  // where a command takes one
  std::vector<std::string> runs;
  std::vector<std::string> texts;
  bool off = false;
};

/// A command on `runs` whose work is done by `mark`, which returns a sentence.
template <class Mark>
void add(CLI::App& runs, CommandContext& context, const char* name, const char* help,
         const std::function<void(CLI::App&, Marks&)>& declare, const Mark& mark) {
  auto marks = std::make_shared<Marks>();
  auto* command = runs.add_subcommand(name, help);
  declare(*command, *marks);
  const std::string full = fmt::format("runs {}", name);
  command->callback([marks, full, mark, &context] {
    context.work = [marks, full, mark](Job& job) {
      auto project = job.openForWriting();
      store::RunTracking tracking(project.database());
      const std::string sentence = mark(tracking, *marks, project);
      const auto ids = marks->run.empty() ? marks->runs : std::vector{marks->run};
      job.output.result({{{"command", full}, {"runs", ids}}}, sentence);
    };
  });
}

void oneRun(CLI::App& command, Marks& marks) {
  command.add_option("RUN", marks.run, "The run's id")->required();
}

void someRuns(CLI::App& command, Marks& marks) {
  command.add_option("RUN", marks.runs, "Ids of runs")->required();
}

std::map<std::string, std::string> assignments(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> tags;
  for (const auto& text : texts) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ErrorKind::Usage,
                  fmt::format("\"{}\" is no tag; write NAME=VALUE, as in fold=3", text));
    }
    tags[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return tags;
}

void addTexts(CLI::App& runs, CommandContext& context) {
  add(
      runs, context, "tag", "Puts tags on a run: NAME=VALUE …",
      [](CLI::App& command, Marks& marks) {
        oneRun(command, marks);
        command.add_option("TAG", marks.texts, "NAME=VALUE")->required();
      },
      [](store::RunTracking& tracking, const Marks& marks, store::Project&) {
        tracking.setTags(marks.run, assignments(marks.texts));
        return fmt::format("Run {} has {} new or changed tags", marks.run, marks.texts.size());
      });
  add(
      runs, context, "untag", "Takes tags off a run",
      [](CLI::App& command, Marks& marks) {
        oneRun(command, marks);
        command.add_option("TAG", marks.texts, "The tag's name")->required();
      },
      [](store::RunTracking& tracking, const Marks& marks, store::Project&) {
        for (const auto& name : marks.texts) {
          tracking.removeTag(marks.run, name);
        }
        return fmt::format("Run {} has {} tags fewer", marks.run, marks.texts.size());
      });
  add(
      runs, context, "note", "Puts a note on a run, in place of the former; empty: none",
      [](CLI::App& command, Marks& marks) {
        oneRun(command, marks);
        command.add_option("TEXT", marks.texts, "The note")->required()->expected(1);
      },
      [](store::RunTracking& tracking, const Marks& marks, store::Project&) {
        tracking.setNote(marks.run, marks.texts[0]);
        return fmt::format("Run {} has the note", marks.run);
      });
}

void addFlags(CLI::App& runs, CommandContext& context) {
  add(
      runs, context, "favourite", "Marks runs as favourites; --off: no longer",
      [](CLI::App& command, Marks& marks) {
        someRuns(command, marks);
        command.add_flag("--off", marks.off, "No longer");
      },
      [](store::RunTracking& tracking, const Marks& marks, store::Project&) {
        tracking.setFavourite(marks.runs, !marks.off);
        return fmt::format("{} {}", fmt::join(marks.runs, ", "),
                           marks.off ? "no longer favourite" : "favourite");
      });
  add(runs, context, "archive", "Leaves runs out of lists; nothing of them is removed", someRuns,
      [](store::RunTracking& tracking, const Marks& marks, store::Project&) {
        tracking.setArchived(marks.runs, true);
        return fmt::format("Archived {}; runs restore brings them back",
                           fmt::join(marks.runs, ", "));
      });
  add(runs, context, "restore", "Brings archived runs back into lists", someRuns,
      [](store::RunTracking& tracking, const Marks& marks, store::Project&) {
        tracking.setArchived(marks.runs, false);
        return fmt::format("Restored {}", fmt::join(marks.runs, ", "));
      });
}

}  // namespace

void addRunMarks(CLI::App& runs, CommandContext& context) {
  addTexts(runs, context);
  addFlags(runs, context);
  add(
      runs, context, "baseline",
      "Lists show how the runs of its experiment differ from this one; --off: no longer",
      [](CLI::App& command, Marks& marks) {
        oneRun(command, marks);
        command.add_flag("--off", marks.off, "Its experiment has no baseline any more");
      },
      [](store::RunTracking& tracking, const Marks& marks, store::Project& project) {
        const auto experiment = store::RunRepository(project.database()).run(marks.run).experiment;
        if (marks.off) {
          tracking.clearBaseline(experiment);
          return fmt::format("Experiment {} has no baseline", plainLine(experiment));
        }
        tracking.setBaseline(marks.run);
        return fmt::format("Run {} is the baseline of experiment {}", marks.run,
                           plainLine(experiment));
      });
}

}  // namespace twofold::app
