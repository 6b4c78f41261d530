#include "models/learning/device.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/util/Exception.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <limits>
#include <mutex>
#include <new>
#include <optional>
#include <string_view>
#include <thread>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace twofold::models {

namespace {

/// The CUDA half of LibTorch is linked by nobody, so that the worker starts where there is no
/// driver; loading it registers its kernels. Before the first look at the CUDA hooks, because
/// torch remembers that look. Empty, or why there is no CUDA, with the cure.
const std::string& whyNoCuda() {
  static const std::string reason = [] {
    if (::dlopen("libcuda.so.1", RTLD_LAZY) == nullptr) {
      return std::string("there is no NVIDIA driver; install it and run packaging/setup.sh");
    }
    if (::dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) == nullptr) {
      return fmt::format("LibTorch's CUDA half does not load ({}); run packaging/setup.sh",
                         ::dlerror());
    }
    return std::string();
  }();
  return reason;
}

int cudaDevices() {
  if (!whyNoCuda().empty()) {
    return 0;
  }
  const auto& hooks = at::detail::getCUDAHooks();
  return hooks.hasCUDA() ? hooks.getNumGPUs() : 0;
}

std::optional<int> cudaIndex(std::string_view device) {
  constexpr std::string_view kCuda = "cuda";
  if (device == kCuda) {
    return 0;
  }
  if (!device.starts_with(kCuda) || device[kCuda.size()] != ':') {
    return std::nullopt;
  }
  const auto index = parseNumber<int>(device.substr(kCuda.size() + 1));
  const bool usable =
      index && *index >= 0 && *index <= std::numeric_limits<c10::DeviceIndex>::max();
  return usable ? index : std::nullopt;
}

bool isAboutMemory(std::string_view message) {
  return message.find("can't allocate memory") != std::string_view::npos ||
         message.find("out of memory") != std::string_view::npos;
}

Error memoryError(std::string_view what) {
  return {ErrorKind::Memory,
          fmt::format("there is not enough memory ({}); use a smaller batch or backbone, or close "
                      "other programs",
                      what)};
}

}  // namespace

c10::Device checkedDevice(const std::string& device) {
  if (device == "cpu") {
    return c10::kCPU;
  }
  if (device == "auto") {
    return cudaDevices() > 0 ? c10::Device(c10::kCUDA, 0) : c10::Device(c10::kCPU);
  }
  const auto index = cudaIndex(device);
  if (!index) {
    throw Error(ErrorKind::Usage,
                fmt::format("device \"{}\" is not one of auto, cpu, cuda, cuda:N", device));
  }
  const int found = cudaDevices();
  if (found == 0) {
    throw Error(
        ErrorKind::Device,
        fmt::format(
            "device \"{}\" was asked for, but {}; or use device cpu or auto", device,
            whyNoCuda().empty() ? "no GPU answers to the driver; see nvidia-smi" : whyNoCuda()));
  }
  if (*index >= found) {
    throw Error(
        ErrorKind::Device,
        fmt::format("device \"{}\" was asked for, but the last one is cuda:{}", device, found - 1));
  }
  return {c10::kCUDA, static_cast<c10::DeviceIndex>(*index)};
}

std::string deviceOfRank(const std::string& device, const process::RankPlace& place) {
  if (place.isAlone() || device == "cpu" || (device == "auto" && cudaDevices() == 0)) {
    return device;
  }
  if (device != "auto" && device != "cuda") {
    throw Error(
        ErrorKind::Usage,
        fmt::format("device \"{}\" would be shared by {} ranks; choose cuda, which gives each "
                    "rank a GPU of its own, or cpu",
                    device, place.localSize));
  }
  const int found = cudaDevices();
  if (found == 0) {
    static_cast<void>(checkedDevice(device));  // says why there is none
  }
  if (found < place.localSize) {
    throw Error(
        ErrorKind::Device,
        fmt::format("{} ranks on this machine want a GPU each, and it shows {}; start as many "
                    "ranks as GPUs (srun: let each task see all of its machine's), or use "
                    "device cpu",
                    place.localSize, found));
  }
  return fmt::format("cuda:{}", place.localRank);
}

int threadsOfRank(int threads, const process::RankPlace& place) {
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  return threads > 0 || place.isAlone() ? threads : std::max(1, cores / place.localSize);
}

void useThreads(int threads) {
  static std::once_flag once;
  std::call_once(once, [] { at::set_num_interop_threads(1); });
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  at::set_num_threads(threads > 0 ? threads : std::max(cores, 1));
}

void rethrowTranslated() {
  try {
    throw;
  } catch (const Error&) {
    throw;
  } catch (const c10::OutOfMemoryError& error) {
    throw memoryError(error.what_without_backtrace());
  } catch (const c10::AcceleratorError& error) {
    throw Error(ErrorKind::Device, fmt::format("the device failed: {}; look at its log, or use "
                                               "device cpu",
                                               error.what_without_backtrace()));
  } catch (const c10::Error& error) {
    if (isAboutMemory(error.what_without_backtrace())) {
      throw memoryError(error.what_without_backtrace());
    }
    throw Error(ErrorKind::Internal,
                fmt::format("the numerics library failed: {}", error.what_without_backtrace()));
  } catch (const std::bad_alloc&) {
    throw memoryError("an allocation failed");
  }
}

}  // namespace twofold::models
