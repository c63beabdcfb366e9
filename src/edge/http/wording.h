#pragma once
// Moments, figures, lists and code words in one language, as sentences carry them. Texts: data/text/.

#include <string>
#include <string_view>
#include <vector>

#include "domain/grade/types.h"
#include "edge/http/render.h"

namespace anlan::edge {

class Wording {
 public:
  Wording(const Page& page, Locale locale) : page_(page), locale_(locale) {}

  Locale locale() const { return locale_; }
  const Page& page() const { return page_; }

  std::string text(std::string_view key, const Texts::Values& values = {}) const {
    return page_.texts.get(locale_, key, values);
  }
  // The text of "KIND.NAME", the bare name where there is none.
  std::string word(std::string_view kind, std::string_view name) const;
  // 11月23日14时09分, in China's time.
  std::string moment(Instant) const;
  // 死亡2人，受伤5人: of these figures (all when none is named) those that are stated; empty where none is.
  std::string figures(const grade::Figures&, const std::vector<std::string_view>& names = {}) const;
  std::string join(const std::vector<std::string>&) const;
  // Short names of organisations, joined.
  std::string organisations(const std::vector<std::string>& ids) const;
  // With a full stop where its writer left it open.
  std::string sentence(std::string text) const;

 private:
  const Page& page_;
  Locale locale_;
};

}  // namespace anlan::edge
