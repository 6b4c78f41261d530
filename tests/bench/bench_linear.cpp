// What the frozen linear layers reach at ESM-2's shapes in float32, bfloat16 and int8, beside a
// bare loop of the processor's int8 instruction. Rates are operations over the process's CPU time
// times the threads, which other processes disturb less than the clock on the wall; with
// OMP_WAIT_POLICY=passive, threads that wait for one that others keep from its core do not count.
// bench_linear [REPEATS [THREADS]]
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "models/layers/cpu_features.h"
#include "models/layers/linear.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace twofold;

namespace {

constexpr std::int64_t kRows = 4096;

double processSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

#if defined(__x86_64__)
/// GOP/s of one thread that does nothing else.
__attribute__((target("avx512f,avx512vnni"))) double int8Peak() {
  constexpr int kSums = 16;
  constexpr int kTurns = 20'000'000;
  __m512i sums[kSums];
  for (int i = 0; i < kSums; ++i) {
    sums[i] = _mm512_set1_epi32(i);
  }
  __m512i value = _mm512_set1_epi32(0x01010101);
  const double started = processSeconds();
  for (int turn = 0; turn < kTurns; ++turn) {
    __asm__ volatile("" : "+v"(value));
#pragma GCC unroll 16
    for (int i = 0; i < kSums; ++i) {
      sums[i] = _mm512_dpbusd_epi32(sums[i], value, value);
    }
  }
  const double seconds = processSeconds() - started;
  for (int i = 0; i < kSums; ++i) {
    __asm__ volatile("" : : "v"(sums[i]));
  }
  return 1e-9 * 2 * 64 * kSums * kTurns / seconds;
}
#endif

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Shape {
  std::int64_t in;
  std::int64_t out;
};

double cosine(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor x = a.to(at::kDouble).flatten();
  const at::Tensor y = b.to(at::kDouble).flatten();
  return (x.dot(y) / (x.norm() * y.norm())).item<double>();
}

/// One line of the table; returns int8's rate over bfloat16's.
double compare(const Shape& shape, bool withGelu, int repeats) {
  const at::Tensor weight = at::randn({shape.out, shape.in}) / std::sqrt(shape.in);
  const at::Tensor bias = at::randn({shape.out}) * 0.1;
  const auto type = at::TensorOptions();
  const std::array<models::FrozenLinear, 3> layers = {
      models::FrozenLinear(weight, bias, {type}),
      models::FrozenLinear(weight, bias, {type.dtype(at::kBFloat16)}),
      models::FrozenLinear(weight, bias, {type.dtype(at::kBFloat16), true})};
  const at::Tensor wide = at::randn({kRows, shape.in});
  const at::Tensor narrow = wide.to(at::kBFloat16);
  std::array<std::vector<double>, 3> seconds;
  std::array<at::Tensor, 3> results;
  for (int i = 0; i <= repeats; ++i) {
    for (std::size_t k = 0; k < layers.size(); ++k) {
      const at::Tensor& rows = k == 0 ? wide : narrow;
      const double started = processSeconds();
      results[k] = withGelu ? layers[k].gelu(rows) : layers[k](rows);
      if (i > 0) {  // the first turn warms up
        seconds[k].push_back(processSeconds() - started);
      }
    }
  }
  std::array<double, 3> rates{};
  for (std::size_t k = 0; k < rates.size(); ++k) {
    rates[k] = 2e-9 * static_cast<double>(kRows * shape.in * shape.out) / median(seconds[k]) *
               at::get_num_threads();
  }
  fmt::print("{:5} {:5} {:5} {:8.0f} {:8.0f} {:8.0f} {:10.2f} {:11.5f} {:11.5f}\n", shape.in,
             shape.out, withGelu ? "gelu" : "", rates[0], rates[1], rates[2], rates[2] / rates[1],
             cosine(results[1], results[0]), cosine(results[2], results[0]));
  return rates[2] / rates[1];
}

}  // namespace

int main(int argc, char** argv) {
  // Results come from memory that is there already; else page faults cost as much as the products.
  ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
  ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
  const c10::NoGradGuard noGradients;
  at::manual_seed(1);
  if (argc > 2) {
    at::set_num_threads(std::atoi(argv[2]));
  }
  const int repeats = argc > 1 ? std::atoi(argv[1]) : 15;
  fmt::print("{} rows, {} threads, median of {}\n", kRows, at::get_num_threads(), repeats);
#if defined(__x86_64__)
  if (models::cpuHasVnni()) {
    fmt::print("bare int8 products: {:.0f} GOP/s, all threads\n",
               int8Peak() * at::get_num_threads());
  }
#endif
  fmt::print("{:>5} {:>5} {:5} {:>8} {:>8} {:>8} {:>10} {:>11} {:>11}\n", "in", "out", "", "fp32",
             "bf16", "int8", "int8/bf16", "cosine bf16", "cosine int8");
  constexpr std::array<Shape, 11> kShapes = {{{320, 960},
                                              {320, 320},
                                              {320, 1280},
                                              {1280, 320},
                                              {480, 1440},
                                              {480, 1920},
                                              {1920, 480},
                                              {640, 1920},
                                              {640, 2560},
                                              {2560, 640},
                                              {1280, 5120}}};
  double product = 1;
  for (const Shape& shape : kShapes) {
    // The wide half of a block ends in the activation.
    product *= compare(shape, shape.out == 4 * shape.in, repeats);
  }
  fmt::print("geometric mean of int8/bf16: {:.2f}\n",
             std::pow(product, 1.0 / static_cast<double>(kShapes.size())));
  return 0;
}
