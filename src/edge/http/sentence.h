#pragma once
// One finished sentence for a fact of an incident's story: the text "fact.TYPE" with {actor}, {organisation} (of the
// actor, where the fact names none), {at} and every member of the fact's body filled in as people read it; members of
// members by their own names. A fact about a report, an instruction or a clock also knows {title}, {kind}, {ordinal},
// {from}, {to} of the report, {text}, {given_by}, {to}, {due_at} of the instruction, {leg}, {due_at}, {rule} of the
// clock.

#include <string>

#include "base/texts.h"
#include "edge/http/page.h"
#include "journal/fact.h"

namespace anlan::edge {

class Sentences {
 public:
  // The page must outlive this.
  explicit Sentences(const Page& page) : page_(page) {}
  std::string of(Locale, const journal::Fact&) const;

 private:
  const Page& page_;
};

}  // namespace anlan::edge
