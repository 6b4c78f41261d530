#include "app/worker/many_pairs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "app/worker/prediction_input.h"
#include "app/worker/row_table.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "models/allpairs/all_pairs.h"

namespace twofold::app {

namespace {

using Clock = std::chrono::steady_clock;
using Numbers = std::vector<std::uint32_t>;

constexpr std::string_view kHeader = "a\tb\tprobability\tcall\n";
constexpr double kNumbersALine = 14;  // bytes beside the two ids
constexpr auto kMarkEvery = std::chrono::seconds(2);

double probabilityOf(float logit) {
  return 1 / (1 + std::exp(-double{logit}));
}

class ManyPairs {
 public:
  ManyPairs(Job& job, TrainedRun& run, const ManyPairsRequest& request, ManyPairsInput input)
      : m_job(job), m_run(run), m_request(request), m_input(std::move(input)) {}

  ManyPairsResult run() {
    const auto started = Clock::now();
    auto& scorer = m_run.scorer;
    for (const auto& note : scorer.notesOn(m_input.proteins)) {
      m_job.output.say(note);
    }
    tellSize();
    static_cast<void>(
        scorer.addProteins(m_input.proteins, m_job.output.progressSink(), m_job.stop));
    RowTable table(m_request.out, identity(), kHeader);
    ManyPairsResult result;
    result.proteins = static_cast<std::int64_t>(m_input.proteins.ids.size());
    result.resumedAt = table.rows();
    if (table.rows() > 0) {
      m_job.output.say(fmt::format("Going on after {} of {} proteins.", countText(table.rows()),
                                   countText(static_cast<std::int64_t>(m_input.rows.size()))));
    }
    const Numbers rest(m_input.rows.begin() + table.rows(), m_input.rows.end());
    try {
      if (scorer.spec().head.id == "factorised") {
        scoreByTable(rest, table);
      } else {
        scoreByModel(rest, table);
      }
    } catch (const StopRequested&) {
      table.mark();
      throw;
    }
    table.finish();
    result.lines = table.lines();
    result.pairs = static_cast<std::int64_t>(pairs());
    result.seconds = std::chrono::duration<double>(Clock::now() - started).count();
    return result;
  }

 private:
  [[nodiscard]] bool isAllAgainstAll() const { return m_request.bait.empty(); }

  /// Of different proteins.
  [[nodiscard]] double pairs() const {
    const auto rows = static_cast<double>(m_input.rows.size());
    const auto columns = static_cast<double>(m_input.columns.size());
    return isAllAgainstAll() ? rows * (rows - 1) / 2 : rows * columns;
  }

  [[nodiscard]] double lines() const {
    const double all =
        static_cast<double>(m_input.rows.size()) *
        std::min(static_cast<double>(m_request.top), static_cast<double>(m_input.columns.size()));
    return m_request.top == 0 ? pairs() : all;
  }

  void tellSize() const {
    double letters = 0;
    for (const auto& id : m_input.proteins.ids) {
      letters += static_cast<double>(id.size());
    }
    const double bytes =
        lines() * (kNumbersALine + 2 * letters / static_cast<double>(m_input.proteins.ids.size()));
    std::error_code unknown;
    const auto disk =
        std::filesystem::space(std::filesystem::absolute(m_request.out).parent_path(), unknown);
    std::error_code none;
    const auto there = std::filesystem::file_size(m_request.out.string() + ".part", none);
    const double written = none ? 0 : static_cast<double>(there);
    if (!unknown && bytes > static_cast<double>(disk.available) + written) {
      throw Error(ErrorKind::Io,
                  fmt::format("{}: about {} are needed and {} are free there; keep fewer partners "
                              "with --top, or choose another disk",
                              m_request.out.string(), bytesText(static_cast<std::int64_t>(bytes)),
                              bytesText(static_cast<std::int64_t>(disk.available))));
    }
    m_job.output.say(fmt::format("{} pairs of {} proteins; the table will have about {}.",
                                 countText(static_cast<std::int64_t>(pairs())),
                                 countText(static_cast<std::int64_t>(m_input.proteins.ids.size())),
                                 bytesText(static_cast<std::int64_t>(bytes))));
  }

