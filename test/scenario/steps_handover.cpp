// The steps by which an incident goes from one owner to another, and what is expected of that.

#include "scenario/stage.h"

namespace anlan::scenario {

void Stage::offer(Cursor& c, const Actor& who) {
  const std::string to = organisation(c), reason = c.quoted();
  submit(who, incident::OfferHandover{to, reason}, last_incident());
}

void Stage::withdraw_offer(Cursor&, const Actor& who) { submit(who, incident::WithdrawOffer{}, last_incident()); }

void Stage::accept_offer(Cursor&, const Actor& who) {
  submit(who, incident::AnswerOffer{incident::Answer::kAccepted, {}}, last_incident());
}

void Stage::reject_offer(Cursor& c, const Actor& who) {
  submit(who, incident::AnswerOffer{incident::Answer::kRejected, c.quoted()}, last_incident());
}

void Stage::claim(Cursor& c, const Actor& who) { submit(who, incident::Claim{c.quoted()}, last_incident()); }

// "expect offer waits", "is rejected", "is over": as the owner's node knows it.
void Stage::expect_offer(Cursor& c) {
  const auto known = states<incident::Incident>(last_incident());
  const auto latest = std::ranges::max_element(known, {}, &incident::Incident::version);
  const auto parties = platform_.at(latest->owner).state<incident::Parties>(latest->id);
  const bool waits = incident::standing_offer(*latest, parties) && !incident::answer_to(*latest->offer, parties);
  const bool rejected = latest->offer && !incident::standing_offer(*latest, parties);
  const std::string found = waits ? "waits" : rejected ? "is rejected" : "is over";
  if (!c.take(found)) throw Wrong("the offer " + found);
}

// By its own node; "epoch" N and "version" N too.
void Stage::expect_owns(Cursor& c, const std::string& who) {
  if (!c.done() && c.peek() == "it") c.next();
  Options options(c, {});
  const auto i = platform_.at(who).state<incident::Incident>(incident(options));
  if (i.owner != who || i.released)
    throw Wrong("its owner is " + i.owner + (i.released ? ", who has released it" : ""));
  if (const auto epoch = options.number("epoch"); epoch && *epoch != i.epoch)
    throw Wrong("for the time " + std::to_string(i.epoch));
  if (const auto version = options.number("version"); version && *version != i.version)
    throw Wrong("its version is " + std::to_string(i.version));
  options.end();
}

}  // namespace anlan::scenario
