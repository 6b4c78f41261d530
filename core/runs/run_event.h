// What a run says while it works: one JSON line each, in runs/<id>/events.jsonl and on stdout.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/formats/bounded_json.h"

namespace twofold::runs {

/// {"type":"progress","stage","done","total","unit","rate","eta_s"}; total 0 and eta -1: unknown.
struct ProgressEvent {
  std::string stage;
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::string unit;
  double rate = 0;  // units per second
  double secondsLeft = -1;
};

/// {"type":"event","event":"metric","part","metric","step","value"}; the step is the epoch.
struct MetricEvent {
  std::string part;    // "train", "validation"
  std::string metric;  // "loss", "auprc", …
  std::int64_t step = 0;
  double value = 0;
};

/// {"type":"event","event":"message","text"}: a sentence for the log.
struct MessageEvent {
  std::string text;
};

/// {"type":"event","event":"status","run","status"}.
struct StatusEvent {
  std::string run;
  std::string status;
};

/// {"type":"result","command",…}: the last line of a command that succeeded.
struct ResultEvent {
  formats::Json body;
};

/// {"type":"error","kind","message"}: the last line of one that failed.
struct ErrorEvent {
  std::string kind;
  std::string message;
};

using RunEvent =
    std::variant<ProgressEvent, MetricEvent, MessageEvent, StatusEvent, ResultEvent, ErrorEvent>;

/// One line without its end.
[[nodiscard]] std::string toLine(const RunEvent& event);
/// Nothing for a line that is no event of this version; never throws.
[[nodiscard]] std::optional<RunEvent> eventFromLine(std::string_view line);

}  // namespace twofold::runs
