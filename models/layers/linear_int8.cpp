#include "models/layers/linear_int8.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <vector>

#include "core/base/error.h"
#include "models/layers/cpu_features.h"
#include "models/layers/linear_int8_kernel.h"

namespace twofold::models {

namespace {

constexpr double kMostWeight = 127.0;

at::Tensor padded(const at::Tensor& perOutput) {
  const std::int64_t out = perOutput.size(0);
  return at::constant_pad_nd(perOutput, {0, int8RoundedUp(out, kInt8Lanes) - out}).contiguous();
}

/// [out, in] int8 -> panels of [in / 4][outputs][4], one after the other.
at::Tensor panelsOf(const at::Tensor& quantised) {
  const std::int64_t out = quantised.size(0);
  const std::int64_t in = quantised.size(1);
  const at::Tensor whole = at::constant_pad_nd(
      quantised, {0, int8RoundedUp(in, kInt8Group) - in, 0, int8RoundedUp(out, kInt8Lanes) - out});
  std::vector<at::Tensor> panels;
  for (const at::Tensor& panel : whole.split(kInt8Panel)) {
    panels.push_back(panel.view({panel.size(0), -1, kInt8Group}).transpose(0, 1).reshape({-1}));
  }
  return at::cat(panels);
}

Int8Kernel kernelFor(Int8Linear::Kernel kernel) {
  return kernel == Int8Linear::Kernel::Fastest && Int8Linear::isFast() ? multiplyInt8Avx512
                                                                       : multiplyInt8Portable;
}

/// Rows of one piece of work: all threads get some of few rows, and blocks are full of many.
std::int64_t blockOf(std::int64_t rows) {
  const std::int64_t threads = at::get_num_threads();
  return std::clamp<std::int64_t>(int8RoundedUp((rows + threads - 1) / threads, 12), 12,
                                  kInt8RowBlock);
}

void multiply(const Int8Weights& weights, const Int8Rows& work, std::int64_t rows,
              Int8Kernel kernel) {
  const std::int64_t block = blockOf(rows);
  const std::int64_t stride = int8Stride(weights.in);
  const std::int64_t threads =
      std::min<std::int64_t>(at::get_num_threads(), (rows + block - 1) / block);
  // One block at a time, so that a thread that is held up does not hold up the others.
  std::atomic<std::int64_t> next = 0;
  at::parallel_for(0, threads, 1, [&](std::int64_t begin, std::int64_t end) {
    std::vector<std::uint8_t> values(static_cast<std::size_t>(block * stride));
    std::vector<float> scales(static_cast<std::size_t>(block));
    std::vector<std::int32_t> zeros(static_cast<std::size_t>(block));
    const Int8Quantised memory{values.data(), stride, scales.data(), zeros.data()};
    for (std::int64_t thread = begin; thread < end; ++thread) {
      for (std::int64_t first = block * next++; first < rows; first = block * next++) {
        kernel(weights, work, first, std::min(block, rows - first), memory);
      }
    }
  });
}

}  // namespace

Int8Linear::Int8Linear(const at::Tensor& weight, const at::Tensor& bias)
    : m_in(weight.size(1)), m_out(weight.size(0)) {
  if (m_in > kMostInt8Inputs) {
    throw Error(ErrorKind::Usage,
                fmt::format("a layer has {} inputs and int8 takes {}; use precision bf16", m_in,
                            kMostInt8Inputs));
  }
  const at::Tensor wide = weight.to(at::kCPU, at::kFloat);
  if (!at::isfinite(wide).all().item<bool>()) {
    throw Error(ErrorKind::BadInput,
                "a weight is infinite or not a number, which int8 cannot hold; use precision fp32");
  }
  // An output without weights keeps a scale that can be divided by.
  const at::Tensor scales = (wide.abs().amax(1) / kMostWeight).clamp_min(1e-30);
  const at::Tensor quantised =
      (wide / scales.unsqueeze(1)).round().clamp(-kMostWeight, kMostWeight).to(at::kChar);
  m_panels = panelsOf(quantised);
  m_scales = padded(scales);
  m_bias = padded(bias.defined() ? bias.to(at::kCPU, at::kFloat) : at::zeros({m_out}));
  m_sums = padded(quantised.sum(1, false, at::kInt));
}

bool Int8Linear::isFast() {
  return isInt8Avx512Built() && cpuHasAvx512() && cpuHasVnni();
}

at::Tensor Int8Linear::operator()(const at::Tensor& rows, bool withGelu, Kernel kernel) const {
  const at::Tensor dense = rows.contiguous();
  const at::Tensor results = at::empty({dense.size(0), m_out}, dense.options());
  if (dense.size(1) != m_in ||
      (dense.scalar_type() != at::kFloat && dense.scalar_type() != at::kBFloat16)) {
    throw Error(ErrorKind::Internal,
                fmt::format("an int8 layer of {} inputs got {} of {}", m_in, dense.size(1),
                            c10::toString(dense.scalar_type())));
  }
  const Int8Weights weights{m_panels.const_data_ptr<std::int8_t>(),
                            m_scales.const_data_ptr<float>(),
                            m_bias.const_data_ptr<float>(),
                            m_sums.const_data_ptr<std::int32_t>(),
                            m_in,
                            m_out};
  const Int8Rows work{dense.const_data_ptr(), results.mutable_data_ptr(),
                      dense.scalar_type() == at::kBFloat16, withGelu};
  multiply(weights, work, dense.size(0), kernelFor(kernel));
  return results;
}

}  // namespace twofold::models
