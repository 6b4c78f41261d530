#include "models/pretraining/rotary_attention.h"

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <bit>
#include <cmath>

namespace twofold::models {

namespace {

using torch::autograd::AutogradContext;

/// Rounded to nearest even like c10::BFloat16, without its branch for NaN, which keeps a loop
/// scalar. A NaN with an all-ones mantissa would become a zero; a loss that is none is refused
/// elsewhere.
inline std::uint16_t roundedBits(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return static_cast<std::uint16_t>((bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U);
}

struct Float {
  using Stored = float;
  static float read(Stored value) { return value; }
  static Stored write(float value) { return value; }
};

struct Bfloat {
  using Stored = std::uint16_t;
  static float read(Stored value) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16U);
  }
  static Stored write(float value) { return roundedBits(value); }
};

/// One head's vector turned by its position's angles, times `scale`; direction -1 turns back.
template <class Type>
void turn(const typename Type::Stored* from, typename Type::Stored* to, const float* cosines,
          const float* sines, std::int64_t half, float scale, float direction) {
  for (std::int64_t i = 0; i < half; ++i) {
    const float a = Type::read(from[i]) * scale;
    const float b = Type::read(from[i + half]) * scale;
    const float sine = sines[i] * direction;
    to[i] = Type::write(a * cosines[i] - b * sine);
    to[i + half] = Type::write(b * cosines[i] + a * sine);
  }
}

/// Moves query, key and value between [rows, length, 3, heads, D] and three of [rows x heads,
/// length, D], turning queries and keys by their positions on the way out and back on the way in.
struct HeadMover {
  EqualRows shape;
  const RotaryTable& table;
  std::int64_t headWidth = 0;

  [[nodiscard]] float queryScale() const { return 1 / std::sqrt(static_cast<float>(headWidth)); }

  template <class Type, bool kOut>
  void move(const at::Tensor& packed, const std::array<at::Tensor, 3>& heads) const {
    using Stored = typename Type::Stored;
    auto* joint = static_cast<Stored*>(packed.mutable_data_ptr());
    const float* cosines = table.cosines.const_data_ptr<float>();
    const float* sines = table.sines.const_data_ptr<float>();
    const std::int64_t width = shape.heads * headWidth;
    const std::int64_t half = headWidth / 2;
    at::parallel_for(0, shape.rows * shape.heads, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t item = begin; item < end; ++item) {
        const std::int64_t first = item / shape.heads * shape.length;
        const std::int64_t column = item % shape.heads * headWidth;
        for (std::size_t part = 0; part < 3; ++part) {
          auto* own = static_cast<Stored*>(heads[part].mutable_data_ptr()) +
                      item * shape.length * headWidth;
          const float scale = part == 0 ? queryScale() : 1;
          for (std::int64_t i = 0; i < shape.length; ++i, own += headWidth) {
            auto* other =
                joint + (first + i) * 3 * width + static_cast<std::int64_t>(part) * width + column;
            auto* to = kOut ? own : other;
            const auto* from = kOut ? other : own;
            if (part == 2) {
              std::copy(from, from + headWidth, to);
            } else {
              turn<Type>(from, to, cosines + i * half, sines + i * half, half, scale,
                         kOut ? 1.F : -1.F);
            }
          }
        }
      }
    });
  }

  template <bool kOut>
  void moveAny(const at::Tensor& packed, const std::array<at::Tensor, 3>& heads) const {
    if (packed.scalar_type() == at::kFloat) {
      move<Float, kOut>(packed, heads);
    } else {
      move<Bfloat, kOut>(packed, heads);
    }
  }
};

std::array<at::Tensor, 3> emptyHeads(const EqualRows& shape, std::int64_t headWidth,
                                     const at::TensorOptions& options) {
  const auto make = [&] {
    return at::empty({shape.rows * shape.heads, shape.length, headWidth}, options);
  };
  return {make(), make(), make()};
}

/// [rows x heads, length, D] to [rows x length, width] and back.
at::Tensor joined(const at::Tensor& heads, const EqualRows& shape) {
  return heads.view({shape.rows, shape.heads, shape.length, -1})
      .transpose(1, 2)
      .reshape({shape.rows * shape.length, -1});
}

at::Tensor separated(const at::Tensor& rows, const EqualRows& shape) {
  return rows.view({shape.rows, shape.length, shape.heads, -1})
      .transpose(1, 2)
      .reshape({shape.rows * shape.heads, shape.length, -1});
}

class Attention : public torch::autograd::Function<Attention> {
 public:
  static at::Tensor forward(AutogradContext* context, const at::Tensor& qkv, std::int64_t rows,
                            std::int64_t length, std::int64_t heads, const at::Tensor& cosines,
                            const at::Tensor& sines) {
    const EqualRows shape{rows, length, heads};
    const RotaryTable table{cosines, sines};
    const std::int64_t headWidth = qkv.size(1) / (3 * heads);
    const auto parts = emptyHeads(shape, headWidth, qkv.options().requires_grad(false));
    HeadMover{shape, table, headWidth}.moveAny<true>(qkv.contiguous(), parts);
    at::Tensor scores = at::bmm(parts[0], parts[1].transpose(1, 2));
    at::_softmax_out(scores, scores, -1, false);
    context->save_for_backward({parts[0], parts[1], parts[2], scores, cosines, sines});
    context->saved_data["rows"] = rows;
    context->saved_data["heads"] = heads;
    return joined(at::bmm(scores, parts[2]), shape);
  }

  static torch::autograd::variable_list backward(AutogradContext* context,
                                                 const torch::autograd::variable_list& gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor& query = saved[0];
    const at::Tensor& key = saved[1];
    const at::Tensor& value = saved[2];
    const at::Tensor& probabilities = saved[3];
    const EqualRows shape{context->saved_data["rows"].toInt(), query.size(1),
                          context->saved_data["heads"].toInt()};
    const RotaryTable table{saved[4], saved[5]};
    const std::int64_t headWidth = query.size(2);
    const at::Tensor result = separated(gradients[0].contiguous(), shape);
    at::Tensor scores = at::bmm(result, value.transpose(1, 2));
    at::_softmax_backward_data_out(scores, scores, probabilities, -1, query.scalar_type());
    const std::array<at::Tensor, 3> parts = {at::bmm(scores, key),
                                             at::bmm(scores.transpose(1, 2), query),
                                             at::bmm(probabilities.transpose(1, 2), result)};
    const at::Tensor packed =
        at::empty({shape.rows * shape.length, 3 * shape.heads * headWidth}, query.options());
    HeadMover{shape, table, headWidth}.moveAny<false>(packed, parts);
    return {packed, {}, {}, {}, {}, {}};
  }
};

}  // namespace

at::Tensor rotaryAttention(const at::Tensor& qkv, const EqualRows& shape,
                           const RotaryTable& table) {
  return Attention::apply(qkv, shape.rows, shape.length, shape.heads, table.cosines, table.sines);
}

}  // namespace twofold::models