  /// Same identity: the rows that are there can be gone on from.
  [[nodiscard]] std::string identity() const {
    Sha256 sum;
    sum.add(fmt::format("{} {} {} {} {}\n", m_run.record.id, m_run.scorer.threshold(),
                        fmt::join(m_request.channels, ","), m_request.top, isAllAgainstAll()));
    for (std::size_t i = 0; i < m_input.proteins.ids.size(); ++i) {
      sum.add(m_input.proteins.ids[i] + " " + m_input.proteins.sequences[i] + "\n");
    }
    sum.add(fmt::format("{}\n{}", fmt::join(m_input.rows, " "), fmt::join(m_input.columns, " ")));
    return sum.hex();
  }

  void write(RowTable& table, std::uint32_t protein, std::span<const models::Partner> partners) {
    std::string text;
    const auto& ids = m_input.proteins.ids;
    for (const auto& partner : partners) {
      const double probability = probabilityOf(partner.logit);
      fmt::format_to(std::back_inserter(text), "{}\t{}\t{:.6f}\t{}\n", ids[protein],
                     ids[partner.protein], probability,
                     probability >= m_run.scorer.threshold() ? 1 : 0);
    }
    table.add(text, static_cast<std::int64_t>(partners.size()));
    if (Clock::now() - m_marked > kMarkEvery) {
      table.mark();
      m_marked = Clock::now();
    }
  }

  void scoreByTable(const Numbers& rows, RowTable& table) {
    const auto factorised =
        m_run.scorer.factorisedTable(m_request.channels, m_job.output.progressSink(), m_job.stop);
    const models::AllPairs all(factorised, m_input.columns, models::Precision::Fp32);
    models::AllPairsOptions options;
    options.top = m_request.top;
    options.eachPairOnce = m_request.top == 0 && isAllAgainstAll();
    options.threads = m_job.threads();
    all.score(
        rows, options,
        [&](std::uint32_t protein, std::span<const models::Partner> partners) {
          write(table, protein, partners);
        },
        m_job.output.progressSink(), m_job.stop);
  }

  /// Every pair through the whole model, one protein's partners at once.
  void scoreByModel(const Numbers& rows, RowTable& table) {
    const bool once = m_request.top == 0 && isAllAgainstAll();
    const auto progress = m_job.output.progressSink();
    std::int64_t done = table.rows();
    for (const auto row : rows) {
      std::vector<models::IndexedPair> pairs;
      for (const auto column : m_input.columns) {
        if (column != row && (!once || column > row)) {
          pairs.push_back({row, column});
        }
      }
      const auto scores = m_run.scorer.score(pairs, m_request.channels, {}, m_job.stop);
      models::BestPartners best(m_request.top, -std::numeric_limits<float>::infinity());
      for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto logit =
            static_cast<float>(std::log(double{scores[i]} / (1 - double{scores[i]})));
        if (logit >= best.threshold()) {
          best.add({pairs[i].b, logit});
        }
      }
      write(table, row, std::move(best).taken());
      progress(
          {"Scoring pairs", ++done, static_cast<std::int64_t>(m_input.rows.size()), "proteins"});
    }
  }

  Job& m_job;
  TrainedRun& m_run;
  const ManyPairsRequest& m_request;
  ManyPairsInput m_input;
  Clock::time_point m_marked = Clock::now();
};

}  // namespace

ManyPairsResult predictManyPairs(Job& job, store::Project& project, TrainedRun& run,
                                 const ManyPairsRequest& request) {
  auto input = readManyPairsInput(
      project, {request.allPairs, request.bait, request.prey, run.scorer.spec()}, job.watch());
  return ManyPairs(job, run, request, std::move(input)).run();
}

}  // namespace twofold::app
