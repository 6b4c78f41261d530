#include "core/runs/run_event.h"

#include <cmath>

#include "core/base/error.h"
#include "core/runs/json_fields.h"

namespace twofold::runs {

using formats::Json;

namespace {

/// JSON has no NaN; a missing value is null.
Json numberOrNull(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

struct ToJson {
  Json operator()(const ProgressEvent& event) const {
    return {{"type", "progress"},
            {"stage", event.stage},
            {"done", event.done},
            {"total", event.total},
            {"unit", event.unit},
            {"rate", numberOrNull(event.rate)},
            {"eta_s", numberOrNull(event.secondsLeft)}};
  }
  Json operator()(const MetricEvent& event) const {
    return {{"type", "event"},        {"event", "metric"},  {"part", event.part},
            {"metric", event.metric}, {"step", event.step}, {"value", numberOrNull(event.value)}};
  }
  Json operator()(const MessageEvent& event) const {
    return {{"type", "event"}, {"event", "message"}, {"text", event.text}};
  }
  Json operator()(const StatusEvent& event) const {
    return {{"type", "event"}, {"event", "status"}, {"run", event.run}, {"status", event.status}};
  }
  Json operator()(const ResultEvent& event) const {
    Json json = event.body;
    json["type"] = "result";
    return json;
  }
  Json operator()(const ErrorEvent& event) const {
    return {{"type", "error"}, {"kind", event.kind}, {"message", event.message}};
  }
};

RunEvent progressFromJson(JsonFields& fields) {
  return ProgressEvent{fields.text("stage"), fields.integer("done"), fields.integer("total"),
                       fields.text("unit"),  fields.real("rate"),    fields.real("eta_s")};
}

std::optional<RunEvent> plainEventFromJson(JsonFields& fields) {
  const auto kind = fields.text("event");
  if (kind == "metric") {
    return MetricEvent{fields.text("part"), fields.text("metric"), fields.integer("step"),
                       fields.real("value")};
  }
  if (kind == "message") {
    return MessageEvent{fields.text("text")};
  }
  if (kind == "status") {
    return StatusEvent{fields.text("run"), fields.text("status")};
  }
  return std::nullopt;
}

std::optional<RunEvent> eventFromJson(const Json& json) {
  JsonFields fields(json, "event");
  const auto type = fields.text("type");
  if (type == "progress") {
    return progressFromJson(fields);
  }
  if (type == "event") {
    return plainEventFromJson(fields);
  }
  if (type == "result") {
    return ResultEvent{json};
  }
  if (type == "error") {
    return ErrorEvent{fields.text("kind"), fields.text("message")};
  }
  return std::nullopt;
}

}  // namespace

std::string toLine(const RunEvent& event) {
  // File names and foreign text may hold bytes that are no UTF-8; a log line must not fail on them.
  return std::visit(ToJson{}, event).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<RunEvent> eventFromLine(std::string_view line) {
  try {
    return eventFromJson(formats::parseJson(line, "event"));
  } catch (const Error&) {
    return std::nullopt;  // by contract: other text on the stream is not this version's event
  }
}

}  // namespace twofold::runs
