#include <algorithm>

#include "base/text.h"
#include "domain/incident/incident.h"

namespace anlan::incident {
namespace {

Refusal rule(std::string code, std::string field = {}) {
  return refuse(RefusalKind::kRule, std::move(code), std::move(field));
}

std::optional<Refusal> workable(const Incident& i) {
  if (!i.exists()) return refuse(RefusalKind::kNotFound, "incident.unknown");
  return check_open(i.state);
}

}  // namespace

const OfferAnswer* answer_to(const Offer& offer, const Parties& parties) {
  const auto found = std::ranges::find_if(parties.answers, [&](const OfferAnswer& a) {
    return a.organisation == offer.to && a.epoch == offer.epoch && a.offer == offer.number;
  });
  return found == parties.answers.end() ? nullptr : &*found;
}

const Offer* standing_offer(const Incident& i, const Parties& parties) {
  if (!i.offer) return nullptr;
  const OfferAnswer* answer = answer_to(*i.offer, parties);
  return answer && answer->answer == Answer::kRejected ? nullptr : &*i.offer;
}

const MadeClaim* standing_claim(const Incident& i, const Parties& parties, const std::string& organisation) {
  const auto found = std::ranges::find_if(
      parties.claims, [&](const MadeClaim& c) { return c.organisation == organisation && c.epoch == i.next_epoch(); });
  return i.state != State::kOpen || found == parties.claims.end() ? nullptr : &*found;
}

std::optional<Fact> withdrawal(const Incident& i, const Parties& parties) {
  const Offer* offer = standing_offer(i, parties);
  if (!offer) return std::nullopt;
  return OfferWithdrawn{offer->to, offer->epoch, offer->number};
}

Facts decide(const Incident& i, const Parties& parties, const OfferHandover& c, const account::Actor& actor) {
  if (auto no = workable(i)) return *no;
  if (auto no = check_owner(i, actor)) return *no;
  if (c.to == i.owner) return rule("organisation.own", "to");
  if (standing_offer(i, parties)) return rule("handover.offered");
  if (blank(c.reason)) return rule("text.empty", "reason");
  return std::vector<Fact>{Offered{c.to, i.next_epoch(), i.offers + 1, c.reason}};
}

Facts decide(const Incident& i, const Parties& parties, const WithdrawOffer&, const account::Actor& actor) {
  if (auto no = workable(i)) return *no;
  if (auto no = check_owner(i, actor)) return *no;
  auto withdrawn = withdrawal(i, parties);
  if (!withdrawn) return rule("handover.none");
  return std::vector<Fact>{std::move(*withdrawn)};
}

PartyFacts decide(const Incident& i, const Parties& parties, const AnswerOffer& c, const account::Actor& actor) {
  if (auto no = workable(i)) return *no;
  if (!i.offer || i.offer->to != actor.organisation) return rule("handover.none");
  if (answer_to(*i.offer, parties)) return rule("handover.answered");
  if (c.answer == Answer::kAccepted) return std::vector<PartyFact>{OfferAccepted{i.offer->epoch, i.offer->number}};
  if (blank(c.reason.value_or(""))) return rule("text.empty", "reason");
  return std::vector<PartyFact>{OfferRejected{i.offer->epoch, i.offer->number, *c.reason}};
}

PartyFacts decide(const Incident& i, const Parties& parties, const Claim& c, const account::Actor& actor,
                  const Standing& standing) {
  if (auto no = workable(i)) return *no;
  if (i.holder() == actor.organisation) return rule("handover.own");
  if (!standing.above) return refuse(RefusalKind::kForbidden, "handover.not_above");
  if (i.released && !standing.orphaned) return rule("incident.in_handover");
  if (standing.orphaned && !standing.heir) return rule("handover.not_heir");
  if (!standing.orphaned && standing_claim(i, parties, actor.organisation)) return rule("handover.claimed");
  if (blank(c.reason)) return rule("text.empty", "reason");
  return std::vector<PartyFact>{Claimed{i.next_epoch(), c.reason}};
}

std::optional<Released> on_accepted(const Incident& i, const std::string& by, const OfferAccepted& f) {
  const bool stands = i.state == State::kOpen && i.offer && i.offer->to == by && i.offer->epoch == f.epoch &&
                      i.offer->number == f.offer;
  return stands ? std::optional(Released{by, f.epoch}) : std::nullopt;
}

std::optional<Released> on_claimed(const Incident& i, const std::string& by, const Claimed& f,
                                   const Standing& standing) {
  const bool fits = i.state == State::kOpen && !i.released && standing.above && f.epoch == i.next_epoch();
  return fits ? std::optional(Released{by, f.epoch}) : std::nullopt;
}

}  // namespace anlan::incident
