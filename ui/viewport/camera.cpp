#include "ui/viewport/camera.h"

#include <algorithm>
#include <numbers>

namespace twofold::ui {
namespace {

constexpr double kNearest = 2;
constexpr double kFarthest = 20'000;

/// Rodrigues' rotation of `a` about the unit vector `axis`.
Vector rotated(const Vector& a, const Vector& axis, double angle) {
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  return a * c + cross(axis, a) * s + axis * (dot(axis, a) * (1 - c));
}

struct Cloud {
  Vector centre{};
  std::array<Vector, 3> covariance{};
};

Cloud cloudOf(std::span<const Vector> points) {
  Cloud cloud;
  for (const Vector& point : points) {
    cloud.centre = cloud.centre + point;
  }
  cloud.centre = cloud.centre * (1.0 / static_cast<double>(points.size()));
  for (const Vector& point : points) {
    const Vector offset = point - cloud.centre;
    for (std::size_t row = 0; row < 3; ++row) {
      cloud.covariance[row] = cloud.covariance[row] + offset * offset[row];
    }
  }
  return cloud;
}

/// Direction of the largest variance at a right angle to `excluded`, by power iteration.
Vector widestDirection(const Cloud& cloud, const std::optional<Vector>& excluded) {
  const auto flattened = [&](const Vector& a) {
    return excluded ? a - *excluded * dot(a, *excluded) : a;
  };
  const Vector start =
      excluded ? anyPerpendicular(*excluded) : direction(Vector{0.61, 0.53, 0.59}, {});
  Vector guess = direction(flattened(start + Vector{0.1, 0.2, 0.3}), start);
  for (int i = 0; i < 60; ++i) {
    const Vector next{dot(cloud.covariance[0], guess), dot(cloud.covariance[1], guess),
                      dot(cloud.covariance[2], guess)};
    guess = direction(flattened(next), guess);
  }
  return guess;
}

}  // namespace

double Camera::halfHeight() const {
  return std::tan(viewAngle * std::numbers::pi / 360);
}

void orbit(Camera& camera, double dx, double dy) {
  const Vector right = camera.right();
  const Vector up = direction(cross(right, camera.forward()));
  const double yaw = -dx * std::numbers::pi;
  const double pitch = dy * std::numbers::pi;
  const auto turn = [&](const Vector& a) { return rotated(rotated(a, up, yaw), right, pitch); };
  camera.position = camera.focus + turn(camera.position - camera.focus);
  camera.up = direction(turn(up));
}

void pan(Camera& camera, double dx, double dy) {
  const double unit = camera.distance() * camera.halfHeight();
  const Vector right = camera.right();
  const Vector up = cross(right, camera.forward());
  const Vector shift = right * (-dx * unit) + up * (-dy * unit);
  camera.position = camera.position + shift;
  camera.focus = camera.focus + shift;
}

void zoomAt(Camera& camera, double factor, double x, double y) {
  const double distance = camera.distance();
  const double wanted = std::clamp(distance * factor, kNearest, kFarthest);
  const Vector forward = camera.forward();
  camera.position = camera.focus - forward * wanted;
  const double shift = (distance - wanted) / wanted;
  pan(camera, -x * shift, -y * shift);
}

void centreOn(Camera& camera, const Vector& point) {
  const Vector shift = point - camera.focus;
  camera.focus = point;
  camera.position = camera.position + shift;
}

Ray rayThrough(const Camera& camera, double x, double y) {
  const Vector right = camera.right();
  const Vector up = cross(right, camera.forward());
  const double unit = camera.halfHeight();
  return {camera.position, direction(camera.forward() + right * (x * unit) + up * (y * unit))};
}

std::optional<std::array<double, 2>> project(const Camera& camera, const Vector& point) {
  const Vector offset = point - camera.position;
  const double depth = dot(offset, camera.forward());
  if (depth <= 1e-6) {
    return std::nullopt;
  }
  const Vector right = camera.right();
  const Vector up = cross(right, camera.forward());
  const double unit = depth * camera.halfHeight();
  return std::array{dot(offset, right) / unit, dot(offset, up) / unit};
}

Camera fittedCamera(std::span<const Vector> points, const std::optional<Vector>& axis,
                    double aspect) {
  Camera camera;
  if (points.empty()) {
    return camera;
  }
  const Cloud cloud = cloudOf(points);
  const Vector right =
      axis && length(*axis) > 1e-6 ? direction(*axis) : widestDirection(cloud, std::nullopt);
  const Vector up = widestDirection(cloud, right);
  const Vector back = cross(right, up);
  camera.focus = cloud.centre;
  camera.up = up;
  // The nearest distance at which every point lies inside the view, with a margin of 12 %.
  const double unit = camera.halfHeight() / 1.12;
  double distance = 12;
  for (const Vector& point : points) {
    const Vector offset = point - cloud.centre;
    const double across =
        std::max(std::abs(dot(offset, up)), std::abs(dot(offset, right)) / std::max(aspect, 0.1));
    distance = std::max(distance, (across + 1.5) / unit + dot(offset, back));
  }
  camera.position = cloud.centre + back * distance;
  return camera;
}

}  // namespace twofold::ui
