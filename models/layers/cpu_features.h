// What this machine's processor can do, asked at run time; false on other architectures.
#pragma once

namespace twofold::models {

/// Everything that attention_avx512.cpp is compiled for, and linear_int8_avx512.cpp but for VNNI.
[[nodiscard]] inline bool cpuHasAvx512() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
#else
  return false;
#endif
}

/// Products of four int8 at once, in 512 bits.
[[nodiscard]] inline bool cpuHasVnni() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512vnni") != 0;
#else
  return false;
#endif
}

[[nodiscard]] inline bool cpuHasBfloat16() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

}  // namespace twofold::models
