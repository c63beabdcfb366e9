#pragma once
// Sets official documents in the layout of GB/T 9704-2012, as PDF and as docx. The same document gives the same bytes
// on the same fonts.

#include <memory>
#include <string>

#include "base/result.h"
#include "document/house_style.h"
#include "document/official.h"

namespace anlan::document {

using Bytes = std::string;

// Thread safe: callers are served one at a time. Movable.
class Press {
 public:
  // `folder` is data/documents; `site` overrides the fonts of roles by name. Fails, naming role and font, where a role
  // has no font on this machine.
  static Result<Press> open(const std::string& folder, const FontNames& site = {});
  Press(Press&&) noexcept;
  ~Press();

  // Outlines are embedded with their characters, so that text can be searched and copied. About a tenth of a second a
  // page.
  Result<Bytes> to_pdf(const OfficialDocument&) const;
  // Names its fonts and embeds none; set by the program that opens it.
  Result<Bytes> to_docx(const OfficialDocument&) const;
  // The font that leads a role on this machine: "FandolFang" for "fangsong".
  std::string leading_face(const std::string& role) const;

 private:
  // Fonts and templates, read once.
  struct Workshop;
  explicit Press(std::unique_ptr<Workshop>);
  std::unique_ptr<Workshop> workshop_;
};

}  // namespace anlan::document
