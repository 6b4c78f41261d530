// Everything a command says: JSON lines with --json, text for people without.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "app/worker/progress_meter.h"
#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/runs/run_event.h"

namespace twofold::app {

struct OutputStyle {
  bool json = false;
  bool quiet = false;  // results and errors only
};

/// One thread at a time. A reader that went away is no error: runs outlive their window.
class Output {
 public:
  explicit Output(OutputStyle style);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// From now on every line is also appended to this file alone. Throws Error(Io).
  void alsoTo(const std::filesystem::path& eventFile);
  /// From now on to no file.
  void noLongerTo();

  void progress(const Progress& progress);
  [[nodiscard]] ProgressSink progressSink();
  void event(const runs::RunEvent& event);
  /// What the numbers of metrics count, for people: "epoch" unless said otherwise.
  void countMetricsIn(std::string step) { m_stepWord = std::move(step); }
  void say(std::string sentence) { event(runs::MessageEvent{std::move(sentence)}); }
  /// The last line of a command that succeeded; `text` is the same for people.
  void result(const runs::ResultEvent& result, std::string_view text);
  /// The last line of one that failed.
  void error(const runs::ErrorEvent& error);
  /// A bare JSON line that is no event: an answer of `serve`. False when nobody reads any more.
  bool answer(const formats::Json& json);

  [[nodiscard]] const OutputStyle& style() const { return m_style; }

 private:
  void showHeldBack();
  void show(const runs::RunEvent& event);
  [[nodiscard]] bool tryRecord(const std::string& line) const;
  void record(const std::string& line) const;
  void showProgressText(const runs::ProgressEvent& progress);
  void showMetricText(const runs::MetricEvent& metric);
  void endTextLines();

  OutputStyle m_style;
  bool m_terminal;
  ProgressMeter m_meter;
  int m_eventFile = -1;
  std::string m_eventFileName;
  std::set<std::string> m_stagesShown;
  bool m_barShown = false;
  std::string m_stepWord = "epoch";
  std::int64_t m_metricStep = -1;
  std::string m_metricLine;
};

}  // namespace twofold::app
