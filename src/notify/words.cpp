#include "notify/words.h"

namespace anlan::notify {

Words::Words(const Texts& texts, const state::Directory& directory, const warning::Warning& w)
    : texts_(texts), warning_(w), issuer_(directory.organisations.short_name(w.organisation)) {}

std::string Words::text(const std::string& key, const Texts::Values& values) const {
  return texts_.get(Locale::kChinese, "notice." + key, values);
}

// Mail has a subject, its first line; a short message has none, and what it says names the issuer already.
Words::Wordings Words::for_each(const std::vector<Way>& ways, const std::string& subject,
                                const std::string& said) const {
  Wordings wordings{{"", said}};
  for (const Way& way : ways)
    if (way.reach == Reach::kMail || way.reach == Reach::kStanding)
      wordings.push_back({way.name, subject + "\n\n" + said});
  return wordings;
}

// What was signed, word by word: nobody may read another text than the signers saw.
Words::Wordings Words::issued(const warning::Version& v, bool again, const std::vector<Way>& ways) const {
  const auto& c = v.content;
  const std::string said =
      text(again ? "again" : "issued", {{"description", c.description}, {"instruction", c.instruction}});
  return for_each(ways, c.headline, said);
}

// The prepared text alone: one person cancels, and words of one's own to everybody take the signatures of a warning.
Words::Wordings Words::ended(const std::vector<Way>& ways) const {
  const auto& headline = warning_.issued().back()->content.headline;
  const std::string said = text(warning_.cancelled->ending == warning::Ending::kPassed ? "passed" : "mistaken",
                                {{"issuer", issuer_}, {"headline", headline}});
  return for_each(ways, text("ended_subject", {{"headline", headline}}), said);
}

// Without an address of the site's own there is no link, and the desk is to be called.
Words::Wordings Words::call(const std::string& place, const std::string& role, const callout::Opened& opened,
                            const std::string& link) const {
  const Texts::Values values{{"headline", warning_.issued().back()->content.headline},
                             {"place", place},
                             {"role", role},
                             {"minutes", std::to_string(opened.limit_min)},
                             {"link", link}};
  return {{"", text(link.empty() ? "call_without_link" : "call", values)}};
}

}  // namespace anlan::notify
