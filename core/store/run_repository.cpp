#include "core/store/run_repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/base/random.h"
#include "core/store/part_metrics_json.h"
#include "core/store/run_history.h"
#include "core/store/run_parameters.h"
#include "core/store/run_rows.h"
#include "core/store/run_values.h"

namespace twofold::store {

namespace {

constexpr std::string_view kColumns =
    "SELECT key, id, experiment, spec, status, message, created, started, finished, epochs, "
    "program_version, split_hash, worker_pid, worker_start_ticks, worker_boot_id, parent, note, "
    "favourite, archived FROM run ";

/// Three columns from `first` on.
std::optional<ProcessIdentity> workerFrom(const Statement& row, int first) {
  if (row.isNull(first)) {
    return std::nullopt;
  }
  return ProcessIdentity{row.integer(first), row.integer(first + 1),
                         std::string(row.text(first + 2))};
}

RunRecord recordFrom(const Statement& row) {
  RunRecord run;
  run.key = row.integer(0);
  run.id = row.text(1);
  run.experiment = row.text(2);
  run.specJson = row.text(3);
  run.status = runStatusFromName(row.text(4));
  run.message = row.text(5);
  run.created = row.integer(6);
  run.started = row.integer(7);
  run.finished = row.integer(8);
  run.epochs = row.integer(9);
  run.programVersion = row.text(10);
  run.splitHash = row.text(11);
  run.worker = workerFrom(row, 12);
  run.parent = row.text(15);
  run.note = row.text(16);
  run.favourite = row.integer(17) != 0;
  run.archived = row.integer(18) != 0;
  return run;
}

bool ownerLives(const RunRecord& run) {
  return run.status == RunStatus::Running && run.worker && isAlive(*run.worker);
}

bool isSame(const std::optional<ProcessIdentity>& owner, const ProcessIdentity& worker) {
  return owner && owner->pid == worker.pid && owner->startTicks == worker.startTicks &&
         owner->bootId == worker.bootId;
}

/// Ids are read aloud and typed: no 0 and o, 1, i and l.
std::string randomId(Random& random) {
  constexpr std::string_view kAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";
  std::string id = "r";
  while (id.size() < 5) {
    id += kAlphabet[random.below(kAlphabet.size())];
  }
  return id;
}

/// Metrics that cannot be read leave the run without them, and say so in its message: one damaged
/// row must not hide all runs.
void addPart(RunRecord& record, const std::string& part, std::string_view json) {
  try {
    record.parts[part] = partMetricsFromJson(json);
  } catch (const Error& error) {
    record.message = fmt::format("the metrics on {} cannot be read: {}", part, error.what());
  }
}

}  // namespace

void RunRepository::requireSamePairs(const std::string& experiment, const std::string& specJson,
                                     const std::string& splitHash) {
  Statement row = m_database.prepare(
      "SELECT id, coalesce(json_extract(spec, '$.pairSet'), ''), "
      "coalesce(json_extract(spec, '$.split'), '') FROM run WHERE experiment = ?1 AND "
      "json_valid(spec) AND (split_hash <> ?2 OR coalesce(json_extract(spec, '$.pairSet'), '') <> "
      "coalesce(json_extract(?3, '$.pairSet'), '')) ORDER BY key LIMIT 1");
  row.bind(1, experiment).bind(2, splitHash).bind(3, specJson);
  if (row.step()) {
    throw Error(ErrorKind::Usage,
                fmt::format("experiment \"{}\" compares runs on split \"{}\" of \"{}\" (run {}); a "
                            "run on other pairs needs an experiment of its own: give it another "
                            "name with --experiment",
                            experiment, row.text(2), row.text(1), row.text(0)));
  }
}

std::string freshRunId(Database& database) {
  std::random_device entropy;
  Random random((std::uint64_t{entropy()} << 32) ^ entropy());
  Statement taken = database.prepare("SELECT 1 FROM run WHERE id = ?");
  std::string id = randomId(random);
  for (int tries = 0; taken.bind(1, id).step(); ++tries) {
    if (tries == 1000) {
      throw Error(ErrorKind::Internal, "the project has no free run ids left; delete some runs");
    }
    taken.reset();
    id = randomId(random);
  }
  return id;
}

RunRecord RunRepository::create(const std::string& experiment, const std::string& specJson,
                                const std::string& splitHash) {
  Transaction transaction(m_database);
  requireSamePairs(experiment, specJson, splitHash);
  const std::string id = insert(experiment, specJson, splitHash);
  transaction.commit();
  return run(id);
}

RunRecord RunRepository::createAgain(const std::string& id, const std::string& specJson,
                                     const std::string& splitHash) {
  const auto first = run(id);
  if (first.splitHash != splitHash) {
    return create(first.experiment, specJson, splitHash);
  }
  Transaction transaction(m_database);
  const std::string copy = insert(first.experiment, specJson, splitHash);
  transaction.commit();
  return run(copy);
}

RunRecord RunRepository::createDone(const std::string& experiment, const std::string& specJson,
                                    const std::string& splitHash,
                                    std::span<const MeasuredPart> parts) {
  Transaction transaction(m_database);
  requireSamePairs(experiment, specJson, splitHash);
  const std::string id = insert(experiment, specJson, splitHash);
  const std::int64_t key = keyOf(id);
  for (const MeasuredPart& part : parts) {
    writePartMetrics(m_database, key, std::string(data::name(part.part)), part.metrics);
    writePredictions(id, part.part, part.pairs, part.probabilities);
  }
  m_database.prepare("UPDATE run SET status = 'done', finished = ?2 WHERE key = ?1")
      .bind(1, key)
      .bind(2, secondsNow())
      .run();
  noteStatus(m_database, key, "done", {});
  transaction.commit();
  return run(id);
}

std::string RunRepository::insert(const std::string& experiment, const std::string& specJson,
                                  const std::string& splitHash) {
  std::string id = freshRunId(m_database);
  m_database
      .prepare(
          "INSERT INTO run (id, experiment, spec, split_hash, status, created, "
          "program_version) VALUES (?, ?, ?, ?, 'queued', ?, ?)")
      .bind(1, id)
      .bind(2, experiment)
      .bind(3, specJson)
      .bind(4, splitHash)
      .bind(5, secondsNow())
      .bind(6, std::string_view(TWOFOLD_VERSION))
      .run();
  const std::int64_t key = m_database.lastInsertKey();
  RunValues values(m_database);
  values.replace(key, "params.", parametersOf(specJson));
  values.set(key, "system.version", std::string(TWOFOLD_VERSION));
  if (!splitHash.empty()) {
    values.set(key, "hashes.split", splitHash);
  }
  noteStatus(m_database, key, "queued", {});
  return id;
}

std::string RunRepository::adopt(const RunRecord& run) {
  const auto fresh = create(run.experiment, run.specJson, run.splitHash).id;
  const bool wasAtWork = run.status == RunStatus::Running;
  const auto status = name(wasAtWork ? RunStatus::Stopped : run.status);
  Transaction transaction(m_database);
  const std::int64_t key = keyOf(fresh);
  m_database
      .prepare(
          "UPDATE run SET id = CASE WHEN EXISTS (SELECT 1 FROM run WHERE id = ?2) THEN id ELSE ?2 "
          "END, status = ?3, message = ?4, created = ?5, started = ?6, finished = ?7, epochs = ?8, "
          "program_version = ?9, note = ?10 WHERE key = ?1")
      .bind(1, key)
      .bind(2, run.id)
      .bind(3, status)
      .bind(4, run.message)
      .bind(5, run.created)
      .bind(6, run.started)
      .bind(7, run.finished)
      .bind(8, run.epochs)
      .bind(9, run.programVersion)
      .bind(10, run.note)
      .run();
  noteStatus(m_database, key, status, "copied from another project");
  Statement row = m_database.prepare("SELECT id FROM run WHERE key = ?");
  row.bind(1, key);
  std::string id = row.step() ? std::string(row.text(0)) : fresh;
  row.reset();
  transaction.commit();
  return id;
}

std::vector<RunRecord> RunRepository::runs() {
  return recordsWhere("1");
}

std::vector<RunRecord> RunRepository::liveAndLast(int ended) {
  return recordsWhere(fmt::format(
      "status IN ('queued', 'running') OR key IN (SELECT key FROM run WHERE status NOT IN "
      "('queued', 'running') ORDER BY finished DESC, key DESC LIMIT {})",
      ended));
}

std::vector<RunRecord> RunRepository::recordsWhere(const std::string& condition) {
  std::vector<RunRecord> all;
  std::map<std::int64_t, std::size_t> places;
  Statement row = m_database.prepare(fmt::format("{}WHERE {} ORDER BY key", kColumns, condition));
  while (row.step()) {
    all.push_back(recordFrom(row));
    places[all.back().key] = all.size() - 1;
  }
  Statement part = m_database.prepare(
      fmt::format("SELECT run_key, part, metrics FROM part_metrics WHERE run_key IN "
                  "(SELECT key FROM run WHERE {})",
                  condition));
  while (part.step()) {
    if (const auto place = places.find(part.integer(0)); place != places.end()) {
      addPart(all[place->second], std::string(part.text(1)), part.text(2));
    }
  }
  return all;
}

std::vector<RunState> RunRepository::states() {
  std::vector<RunState> all;
  Statement row = m_database.prepare(
      "SELECT id, status, worker_pid, worker_start_ticks, worker_boot_id, "
      "(SELECT COUNT(*) FROM part_metrics WHERE run_key = run.key) FROM run ORDER BY key");
  while (row.step()) {
    all.push_back({std::string(row.text(0)), runStatusFromName(row.text(1)), workerFrom(row, 2),
                   row.integer(5)});
  }
  return all;
}

RunRecord RunRepository::run(const std::string& id) {
  const std::int64_t key = keyOf(id);
  Statement row = m_database.prepare(fmt::format("{}WHERE key = ?", kColumns));
  row.bind(1, key);
  if (!row.step()) {
    throw Error(ErrorKind::NotFound, fmt::format("run {} was just deleted", id));
  }
  RunRecord record = recordFrom(row);
  Statement part = m_database.prepare("SELECT part, metrics FROM part_metrics WHERE run_key = ?");
  part.bind(1, key);
  while (part.step()) {
    addPart(record, std::string(part.text(0)), part.text(1));
  }
  return record;
}

std::int64_t RunRepository::keyOf(const std::string& id) {
  Statement row = m_database.prepare("SELECT key FROM run WHERE id = ?");
  row.bind(1, id);
  if (row.step()) {
    return row.integer(0);
  }
  std::vector<std::string> ids;
  Statement other = m_database.prepare("SELECT id FROM run ORDER BY key DESC");
  while (other.step()) {
    ids.emplace_back(other.text(0));
  }
  throw Error(ErrorKind::NotFound,
              fmt::format("the project has no run \"{}\"{}", id, didYouMean(id, ids)));
}

void RunRepository::claim(const std::string& id, const ProcessIdentity& worker) {
  Transaction transaction(m_database);
  const RunRecord record = run(id);
  if (record.status == RunStatus::Done) {
    throw Error(ErrorKind::Usage,
                fmt::format("run {} is done; train a copy of it with run --again, or "
                            "start a new one",
                            id));
  }
  if (ownerLives(record) && !isSame(record.worker, worker)) {
    throw Error(ErrorKind::Usage, fmt::format("run {} is being worked on by process {}; stop it "
                                              "first",
                                              id, record.worker->pid));
  }
  m_database
      .prepare(
          "UPDATE run SET status = 'running', message = '', finished = 0, "
          "started = CASE started WHEN 0 THEN ?2 ELSE started END, "
          "worker_pid = ?3, worker_start_ticks = ?4, worker_boot_id = ?5 WHERE key = ?1")
      .bind(1, record.key)
      .bind(2, secondsNow())
      .bind(3, worker.pid)
      .bind(4, worker.startTicks)
      .bind(5, worker.bootId)
      .run();
  noteStatus(m_database, record.key, "running", {});
  transaction.commit();
}

void RunRepository::setStatus(const std::string& id, RunStatus status, const std::string& message) {
  const bool active = status == RunStatus::Queued || status == RunStatus::Running;
  Transaction transaction(m_database);
  const std::int64_t key = keyOf(id);
  m_database
      .prepare(
          "UPDATE run SET status = ?2, message = ?3, finished = ?4, "
          "worker_pid = CASE ?2 WHEN 'running' THEN worker_pid END, "
          "worker_start_ticks = CASE ?2 WHEN 'running' THEN worker_start_ticks END, "
          "worker_boot_id = CASE ?2 WHEN 'running' THEN worker_boot_id END WHERE key = ?1")
      .bind(1, key)
      .bind(2, name(status))
      .bind(3, message)
      .bind(4, active ? std::int64_t{0} : secondsNow())
      .run();
  noteStatus(m_database, key, name(status), message);
  transaction.commit();
}

void RunRepository::setEpochs(const std::string& id, std::int64_t epochs) {
  Transaction transaction(m_database);
  m_database.prepare("UPDATE run SET epochs = ?2 WHERE key = ?1")
      .bind(1, keyOf(id))
      .bind(2, epochs)
      .run();
  transaction.commit();
}

std::vector<std::string> RunRepository::reapInterrupted() {
  const auto isDead = [](const RunRecord& run) {
    return run.status == RunStatus::Running && !ownerLives(run);
  };
  // A look without the lock first: this is polled, and there is nearly never anything to do.
  auto all = runs();
  if (std::none_of(all.begin(), all.end(), isDead)) {
    return {};
  }
  constexpr std::string_view kReason =
      "the worker ended without saying why; resume goes on from the last checkpoint";
  std::vector<std::string> reaped;
  Transaction transaction(m_database);
  Statement update = m_database.prepare(
      "UPDATE run SET status = 'interrupted', message = ?2, finished = ?3, worker_pid = NULL, "
      "worker_start_ticks = NULL, worker_boot_id = NULL WHERE key = ?1");
  for (const RunRecord& run : runs()) {
    if (isDead(run)) {
      update.bind(1, run.key).bind(2, kReason).bind(3, secondsNow()).run();
      noteStatus(m_database, run.key, "interrupted", kReason);
      reaped.push_back(run.id);
    }
  }
  transaction.commit();
  return reaped;
}

void RunRepository::remove(const std::string& id) {
  Transaction transaction(m_database);
  const RunRecord record = run(id);
  if (ownerLives(record)) {
    throw Error(ErrorKind::Usage, fmt::format("run {} is running; stop it before deleting it", id));
  }
  m_database.prepare("DELETE FROM run WHERE key = ?").bind(1, record.key).run();
  transaction.commit();
}

}  // namespace twofold::store
