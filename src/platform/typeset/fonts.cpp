#include "platform/typeset/fonts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace anlan::typeset {
namespace {

// GObject references, as Pango hands them out.
struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

// The families that match the pattern, by name. Takes the pattern over.
std::set<std::string> families(FcPattern* pattern) {
  FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
  FcObjectSet* objects = FcObjectSetBuild(FC_FAMILY, nullptr);
  FcFontSet* found = FcFontList(nullptr, pattern, objects);
  std::set<std::string> names;
  for (int i = 0; found && i < found->nfont; ++i) {
    FcChar8* name = nullptr;
    if (FcPatternGetString(found->fonts[i], FC_FAMILY, 0, &name) == FcResultMatch)
      names.insert(reinterpret_cast<const char*>(name));
  }
  if (found) FcFontSetDestroy(found);
  FcObjectSetDestroy(objects);
  FcPatternDestroy(pattern);
  return names;
}

// Asked of fontconfig and not of Pango: a family answers to all its names, the Chinese one and the English one.
bool installed(const std::string& face) {
  PangoFontDescription* description = pango_font_description_from_string(face.c_str());
  const char* family = pango_font_description_get_family(description);
  FcPattern* pattern = FcPatternCreate();
  FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<const FcChar8*>(family ? family : ""));
  pango_font_description_free(description);
  return !families(pattern).empty();
}

// Every family of the machine whose character map has `c`, in an order that does not change between runs.
std::set<std::string> families_with(char32_t c) {
  FcCharSet* characters = FcCharSetCreate();
  FcCharSetAddChar(characters, c);
  FcPattern* pattern = FcPatternCreate();
  FcPatternAddCharSet(pattern, FC_CHARSET, characters);
  FcCharSetDestroy(characters);
  return families(pattern);
}

// Characters that are right to draw nothing.
bool is_blank_by_nature(char32_t c) {
  return g_unichar_isspace(c) || g_unichar_iszerowidth(c) || !g_unichar_isprint(c);
}

// The character map alone is not believed: AR PL UKai, for one, maps U+4DAE and draws an empty glyph for it.
bool shows(PangoFont* font, char32_t c) {
  hb_font_t* shaped = pango_font_get_hb_font(font);
  hb_codepoint_t glyph = 0;
  if (!hb_font_get_nominal_glyph(shaped, c, &glyph) || glyph == 0) return false;
  if (is_blank_by_nature(c)) return true;
  hb_glyph_extents_t ink{};
  return hb_font_get_glyph_extents(shaped, glyph, &ink) && ink.width != 0 && ink.height != 0;
}

}  // namespace

struct FontBook::Fonts {
  std::map<std::string, std::vector<std::string>, std::less<>> chains;
  std::map<std::pair<std::string, char32_t>, int> chosen;
  std::map<std::tuple<std::string, long>, Owned<PangoFont>> loaded;  // face and size in Pango units
  Owned<PangoFontMap> map{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
  Owned<PangoContext> context{pango_font_map_create_context(map.get())};

  // Nothing is rounded to pixels: a page has no pixels, and metrics must not depend on a screen's settings.
  Fonts() {
    cairo_font_options_t* plain = cairo_font_options_create();
    cairo_font_options_set_hint_style(plain, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(plain, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), plain);
    cairo_font_options_destroy(plain);
  }

  // Kept for good: opening a Chinese font costs more than setting a page in it.
  PangoFont* load(const std::string& face, double size_pt) {
    const long size = std::lround(size_pt * PANGO_SCALE);
    Owned<PangoFont>& slot = loaded[{face, size}];
    if (!slot) {
      PangoFontDescription* description = pango_font_description_from_string(face.c_str());
      pango_font_description_set_absolute_size(description, static_cast<double>(size));
      slot.reset(pango_font_map_load_font(map.get(), context.get(), description));
      pango_font_description_free(description);
      ANLAN_ASSERT(slot);
    }
    return slot.get();
  }
};

FontBook::FontBook(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
FontBook::FontBook(FontBook&&) noexcept = default;
FontBook::~FontBook() = default;

Result<FontBook> FontBook::open(std::vector<Role> roles, const std::vector<std::string>& fallback) {
  auto fonts = std::make_unique<Fonts>();
  for (Role& role : roles) {
    std::vector<std::string> chain;
    std::copy_if(role.faces.begin(), role.faces.end(), std::back_inserter(chain), installed);
    if (chain.empty())
      return Failure{fmt::format("no font for the role \"{}\": none of [{}] is installed", role.name,
                                 fmt::join(role.faces, ", "))};
    if (!shows(fonts->load(chain.front(), 16), U'国'))
      return Failure{
          fmt::format("the font \"{}\" of the role \"{}\" has no Chinese characters", chain.front(), role.name)};
    std::copy_if(fallback.begin(), fallback.end(), std::back_inserter(chain), installed);
    fonts->chains[role.name] = std::move(chain);
  }
  return FontBook(std::move(fonts));
}

const std::string& FontBook::leading_face(std::string_view role) const {
  const auto found = fonts_->chains.find(role);
  ANLAN_ASSERT(found != fonts_->chains.end());
  return found->second.front();
}

int FontBook::face_of(const Style& style, char32_t c) {
  const auto found = fonts_->chains.find(style.role);
  ANLAN_ASSERT(found != fonts_->chains.end());
  std::vector<std::string>& chain = found->second;
  const auto [slot, fresh] = fonts_->chosen.try_emplace({style.role, c}, -1);
  if (!fresh) return slot->second;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (shows(fonts_->load(chain[i], 16), c)) return slot->second = static_cast<int>(i);
  for (const std::string& family : families_with(c))
    if (shows(fonts_->load(family, 16), c)) {
      chain.push_back(family);
      return slot->second = static_cast<int>(chain.size()) - 1;
    }
  return -1;
}

PangoFont* FontBook::font(const Style& style, int face) {
  const auto chain = fonts_->chains.find(style.role);
  ANLAN_ASSERT(chain != fonts_->chains.end() && face >= 0 && face < static_cast<int>(chain->second.size()));
  return fonts_->load(chain->second[static_cast<std::size_t>(face)], style.size_pt);
}

}  // namespace anlan::typeset
