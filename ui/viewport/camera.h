// Where the 3-D view is seen from, as a plain value: turning, moving, zooming, rays.
#pragma once

#include <optional>
#include <span>

#include "ui/viewport/vector.h"

namespace twofold::ui {

struct Ray {
  Vector origin{};
  Vector direction{};  // unit length
};

/// A perspective camera. View coordinates are relative to the middle of the view in units of half
/// its height: x to the right, y upwards, so that they do not depend on the pixel ratio.
struct Camera {
  Vector position{0, 0, 100};
  Vector focus{};  // what it turns about
  Vector up{0, 1, 0};
  double viewAngle = 24;  // vertical, degrees

  [[nodiscard]] Vector forward() const { return direction(focus - position); }
  [[nodiscard]] Vector right() const { return direction(cross(forward(), up), {1, 0, 0}); }
  [[nodiscard]] double distance() const { return length(focus - position); }
  /// Of the view at unit distance: the tangent of half its angle.
  [[nodiscard]] double halfHeight() const;
};

/// Turns about the focus as a trackball; one unit is half a turn.
void orbit(Camera& camera, double dx, double dy);
/// Moves so that what lies at the depth of the focus follows the pointer by (dx, dy).
void pan(Camera& camera, double dx, double dy);
/// Moves nearer (factor < 1) or away, keeping what lies under (x, y) in place. The distance stays
/// within 2 to 20 000 angstrom.
void zoomAt(Camera& camera, double factor, double x, double y);
/// Moves the focus and the camera with it.
void centreOn(Camera& camera, const Vector& point);

[[nodiscard]] Ray rayThrough(const Camera& camera, double x, double y);
/// View coordinates of a point; nothing behind the camera.
[[nodiscard]] std::optional<std::array<double, 2>> project(const Camera& camera,
                                                           const Vector& point);

/// Looks at all points along their thinnest direction. `axis` (from A to B) becomes the screen's
/// horizontal; without it the longest direction does. `aspect` is width / height.
[[nodiscard]] Camera fittedCamera(std::span<const Vector> points, const std::optional<Vector>& axis,
                                  double aspect);

}  // namespace twofold::ui
