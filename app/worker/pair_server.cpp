#include "app/worker/pair_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "app/worker/project_catalog.h"
#include "app/worker/run_inputs.h"
#include "core/base/error.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"
#include "models/learning/attribution.h"

namespace twofold::app {

using formats::Json;

namespace {

Json errorAnswer(const Json& id, std::string_view kind, std::string_view message) {
  return {{"id", id}, {"type", "error"}, {"kind", kind}, {"message", message}};
}

std::vector<std::string> textList(const Json& list) {
  std::vector<std::string> texts;
  for (const auto& item : list) {
    if (!item.is_string()) {
      throw badInput("request", 0, "\"channels\" must be a list of channel ids");
    }
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

}  // namespace

Json PairServer::answer(std::string_view line) {
  Json id = nullptr;
  try {
    const auto request = formats::parseJson(line, "request");
    if (request.is_object() && request.contains("id")) {
      id = request["id"];
    }
    auto reply = answerRequest(request);
    reply["id"] = id;
    return reply;
  } catch (const Error& error) {
    return errorAnswer(id, name(error.kind()), error.what());
  } catch (const std::bad_alloc&) {
    return errorAnswer(id, name(ErrorKind::Memory), "out of memory");
  } catch (const std::exception& error) {
    return errorAnswer(id, name(ErrorKind::Internal), error.what());
  }
}

Json PairServer::answerRequest(const Json& request) {
  runs::JsonFields fields(request, "request");
  const auto type = fields.text("type");
  if (type == "load") {
    return load(fields);
  }
  if (type == "score") {
    return score(fields);
  }
  throw Error(ErrorKind::Usage,
              fmt::format("there is no request \"{}\"; there are load, score", type));
}

PairServer::WarmRun& PairServer::warmRun(const std::string& runId) {
  const auto known = std::find_if(m_runs.begin(), m_runs.end(), [&](const WarmRun& run) {
    return run.trained.record.id == runId;
  });
  if (known == m_runs.end()) {
    m_runs.push_front({loadRun(m_job, m_project, runId), {}});
    if (m_runs.size() > kWarmRuns) {
      m_runs.pop_back();
    }
  } else {
    m_runs.splice(m_runs.begin(), m_runs, known);
  }
  return m_runs.front();
}

Json PairServer::load(runs::JsonFields& fields) {
  const auto runId = fields.text("run");
  // A run that went on since then has a newer checkpoint, and GO may have come in: load them
  // afresh.
  m_terms = nullptr;
  m_runs.remove_if([&](const WarmRun& run) { return run.trained.record.id == runId; });
  const auto& scorer = warmRun(runId).trained.scorer;
  Json names = Json::object();
  for (const auto& channel : projectCatalog(m_project).channels) {
    names[channel.id] = channel.name;
  }
  return {{"type", "loaded"},
          {"run", runId},
          {"channels", scorer.channels()},
          {"names", names},
          {"threshold", scorer.threshold()}};
}

const PairServer::KnownProtein& PairServer::known(WarmRun& run, const std::string& proteinId) {
  const auto key = store::ProteinRepository(m_project.database()).byId(proteinId).key;
  auto chain = store::StructureRepository(m_project.database()).bestChain(key);
  const auto found = run.proteins.find(proteinId);
  if (found != run.proteins.end() && found->second.chain == chain) {
    return found->second;
  }
  auto& scorer = run.trained.scorer;
  auto needed = neededEvidence(scorer.spec());
  needed.terms = m_terms;
  const auto inputs = loadProteins(m_project, std::span(&key, 1), needed, {{}, m_job.stop});
  m_terms = inputs.terms != nullptr ? inputs.terms : m_terms;
  const auto index = scorer.addProteins(inputs, {}, m_job.stop);
  auto& added = run.proteins[proteinId];
  added = {index, scorer.notesOn(inputs), std::move(chain)};
  return added;
}

Json PairServer::score(runs::JsonFields& fields) {
  const auto runId = fields.text("run");
  const auto a = fields.text("a");
  const auto b = fields.text("b");
  auto& run = warmRun(runId);
  auto& scorer = run.trained.scorer;
  const auto& all = scorer.channels();
  const auto channels = fields.has("channels") ? textList(fields.list("channels")) : all;
  const KnownProtein& first = known(run, a);
  const KnownProtein& second = a == b ? first : known(run, b);
  const models::IndexedPair pair{first.index, second.index, data::Label::Unknown};
  Json notes = Json::array();
  const auto tell = [&](const std::string& protein, const KnownProtein& entry) {
    for (const auto& note : entry.notes) {
      notes.push_back(fmt::format("{}: {}", protein, note));
    }
  };
  tell(a, first);
  if (a != b) {
    tell(b, second);
  }
  const auto attribution = models::attributeChannels(scorer, pair, channels);
  Json answer = {{"type", "score"},
                 {"run", runId},
                 {"a", a},
                 {"b", b},
                 {"channels", channels},
                 {"probability", attribution.probability},
                 {"threshold", scorer.threshold()},
                 {"logit", attribution.logit},
                 {"base", attribution.base},
                 {"notes", std::move(notes)}};
  for (const auto& share : attribution.channels) {
    answer["present"][share.channel] = share.isPresent;
    answer["shapley"][share.channel] = share.shapley;
    answer["shapley_error"][share.channel] = share.error;
    answer["ablation"][share.channel] = share.ablation;
    answer["toggled"][share.channel] = share.toggled;
  }
  return answer;
}

}  // namespace twofold::app
