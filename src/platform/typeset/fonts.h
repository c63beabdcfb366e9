#pragma once
// Fonts by the part they play. A role ("fangsong") names its faces in order of preference; the first one installed
// leads, the others and then the common fallback fill in the characters it lacks. A face counts as having a character
// only if it draws INK for it: some fonts map a rare character to an empty glyph, and a name on an order must be seen.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

typedef struct _PangoFont PangoFont;

namespace anlan::typeset {

// How a piece of text looks. `tracking` is added to every full-width cell (points, may be negative).
struct Style {
  std::string role;
  double size_pt;
  double tracking_pt = 0;
};

struct Role {
  std::string name;
  std::vector<std::string> faces;  // Pango descriptions without a size: "Noto Serif CJK SC Bold"
};

// Not thread safe: one thread at a time. Loaded fonts live as long as the book. Movable.
class FontBook {
 public:
  // Fails, naming the role and every face it asked for, where none of a role's faces is installed or the leading one
  // cannot draw a common Chinese character.
  static Result<FontBook> open(std::vector<Role> roles, const std::vector<std::string>& fallback);
  FontBook(FontBook&&) noexcept;
  ~FontBook();

  // The face that leads a role. Asserts that the role exists.
  const std::string& leading_face(std::string_view role) const;
  // Position in the role's chain of the first face that shows `c`, any other font of this machine being the
  // last resort; -1 where none does.
  int face_of(const Style&, char32_t c);
  // Position `face` as face_of() gave it; owned by the book.
  PangoFont* font(const Style&, int face);

 private:
  struct Fonts;
  explicit FontBook(std::unique_ptr<Fonts>);
  std::unique_ptr<Fonts> fonts_;
};

}  // namespace anlan::typeset
