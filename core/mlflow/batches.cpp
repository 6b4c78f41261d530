#include "core/mlflow/batches.h"

#include "core/formats/bounded_json.h"

namespace twofold::mlflow {

namespace {

/// Names of fields, numbers and punctuation of one item.
constexpr std::size_t kFrame = 120;

std::size_t bytesOf(const std::string& text) {
  using formats::Json;
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace).size();
}

class Cutter {
 public:
  explicit Cutter(const BatchLimits& limits) : m_limits(limits) {}

  void add(KeyedTexts Batch::*texts, const std::pair<std::string, std::string>& item) {
    room((m_batch.*texts).size(), m_limits.texts,
         bytesOf(item.first) + bytesOf(item.second) + kFrame);
    (m_batch.*texts).push_back(item);
  }

  void add(const MetricPoint& point) {
    room(m_batch.metrics.size(), m_limits.metrics, point.key.size() + kFrame);
    m_batch.metrics.push_back(point);
  }

  void close() {
    if (m_bytes > 0) {
      m_batches.push_back(std::move(m_batch));
    }
    m_batch = {};
    m_bytes = 0;
  }

  std::vector<Batch> take() {
    close();
    return std::move(m_batches);
  }

 private:
  void room(std::size_t count, std::size_t most, std::size_t bytes) {
    if (count == most || m_bytes + bytes > m_limits.bytes) {
      close();
    }
    m_bytes += bytes;
  }

  BatchLimits m_limits;
  std::vector<Batch> m_batches;
  Batch m_batch;
  std::size_t m_bytes = 0;
};

}  // namespace

std::vector<Batch> batchesOf(const Batch& all, const BatchLimits& limits) {
  Cutter cutter(limits);
  for (const auto& param : all.params) {
    cutter.add(&Batch::params, param);
  }
  for (const auto& tag : all.tags) {
    cutter.add(&Batch::tags, tag);
  }
  cutter.close();  // items of all kinds together have a limit too
  for (const auto& point : all.metrics) {
    cutter.add(point);
  }
  return cutter.take();
}

}  // namespace twofold::mlflow
