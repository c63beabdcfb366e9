#include "notify/words.h"

namespace anlan::notify {

Words::Words(const Texts& texts, const state::Directory& directory, const warning::Warning& w, outbox::World world)
    : texts_(texts),
      warning_(w),
      issuer_(directory.organisations.short_name(w.organisation)),
      mark_(world == outbox::World::kDrill ? text("drill", {}) : std::string()) {}

std::string Words::text(const std::string& key, const Texts::Values& values) const {
  return texts_.get(Locale::kChinese, "notice." + key, values);
}

// Mail has a subject, its first line; a short message has none, and what it says names the issuer already.
Words::Wordings Words::for_each(const std::vector<Way>& ways, const std::string& subject,
                                const std::string& said) const {
  Wordings wordings{{"", mark_ + said}};
  for (const Way& way : ways)
    if (way.reach == Reach::kMail || way.reach == Reach::kStanding)
      wordings.push_back({way.name, mark_ + subject + "\n\n" + mark_ + said});
  return wordings;
}

// What was signed, word by word: nobody may read another text than the signers saw.
Words::Wordings Words::issued(const warning::Version& v, bool again, const std::vector<Way>& ways) const {
  const auto& c = v.content;
  const std::string said =
      text(again ? "again" : "issued", {{"description", c.description}, {"instruction", c.instruction}});
  return for_each(ways, c.headline, said);
}

// By the headline that they know.
Words::Wordings Words::left(const std::vector<Way>& ways) const {
  const auto issued = warning_.issued();
  const auto& headline = issued[issued.size() < 2 ? 0 : issued.size() - 2]->content.headline;
  return for_each(ways, text("left_subject", {{"headline", headline}}),
                  text("left", {{"issuer", issuer_}, {"headline", headline}}));
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
  return {{"", mark_ + text(link.empty() ? "call_without_link" : "call", values)}};
}

}  // namespace anlan::notify
